import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { overlayAreas } from '@throughline/geo'
import { tessellation } from '@throughline/geo/testing'
import { overlayInThreads } from '../overlay-threads.ts'
import { sentenceOfRefusal } from '../sentence.ts'
import { apportionCommand } from './apportion.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const DATA = join(resolve(process.env.THROUGHLINE_SHARED ?? join(ROOT, '..', 'shared')), 'data')
const skip = existsSync(DATA) || process.env.CI ? false : `the layers of Georgia are absent (${DATA}): set THROUGHLINE_SHARED`
if (skip) console.error(`SKIPPED: ${skip}`)

process.env.LANGUAGE = 'en'
const folder = mkdtempSync(join(tmpdir(), 'throughline-apportion-'))
after(() => rmSync(folder, { recursive: true }))

function apportion(options: Record<string, string>): { code: number | null; said: string; printed: string } {
	const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])
	const { status, stderr, stdout } = spawnSync(process.execPath, [join(ROOT, 'cli/main.ts'), 'apportion', ...args], { encoding: 'utf8', cwd: folder })
	return { code: status, said: stderr, printed: stdout }
}

/** Rows of a CSV without quotes, by their first cell. */
function readCsv(file: string): Map<string, Record<string, string>> {
	const bytes = readFileSync(join(folder, file))
	const [head, ...rows] = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trimEnd().split('\n').map((line) => line.split(','))
	return new Map(rows.map((row) => [row[0]!, Object.fromEntries(head!.map((name, place) => [name, row[place]!]))]))
}

const total = (rows: Map<string, Record<string, string>>, column: string) => [...rows.values()].reduce((sum, row) => sum + Number(row[column] || 0), 0)

/** A layer of boxes, each with a name and properties. */
function writeBoxes(file: string, boxes: { box: [number, number, number, number]; properties: Record<string, unknown> }[]): void {
	writeFileSync(join(folder, file), JSON.stringify({
		type: 'FeatureCollection',
		features: boxes.map(({ box: [west, south, east, north], properties }) => ({
			type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] },
		})),
	}))
}

writeBoxes('tracts.geojson', ['01', '02'].map((GEOID, i) => ({ box: [i, 0, i + 1, 1], properties: { GEOID } })))
writeBoxes('hubs.geojson', [{ box: [0, 0, 0.5, 1], properties: { name: 'west' } }, { box: [0.5, 0, 2, 1], properties: { name: 'east' } }])
writeBoxes('blocks.geojson', [{ box: [0.1, 0.1, 0.2, 0.2], properties: { POP: 30 } }, { box: [0.6, 0.1, 0.7, 0.2], properties: { POP: 10 } }])
writeFileSync(join(folder, 'table.csv'), 'GEOID,people,people_moe,poor,all,jam\n01,100,30,10,50,-666666666\n02,40,40,20,100,3\n')
const boxes = { source: 'tracts.geojson', target: 'hubs.geojson', 'target-key': 'name', table: 'table.csv', out: 'out.csv' }

test('an option that is missing is named, with exit code 1', () => {
	const { code, said } = apportion({ source: 'tracts.geojson' })
	assert.deepEqual([code, said], [1, '--target is missing. Run ./throughline apportion --help for the options.\n'])
})

test('counts, margins and rates of boxes come out as by hand', () => {
	const { code, said, printed } = apportion({ ...boxes, counts: 'people', rates: 'poor:all' })
	assert.deepEqual([code, said], [0, ''])
	assert.match(printed, /people: 140 of 140 apportioned; 0 areas left empty\.\nBy area, from 2 areas/)
	assert.equal(readFileSync(join(folder, 'out.csv'), 'utf8'), 'name,people,people_moe,poor,coverage\nwest,50,15,10,1\neast,90,42.720019,18,1\n')
})

test('people divide in place of area when finer areas say where they live', () => {
	const { code, printed } = apportion({ ...boxes, counts: 'people', weights: 'blocks.geojson', population: 'POP' })
	assert.equal(code, 0)
	assert.match(printed, /By population/)
	assert.equal(readCsv('out.csv').get('west')!.people, '75')
})

test('a margin that is named goes before one that is found', () => {
	assert.equal(apportion({ ...boxes, counts: 'people', margins: 'people:all' }).code, 0)
	assert.equal(readCsv('out.csv').get('west')!.people_moe, '25')
})

test('a code for "no value" stays missing in every area that it touches', () => {
	assert.equal(apportion({ ...boxes, counts: 'jam' }).code, 0)
	assert.equal(readFileSync(join(folder, 'out.csv'), 'utf8'), 'name,jam,coverage\nwest,,0\neast,,0.666667\n')
	assert.equal(apportion({ ...boxes, counts: 'jam', 'min-coverage': '0.6' }).code, 0)
	assert.equal(readCsv('out.csv').get('east')!.jam, '3')
})

