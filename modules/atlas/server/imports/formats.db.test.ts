import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { ReadRefusal } from '@throughline/geo'
import { makeShapefile } from '@throughline/geo/testing'
import { Refusal } from '#database'
import { longestHold } from '#database/testing'
import { makeSampleFiles } from '../../../../regions/sample/index.ts'
import { beginImport, findIndicator, readSeries } from '../index.ts'
import { makeWorkbook } from './testing/make-workbook.ts'
import { geoids, openRegion, prepare, publish, ROBIN, share, steps, upload, type Open } from './testing/bring.ts'

let open: Open
let tracts: string[]
before(async () => {
	open = await openRegion()
	tracts = await geoids(open, 'tract-2020')
})
after(() => open.close())

const read = async (content: string | Uint8Array, name: string) => (await steps(open, await upload(open, content, name))).read!.content

test('an Excel workbook, a Parquet file, a gzipped table and one with tabs are read like a CSV', async () => {
	const columnData = [{ name: 'GEOID', data: tracts, type: 'STRING' as const }, { name: 'v', data: tracts.map((_, i) => i / 2), type: 'DOUBLE' as const }]
	const rows = tracts.map((geoid, i) => [geoid, i / 2])
	const whole = { rows: 250, key: 'GEOID', highest: 124.5 }
	for (const [content, name] of [
		[new Uint8Array(parquetWriteBuffer({ columnData })), 'v.parquet'],
		[makeWorkbook([['GEOID', 'v'], ...tracts.map((geoid, i) => [Number(geoid), i / 2])]), 'v.xlsx'],
		[gzipSync(['GEOID,v', ...rows.map((row) => row.join(','))].join('\n')), 'v.csv.gz'],
		[['GEOID\tv', ...rows.map((row) => row.join('\t'))].join('\n'), 'v.tsv'],
	] as const) {
		const found = await read(content, name)
		assert.deepEqual({ rows: found.rows, key: found.key, highest: found.columns[1]!.highest }, whole, name)
	}
})

test('the attributes of a layer with GEOIDs are a table', async () => {
	const layer = makeSampleFiles().get('sample-tracts-2020.geojson')!
	const found = await read(layer, 'tracts.geojson')
	assert.equal(found.key, 'GEOID')
	assert.equal(found.fits.find(({ geography }) => geography === 'tract-2020')!.matched, 250)
})

test('a TopoJSON layer and a zipped shapefile go through every later step, from what they are to numbers on the map', async () => {
	const square = [[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]
	const topology = {
		type: 'Topology', arcs: [square],
		objects: { tracts: { type: 'GeometryCollection', geometries: tracts.map((GEOID, i) => ({ type: 'Polygon', arcs: [[0]], properties: { GEOID, shade: i % 90, error: 2 } })) } },
	}
	const fields = [{ name: 'GEOID', type: 'C', length: 11 }, { name: 'shade', type: 'N', length: 8 }, { name: 'error', type: 'N', length: 8 }]
	const shapefile = makeShapefile({ shapes: tracts.map(() => [square]), fields, records: tracts.map((geoid, i) => [geoid, String(i % 90), '2']) })
	for (const [content, name, indicator] of [[JSON.stringify(topology), 'shade.topojson', 'own-shade-of-topojson'], [shapefile, 'shade.zip', 'own-shade-of-shapefile']] as const) {
		const id = await upload(open, content, name)
		await prepare(open, id, {}, [share('shade', indicator.replace('own-', '').replaceAll('-', ' '), 'error')])
		await publish(open, id)
		const found = (await findIndicator(open.database, indicator))!
		const [series] = await readSeries(open.database, found.series)
		assert.deepEqual([...series!.estimates.subarray(88, 92)], [88, 89, 0, 1], name)
		assert.deepEqual([...series!.margins!], tracts.map(() => 2), name)
	}
})

test('what cannot be read is refused with its reason: an empty file, a header alone, a column without a name, a broken layer', async () => {
	const refuses = (code: string) => (cause: unknown) => (cause instanceof Refusal || cause instanceof ReadRefusal) && cause.code === code
	await assert.rejects(read('', 'a.csv'), refuses('import_file_empty'))
	await assert.rejects(read('GEOID,v\n', 'b.csv'), refuses('import_without_rows'))
	await assert.rejects(read('GEOID,,v\n1,2,3\n', 'c.csv'), refuses('import_column_unnamed'))
	await assert.rejects(read('{"type":', 'd.geojson'), refuses('json_truncated'))
	await assert.rejects(read('not a zip', 'e.zip'), (cause) => cause instanceof ReadRefusal)
})

test('keeping a file of 25 MB holds up nobody for more than 50 ms', async (context) => {
	const pieces = Array.from({ length: 381 }, (_, i) => Buffer.alloc(65_536, i % 251))
	const size = pieces.length * 65_536
	const { milliseconds } = await longestHold(() => beginImport(open.database, ROBIN, { name: 'large.csv', pieces, size }, new Date()))
	context.diagnostic(`longest hold ${milliseconds.toFixed(0)} ms`)
	assert.ok(milliseconds < 50, `${milliseconds} ms`)
})
