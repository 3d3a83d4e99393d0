import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { inPieces, isRefusal } from '../testing/refusals.ts'
import { readTable, type ReadTableOptions } from './read-table.ts'

async function rowsOf(content: string | Uint8Array, options: Partial<ReadTableOptions> = {}, size = 7) {
	const table = await readTable(inPieces(content, size), { fileName: 'table.csv', ...options })
	const rows: string[][] = []
	const rowNumbers: number[] = []
	for await (const batch of table.batches) {
		rows.push(...batch.rows)
		rowNumbers.push(...batch.rowNumbers)
	}
	return { ...table, rows, rowNumbers }
}

test('quoted cells keep delimiters, line ends and doubled quotes', async () => {
	const { columns, rows, rowNumbers } = await rowsOf('GEOID,name\r\n01003,"Baldwin, ""AL""\r\nsecond line"\r\n13121,Fulton\r\n')
	assert.deepEqual(columns, ['GEOID', 'name'])
	assert.deepEqual(rows, [['01003', 'Baldwin, "AL"\r\nsecond line'], ['13121', 'Fulton']])
	assert.deepEqual(rowNumbers, [2, 3])
})

test('LF, CRLF and CR end a row, wherever the stream is cut; blank lines are passed over but counted', async () => {
	for (const end of ['\n', '\r\n', '\r']) {
		for (let size = 1; size < 9; size++) {
			const { rows, rowNumbers } = await rowsOf(['a,b', '1,2', '', '3,'].join(end), {}, size)
			assert.deepEqual([rows, rowNumbers], [[['1', '2'], ['3', '']], [2, 4]])
		}
	}
})

test('commas, semicolons, tabs and bars are recognised, also when cells hold the others', async () => {
	for (const delimiter of [',', ';', '\t', '|']) {
		const text = [['key', 'a', 'b'], ['1', '"2,5; | \t"', '3'], ['2', '"x,y,z,z,z"', '4']].map((row) => row.join(delimiter)).join('\n')
		const table = await rowsOf(text)
		assert.deepEqual([table.delimiter, table.columns, table.rows.length], [delimiter, ['key', 'a', 'b'], 2])
	}
	assert.equal((await rowsOf('key;share\n1;2,5\n2;3,5\n')).delimiter, ';')
})

