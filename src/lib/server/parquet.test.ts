import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parquetReadObjects } from 'hyparquet'
import { longestHold } from '#database/testing'
import { parquetOf } from './parquet.ts'

const ROWS = 2791
const columns = [
	...Array.from({ length: 12 }, (_, c) => ({ name: `text-${c}`, type: 'STRING' as const, data: Array.from({ length: ROWS }, (_, i) => (c < 3 ? `place ${i} of ${c}` : 'the same')) })),
	...Array.from({ length: 8 }, (_, c) => ({ name: `number-${c}`, type: 'DOUBLE' as const, data: Array.from({ length: ROWS }, (_, i) => (i % 9 ? Math.sin(i * (c + 1)) : null)) })),
]

test('writing a large region lets others in: the event loop is held for less than 50 milliseconds', async () => {
	const { milliseconds } = await longestHold(() => parquetOf(columns))
	assert.ok(milliseconds < 50, `${milliseconds.toFixed(1)} ms`)
})

test('every cell of a large region comes back as it was written, null as null', async () => {
	const bytes = await parquetOf(columns)
	const rows = await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) })
	assert.equal(rows.length, ROWS)
	for (const { name, data } of columns) assert.deepEqual(rows.map((row) => row[name]), data, name)
})

test('a file without rows keeps its columns', async () => {
	const bytes = await parquetOf(columns.map((column) => ({ ...column, data: [] })))
	assert.deepEqual(await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) }), [])
})
