import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeZip } from '../testing/make-zip.ts'
import { inPieces, isRefusal } from '../testing/refusals.ts'
import { readColumns } from './columns.ts'
import { readTable, type ReadTableOptions } from './read-table.ts'

const RELATIONS = `<Relationships xmlns="r"><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>`
const WORKBOOK = `<?xml version="1.0"?><workbook xmlns="m" xmlns:r="q"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/><sheet name="Notes" sheetId="2" r:id="rId2"/></sheets></workbook>`
const STRINGS = `<sst xmlns="m"><si><t>GEOID</t></si><si><r><t>sha</t></r><r><t>re</t></r></si><si><t>01003</t><rPh><t>x</t></rPh></si></sst>`
const SHEET = `<worksheet xmlns="m"><sheetData>
<row r="1"/>
<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="inlineStr"><is><t>date</t></is></c></row>
<row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3"><f>1/3</f><v>0.33333333333333331</v></c><c r="C3" s="4"><v>45292</v></c></row>
<row r="5"><c r="A5" t="str"><v>13121</v></c><c r="C5" t="b"><v>1</v></c></row>
</sheetData></worksheet>`

function workbook(sheet = SHEET, strings = STRINGS): Uint8Array {
	return makeZip([
		{ name: 'xl/workbook.xml', content: WORKBOOK },
		{ name: 'xl/_rels/workbook.xml.rels', content: RELATIONS },
		{ name: 'xl/sharedStrings.xml', content: strings },
		{ name: 'xl/worksheets/sheet1.xml', content: sheet },
		{ name: 'xl/worksheets/sheet2.xml', content: '<worksheet><sheetData><row><c t="inlineStr"><is><t>note</t></is></c></row></sheetData></worksheet>' },
	])
}

async function tableOf(bytes: Uint8Array, options: Partial<ReadTableOptions> = {}) {
	const table = await readTable(inPieces(bytes, 100), { fileName: 'book.xlsx', ...options })
	const rows: [number, string[]][] = []
	for await (const batch of table.batches) batch.rows.forEach((row, i) => rows.push([batch.rowNumbers[i]!, row]))
	return { columns: table.columns, rows }
}

test('a workbook gives texts and numbers as written, dates as serial numbers, and the rows of the sheet', async () => {
	const { columns, rows } = await tableOf(workbook())
	assert.deepEqual(columns, ['GEOID', 'share', 'date'])
	assert.deepEqual(rows, [[3, ['01003', '0.33333333333333331', '45292']], [5, ['13121', '', 'TRUE']]])
})

test('a sheet is chosen by name; a name that is not there lists those that are', async () => {
	assert.deepEqual((await tableOf(workbook(), { sheet: 'Notes' })).columns, ['note'])
	await assert.rejects(tableOf(workbook(), { sheet: 'Datos' }), isRefusal('xlsx_sheet_missing', { sheet: 'Datos', available: 'Data, Notes' }))
})

test('damaged XML, a document type and missing parts are refused', async () => {
	await assert.rejects(tableOf(workbook(SHEET.slice(0, 300))), isRefusal('xlsx_damaged'))
	const entities = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>${SHEET}`
	await assert.rejects(tableOf(workbook(entities)), isRefusal('xlsx_damaged', { part: 'sheet' }))
	await assert.rejects(tableOf(workbook(SHEET, '<sst xmlns="m"/>')), isRefusal('xlsx_damaged'))
	await assert.rejects(tableOf(makeZip([{ name: 'a.txt', content: 'x' }])), isRefusal('xlsx_damaged', { part: 'xl/workbook.xml' }))
	await assert.rejects(tableOf(workbook('<worksheet><sheetData/></worksheet>')), isRefusal('table_empty'))
	await assert.rejects(tableOf(workbook().subarray(0, 900)), isRefusal('zip_truncated'))
})

/** Columns GEOID (text), share (double, one null) and households (64-bit integers); Snappy, three rows. */
const PARQUET = Buffer.from(
	'UEFSMRUGFV4VWlwVBhUAFQYVABUEFQAAAAMHLTgLAAAAMTMwMDE5NTAxMDABDwEICDMwMQEHOAsAAAAxMzEyMTAwMDEwMBUGFSQVJFwVBhUCFQYVABUEFQAAAAMFEAAABQEk4D8AAAAAAIAoQBUGFTQVLFwVBhUAFQYVABUEFQAAAAMHGAQKAAkBABQJByAAHgAAAAAAAAAVBBlMSARyb290FQYAFQwlAhgFR0VPSUQlAAAVCiUCGAVzaGFyZQAVBCUCGApob3VzZWhvbGRzABYGGRwZPCYIHBUMGRUAGRgFR0VPSUQVAhYGFogBFoQBJgg8NgAoCzEzMTIxMDAwMTAwGAswMTAwMzAxMDEwMAAZHBUGFQAVAgAAACaMARwVChkVABkYBXNoYXJlFQIWBhZOFk4mjAE8NgIoCAAAAAAAgChAGAgAAAAAAADgPzYAABkcFQYVABUCAAAAJtoBHBUEGRUAGRgKaG91c2Vob2xkcxUCFgYWXhZWJtoBPDYAKAgeAAAAAAAAABgICgAAAAAAAAAAGRwVBhUAFQIAAAAWtAIWBjaoAgAoCWh5cGFycXVldBk8HAAAHAAAHAAAACgBAABQQVIx',
	'base64',
)

test('a Parquet file is read like any table', async () => {
	const table = await readTable(inPieces(PARQUET), { fileName: 'tracts.parquet' })
	const { keys, columns } = await readColumns(table, { keyColumn: 'GEOID', columns: ['share', 'households'] })
	assert.deepEqual(keys, ['13001950100', '01003010100', '13121000100'])
	assert.deepEqual([...columns.get('share')!], [0.5, NaN, 12.25])
	assert.deepEqual([...columns.get('households')!], [10, 20, 30])
})

test('a damaged or cut Parquet file is refused', async () => {
	await assert.rejects(tableOf(PARQUET.subarray(0, 300)), isRefusal('parquet_damaged'))
	const damaged = Buffer.from(PARQUET)
	damaged.fill(0xff, 10, 60)
	await assert.rejects(tableOf(damaged), isRefusal('parquet_damaged'))
	await assert.rejects(tableOf(PARQUET, { maxRows: 2 }), isRefusal('too_many_rows'))
	await assert.rejects(tableOf(PARQUET, { maxBytes: 200 }), isRefusal('file_too_large'))
})