test('UTF-8 with and without mark, UTF-16 with mark, and windows-1252 are recognised', async () => {
	const text = 'name,k\nDoña Ana,1\nCañon,2\n'
	const swapped = Buffer.from(`\ufeff${text}`, 'utf16le').swap16()
	const forms: [Uint8Array, string][] = [
		[Buffer.from(text), 'utf-8'],
		[Buffer.from(`\ufeff${text}`), 'utf-8'],
		[Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le'],
		[swapped, 'utf-16be'],
		[Buffer.from(text, 'latin1'), 'windows-1252'],
	]
	for (const [bytes, encoding] of forms) {
		const table = await rowsOf(bytes, {}, 5)
		assert.deepEqual([table.encoding, table.columns[0], table.rows[0]![0]], [encoding, 'name', 'Doña Ana'])
	}
	assert.equal((await rowsOf(Buffer.from('k\nCaf\xe9', 'latin1'))).rows[0]![0], 'Café')
	assert.equal((await rowsOf(Buffer.from('k\n\x93ok\x94\n', 'latin1'))).rows[0]![0], '“ok”')
})

test('a file that changes its encoding midway is refused with its row', async () => {
	const bytes = Buffer.concat([Buffer.from(`name\n${'ñ\n'.repeat(40)}`), Buffer.from('\xf1\n', 'latin1')])
	await assert.rejects(rowsOf(bytes), isRefusal('text_encoding_broken', { file: 'table.csv', encoding: 'utf-8' }))
	await assert.rejects(rowsOf(Buffer.from([65, 0, 1, 2, 0])), isRefusal('not_a_text_file'))
})

test('header names of objects are plain names', async () => {
	const { columns, rows } = await rowsOf('__proto__,constructor,toString\n1,2,3\n')
	assert.deepEqual([columns, rows], [['__proto__', 'constructor', 'toString'], [['1', '2', '3']]])
})

test('damage is refused with row and column', async () => {
	await assert.rejects(rowsOf(''), isRefusal('table_empty'))
	await assert.rejects(rowsOf('a,b\n1,2\n3,"x\n5,6\n7,8\n'), isRefusal('unclosed_quote', { row: 3, column: 'b' }))
	await assert.rejects(rowsOf('a,b\n"1"x,2\n'), isRefusal('text_after_quote', { row: 2, column: 'a' }))
	await assert.rejects(rowsOf('a,b\n1,2\n3,4,5\n'), isRefusal('too_many_cells', { row: 3, cells: 3, columns: 2 }))
	await assert.rejects(rowsOf('a,b,c\n1,2\n3,4,5\n'), isRefusal('too_few_cells', { row: 2, cells: 2, columns: 3 }))
	await assert.rejects(rowsOf('a,b,c\n1,2,3\n4,5'), isRefusal('file_truncated', { row: 3, cells: 2, columns: 3 }))
	assert.deepEqual((await rowsOf('a,b\n1,2,,\n')).rows, [['1', '2']])
})

test('limits of columns, rows and cells are kept and can be raised', async () => {
	const wide = Array.from({ length: 501 }, (_, i) => `c${i}`).join(',')
	await assert.rejects(rowsOf(`${wide}\n`), isRefusal('too_many_columns', { limit: 500 }))
	assert.equal((await rowsOf(`${wide}\n`, { maxColumns: 600 })).columns.length, 501)
	await assert.rejects(rowsOf('a\n1\n2\n3\n', { maxRows: 2 }), isRefusal('too_many_rows', { limit: 2 }))
	await assert.rejects(rowsOf(`a,b\n1,${'x'.repeat(70_000)}\n`), isRefusal('cell_too_long', { row: 2, column: 'b', limit: 65_536 }))
	await assert.rejects(rowsOf(`a,b\n1,"${'x\n'.repeat(40_000)}`), isRefusal('unclosed_quote', { row: 2, column: 'b' }))
	await assert.rejects(rowsOf(`a,b\n${','.repeat(5000)}\n`, {}, 4096), isRefusal('too_many_cells', { row: 2 }))
})

test('what is written as CSV is read back, whatever the cells hold and wherever the stream is cut', async () => {
	const cell = fc.string({ unit: fc.constantFrom('a', '1', '"', ',', ';', '\n', '\r', '\t', 'ñ', '漢', '😀', ' ') })
	const tables = fc.integer({ min: 1, max: 5 }).chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 8 }))
	const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
	await fc.assert(
		fc.asyncProperty(tables, fc.constantFrom(',', ';', '\t', '|'), fc.constantFrom('\n', '\r\n', '\r'), fc.integer({ min: 1, max: 50 }), async (rows, delimiter, end, size) => {
			const width = rows[0]?.length ?? 1
			const header = Array.from({ length: width }, (_, i) => `c${i}`)
			const text = [header, ...rows].map((row) => row.map(quoted).join(delimiter) + end).join('')
			const read = await rowsOf(text, { delimiter }, size)
			assert.deepEqual([read.columns, read.rows], [header, rows])
		}),
		{ numRuns: 300 },
	)
})

test('no bytes whatever make the reader fail other than by a refusal', async () => {
	await fc.assert(
		fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 64 }), async (bytes, size) => {
			await rowsOf(bytes, {}, size).catch((error) => assert.equal(error.name, 'ReadRefusal', error.stack))
		}),
		{ numRuns: 500 },
	)
})

test('200 MB are read in pieces with less than 100 MB of memory', { timeout: 120_000 }, async () => {
	const line = `${Array.from({ length: 40 }, (_, i) => `"v ${i}",${i * 1.25}`).join(',')}\n`
	const piece = Buffer.from(line.repeat(Math.ceil(65_536 / line.length)))
	async function* bytes(): AsyncGenerator<Uint8Array, void> {
		yield Buffer.from(`${Array.from({ length: 80 }, (_, i) => `c${i}`).join(',')}\n`)
		for (let sent = 0; sent < 200_000_000; sent += piece.length) yield piece
	}
	const table = await readTable(bytes(), { fileName: 'large.csv' })
	let [rows, most] = [0, 0]
	const before = process.memoryUsage().rss
	for await (const batch of table.batches) {
		rows += batch.rows.length
		most = Math.max(most, process.memoryUsage().rss - before)
	}
	assert.ok(rows > 200_000_000 / line.length - 1000)
	assert.ok(most < 100_000_000, `${Math.round(most / 1e6)} MB`)
})
