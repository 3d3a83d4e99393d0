import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { inPieces, isRefusal } from '../testing/refusals.ts'
import { readSharedFile, sharedDataMissing } from '../testing/shared-data.ts'
import { readColumns, type ColumnOptions } from './columns.ts'
import { readTable } from './read-table.ts'
import { gunzipStream } from './gunzip.ts'

async function columnsOf(text: string | Uint8Array, options: Partial<ColumnOptions> = {}) {
	const table = await readTable(inPieces(text, 1000), { fileName: 'svi.csv' })
	return readColumns(table, { keyColumn: 'FIPS', columns: ['value'], ...options })
}

test('keys stay text, missing codes become NaN, numbers are read as written', async () => {
	const cells = ['12', '-0.5', '1e3', ' 7 ', '', '-999', '-999.0', 'NA', 'NULL', 'NaN', '.5']
	const { keys, columns, rowCount } = await columnsOf(`FIPS,value\n${cells.map((cell, i) => `0100${i},${cell}`).join('\n')}\n`)
	assert.deepEqual([keys[0], rowCount], ['01000', 11])
	assert.deepEqual([...columns.get('value')!], [12, -0.5, 1000, 7, NaN, NaN, NaN, NaN, NaN, NaN, 0.5])
})

test('text in a number column is refused with row, column and value', async () => {
	for (const value of ['12 %', '1,234', '0x1F', 'Infinity', 'n/k', '--', '1e999']) {
		await assert.rejects(columnsOf(`FIPS,value\n1,2\n2,"${value}"\n`), isRefusal('not_a_number', { file: 'svi.csv', row: 3, column: 'value', value }))
	}
	assert.equal((await columnsOf('FIPS;value\n1;2,5\n', { decimal: ',' })).columns.get('value')![0], 2.5)
})

test('jam values of the ACS become missing and are counted, or are refused', async () => {
	const text = 'FIPS,value\n1,-666666666\n2,-555555555\n3,4\n'
	const { columns, jamCounts } = await columnsOf(text)
	assert.deepEqual([...columns.get('value')!], [NaN, NaN, 4])
	assert.deepEqual([...jamCounts], [['value', 2]])
	assert.equal((await columnsOf(text, { jamValues: 'keep' })).columns.get('value')![1], -555555555)
	await assert.rejects(columnsOf(text, { jamValues: 'refuse' }), isRefusal('jam_value', { row: 2, value: '-666666666' }))
})

test('a missing key column lists the columns there are', async () => {
	await assert.rejects(columnsOf('GEOID,value\n1,2\n'), isRefusal('key_column_missing', { column: 'FIPS', available: 'GEOID, value' }))
	await assert.rejects(columnsOf('FIPS,other\n1,2\n'), isRefusal('column_missing', { column: 'value', available: 'FIPS, other' }))
	await assert.rejects(columnsOf('FIPS,value,value\n1,2,3\n'), isRefusal('column_twice', { column: 'value' }))
})

test('duplicate and empty keys are refused with their rows', async () => {
	await assert.rejects(columnsOf('FIPS,value\n01,2\n02,3\n01,4\n'), isRefusal('key_twice', { row: 4, first: 2, value: '01' }))
	await assert.rejects(columnsOf('FIPS,value\n01,2\n ,3\n'), isRefusal('key_empty', { row: 3, column: 'FIPS' }))
})

test('only wanted rows are kept', async () => {
	const { keys, rowCount } = await columnsOf('FIPS,value\n13,2\n01,3\n13121,4\n', { wants: (key) => key.startsWith('13') })
	assert.deepEqual([keys, rowCount], [['13', '13121'], 3])
})

test('gzip is unpacked while it streams; cut off, damaged or exploding it is refused', async () => {
	const text = `FIPS,value\n${Array.from({ length: 5000 }, (_, i) => `${i},${(i * 7919) % 1009}`).join('\n')}\n`
	const packed = gzipSync(text)
	assert.equal((await columnsOf(packed)).keys.length, 5000)
	await assert.rejects(columnsOf(packed.subarray(0, packed.length - 400)), isRefusal('gzip_truncated', { file: 'svi.csv' }))
	const damaged = Buffer.from(packed)
	damaged.fill(0xff, 5000, 5100)
	await assert.rejects(columnsOf(damaged), isRefusal('gzip_damaged'))
	const bomb = gzipSync(Buffer.alloc(100_000_000))
	let came = 0
	const explode = async () => {
		for await (const piece of gunzipStream(inPieces(bomb, 1000), { fileName: 'bomb.gz' })) came += piece.length
	}
	await assert.rejects(explode, isRefusal('unpacked_too_large', { file: 'bomb.gz' }))
	assert.ok(came < 25_000_000)
})

test('SVI 2022 of Georgia has 2,791 tracts and 158 columns', { skip: sharedDataMissing }, async () => {
	const table = await readTable(inPieces(readSharedFile('svi/SVI2022_GEORGIA_tract.csv.gz'), 65_536), { fileName: 'SVI2022_GEORGIA_tract.csv' })
	assert.equal(table.columns.length, 158)
	const { keys, columns, texts } = await readColumns(table, { keyColumn: 'FIPS', columns: ['E_TOTPOP', 'RPL_THEMES'], texts: ['LOCATION'] })
	assert.equal(keys.length, 2791)
	assert.equal(columns.get('E_TOTPOP')!.reduce((sum, value) => sum + value), 10_722_325)
	assert.equal(texts.get('LOCATION')![keys.indexOf('13001950100')], 'Census Tract 9501; Appling County; Georgia')
	assert.ok(columns.get('RPL_THEMES')!.some(Number.isNaN))
})