const REFUSED: { name: string; options: Record<string, string>; says: RegExp }[] = [
	{ name: 'a rate without a universe', options: { rates: 'poor' }, says: /“poor” is a rate.*--rates poor:COLUMN/ },
	{ name: 'nothing asked', options: {}, says: /Neither --counts nor --rates/ },
	{ name: 'a column asked twice', options: { counts: 'people,people' }, says: /“people” would be written twice/ },
	{ name: 'a margin without a name', options: { counts: 'people', margins: 'people' }, says: /people:COLUMN/ },
	{ name: 'a margin of a column that is not asked for', options: { counts: 'people', margins: 'poor:jam' }, says: /a margin of “poor”/ },
	{ name: 'a column that is not there', options: { counts: 'persons' }, says: /table\.csv has no column “persons”/ },
	{ name: 'a target key that is not there', options: { counts: 'people', 'target-key': 'id' }, says: /hubs\.geojson has no column “id”.*name/ },
	{ name: 'keys that do not meet', options: { counts: 'people', key: 'all' }, says: /No row of .*table\.csv belongs to an area of .*tracts\.geojson.*such as 50.*such as 01/ },
	{ name: 'a layer that is absent', options: { counts: 'people', target: 'gone.geojson' }, says: /gone\.geojson cannot be read \(there is no such file/ },
	{ name: 'a layer of another kind', options: { counts: 'people', target: 'hubs.kml' }, says: /hubs\.kml does not end like a layer/ },
	{ name: 'layers far apart', options: { counts: 'people', target: 'far.geojson' }, says: /share no land/ },
	{ name: 'an output over an input', options: { counts: 'people', out: './table.csv' }, says: /--out names one of the files that are read/ },
	{ name: 'a rule that is none', options: { counts: 'people', allocate: 'half' }, says: /--allocate takes one of covered, total, area/ },
	{ name: 'a share that is none', options: { counts: 'people', 'min-coverage': '90' }, says: /--min-coverage is a share from 0 to 1/ },
	{ name: 'finer areas without their people', options: { counts: 'people', weights: 'tracts.geojson', population: 'POP' }, says: /tracts\.geojson has no column “POP”/ },
]

writeBoxes('far.geojson', [{ box: [50, 50, 51, 51], properties: { name: 'far' } }])

for (const { name, options, says } of REFUSED) {
	test(`${name} is refused in a sentence, and nothing is written`, async () => {
		const before = readdirSync(folder)
		const inFolder = (value: string) => (/\.\w+$/.test(value) ? join(folder, value) : value)
		const args = Object.entries({ ...boxes, out: 'refused.csv', ...options }).flatMap(([option, value]) => [`--${option}`, inFolder(value)])
		await assert.rejects(apportionCommand.run(args), (cause) => {
			assert.match(sentenceOfRefusal(cause) ?? String(cause), says)
			return true
		})
		assert.deepEqual(readdirSync(folder), before)
	})
}

test('any number of threads gives the same numbers', async () => {
	const [a, b] = [tessellation({ columns: 12, rows: 9 }), tessellation({ columns: 7, rows: 16, seed: 2 })]
	const alone = overlayAreas(a, b)
	for (const threads of [1, 2, 3]) assert.deepEqual(await overlayInThreads(a, b, () => undefined, threads), alone)
})

const georgia = { table: join(DATA, 'svi/SVI2022_GEORGIA_tract.csv.gz'), key: 'FIPS', counts: 'E_TOTPOP,E_POV150', rates: 'EP_POV150:E_TOTPOP' }
const tracts2020 = join(DATA, 'geometry/ga_tracts_2020.geojson.gz')

test('Georgia to itself is the table again', { skip }, () => {
	assert.equal(apportion({ ...georgia, source: tracts2020, target: tracts2020, out: 'self.csv.gz' }).code, 0)
	const rows = readCsv('self.csv.gz')
	assert.equal(rows.size, 2791)
	const lines = gunzipSync(readFileSync(georgia.table)).toString('utf8').trim().split(/\r?\n/).map((line) => [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain!))
	const at = (row: string[], column: string) => row[lines[0]!.indexOf(column)]!
	for (const row of lines.slice(1)) {
		const found = rows.get(at(row, 'FIPS'))!
		for (const [column, published] of [['E_TOTPOP', 'E_TOTPOP'], ['E_TOTPOP_moe', 'M_TOTPOP'], ['E_POV150', 'E_POV150'], ['EP_POV150', 'EP_POV150'], ['EP_POV150_moe', 'MP_POV150']] as const) {
			if (Number(at(row, published)) === -999 || at(row, 'E_TOTPOP') === '0') continue
			assert.ok(Math.abs(Number(found[column]) - Number(at(row, published))) < 1e-5, `${at(row, 'FIPS')} ${column}: ${found[column]} is not ${at(row, published)}`)
		}
	}
})

test('Georgia to the tracts of 2010 keeps every person, from GeoJSON and from a shapefile in UTM', { skip }, () => {
	const target = join(DATA, 'geometry/ga_tracts_2010.geojson.gz')
	for (const source of [tracts2020, join(DATA, 'geometry/ga_tracts_2020_utm17n_shp.zip')]) {
		const { code, said, printed } = apportion({ ...georgia, source, target, out: 'old.csv' })
		assert.deepEqual([code, said], [0, ''])
		assert.match(printed, /E_TOTPOP: 10722325 of 10722325 apportioned; 2 areas left empty/)
		const rows = readCsv('old.csv')
		assert.ok(Math.abs(total(rows, 'E_TOTPOP') - 10_722_325) < 0.01)
		assert.deepEqual([...rows.values()].filter(({ E_TOTPOP }) => E_TOTPOP === '').map(({ GEOID }) => GEOID), ['13179990000', '13191990000'])
	}
})

test('counties of the nation in TopoJSON: those of Georgia get their people, the others stay empty', { skip }, () => {
	const target = `${join(DATA, 'geometry/us_counties_10m.topojson.gz')}#counties`
	assert.equal(apportion({ ...georgia, source: tracts2020, target, 'target-key': 'id', out: 'counties.csv', 'min-coverage': '0.5' }).code, 0)
	const rows = readCsv('counties.csv')
	assert.equal([...rows.values()].filter(({ E_TOTPOP }) => E_TOTPOP !== '').length, 159)
	// Fulton County had 1,065,334 people; the coarse outline of the layer takes some of its neighbours' land.
	assert.ok(Math.abs(Number(rows.get('13121')!.E_TOTPOP) / 1_065_334 - 1) < 0.01)
})
