import assert from 'node:assert/strict'
import { test } from 'node:test'
import { intersection, type Geom } from 'polyclip-ts'
import { apportionCounts, apportionRates } from '@throughline/stats'
import { readGeoJson } from '../layers/geojson.ts'
import { layerKeys, selectFeatures } from '../layers/select-layer.ts'
import type { PolygonLayer } from '../layers/polygon-layer.ts'
import { readColumns } from '../tables/columns.ts'
import { readTable } from '../tables/read-table.ts'
import { inPieces } from '../testing/refusals.ts'
import { readSharedFile, sharedDataMissing as skip } from '../testing/shared-data.ts'
import { tessellation } from '../testing/tessellation.ts'
import { crosswalkByArea, describeCrosswalk, reverseCrosswalk, type Crosswalk } from './crosswalk.ts'
import { equalAreaX, equalAreaY } from './equal-area.ts'
import { crosswalkByPeople } from './crosswalk-by-people.ts'
import { overlayAreas } from './overlay-areas.ts'

const labels = { source: 'tracts 2010', target: 'tracts 2020' }
const tracts = (year: 2010 | 2020) => readGeoJson(readSharedFile(`geometry/ga_tracts_${year}.geojson.gz`), { fileName: `ga_tracts_${year}` })
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0)
const near = (value: number, expected: number, relative = 1e-9) => assert.ok(Math.abs(value - expected) <= relative * Math.abs(expected), `${value} is not ${expected}`)

/** How much of each source lies in any target. */
function coveredShares({ sourceCount, sources, sourceShares }: Crosswalk): Float64Array {
	const shares = new Float64Array(sourceCount)
	sources.forEach((s, k) => (shares[s]! += sourceShares[k]!))
	return shares
}

/** Neighbouring features as one: the polygons of `ends[i - 1]` to `ends[i]` become feature i. */
const grouped = (layer: PolygonLayer, ends: number[]): PolygonLayer =>
	({ ...layer, featureCount: ends.length, featureOffsets: Uint32Array.from([0, ...ends], (end) => layer.featureOffsets[end]!), properties: new Map() })

test('a crosswalk tells what it joins and what it leaves out', () => {
	const whole = tessellation({ columns: 4, rows: 2, verticesPerBorder: 1, clustering: 0, bounds: [0, 0, 4, 2] })
	const crosswalk = crosswalkByArea(overlayAreas(whole, selectFeatures(whole, [1, 2, 3, 5, 6, 7])), labels)
	const described = describeCrosswalk(crosswalk)
	assert.deepEqual([described.labels, described.basis, described.pairs], [labels, 'area', 6])
	assert.deepEqual([described.unmatchedSources, described.unmatchedTargets], [[0, 4], []])
	near(described.unmatchedSourceShare, (crosswalk.sourceSizes[0]! + crosswalk.sourceSizes[4]!) / sum(crosswalk.sourceSizes))
	assert.ok(described.unmatchedTargetShare < 1e-12)
})

test('a crosswalk read back twice is itself', () => {
	const [a, b] = [tessellation({ columns: 3, rows: 4, verticesPerBorder: 1 }), tessellation({ columns: 5, rows: 2, verticesPerBorder: 1, seed: 2 })]
	const crosswalk = crosswalkByArea(overlayAreas(a, b), labels)
	const back = reverseCrosswalk(crosswalk)
	assert.deepEqual(back.labels, { source: 'tracts 2020', target: 'tracts 2010' })
	assert.deepEqual(reverseCrosswalk(back), crosswalk)
})

test('merging features before the overlay or their counts after it is the same', () => {
	const [a, b] = [tessellation({ columns: 5, rows: 4, verticesPerBorder: 1 }), tessellation({ columns: 3, rows: 4, verticesPerBorder: 1, seed: 2 })]
	const counts = Float64Array.from({ length: 20 }, (_, i) => 100 + i * i)
	const fine = apportionCounts(crosswalkByArea(overlayAreas(a, b), labels), { values: counts }).values
	const coarse = apportionCounts(crosswalkByArea(overlayAreas(a, grouped(b, [3, 6, 9, 12])), labels), { values: counts }).values
	coarse.forEach((value, row) => near(value, fine[3 * row]! + fine[3 * row + 1]! + fine[3 * row + 2]!))
})

test('people outweigh area where their points are, and area stands in where nobody lives', () => {
	const sources = tessellation({ columns: 2, rows: 1, verticesPerBorder: 1, clustering: 0, bounds: [0, 0, 2, 1] })
	const targets = tessellation({ columns: 1, rows: 2, verticesPerBorder: 1, clustering: 0, bounds: [0, 0, 2, 1] })
	const byArea = crosswalkByArea(overlayAreas(sources, targets), labels)
	const points = { coordinates: Float64Array.of(0.2, 0.1, 0.3, 0.9, 0.4, 0.9, 9, 9), people: Float64Array.of(10, 20, 10, 5) }
	const byPeople = crosswalkByPeople(byArea, sources, targets, points)
	assert.equal(byPeople.basis, 'population')
	assert.deepEqual([[...byPeople.sources], [...byPeople.targets]], [[0, 0, 1, 1], [0, 1, 0, 1]])
	assert.deepEqual([...byPeople.sourceShares.subarray(0, 2)], [0.25, 0.75])
	assert.deepEqual([...byPeople.sourceShares.subarray(2)], [...byArea.sourceShares.subarray(2)])
	assert.deepEqual([...byPeople.targetShares], [1, 1, 0, 0])
	assert.deepEqual([...apportionCounts(byPeople, { values: Float64Array.of(100, 0) }).values], [25, 75])
})

test('every tract of Georgia lies whole in its own county and meets no other', { skip }, () => {
	const layer = tracts(2020)
	const keys = layerKeys(layer, 'GEOID', 'tracts')
	const sorted = selectFeatures(layer, [...keys.keys()].sort((a, b) => (keys[a]! < keys[b]! ? -1 : 1)))
	const counties = layerKeys(sorted, 'GEOID', 'tracts').map((key) => key.slice(0, 5))
	const ends = counties.flatMap((county, i) => (county === counties[i + 1] ? [] : [i + 1]))
	assert.equal(ends.length, 159)
	const crosswalk = crosswalkByArea(overlayAreas(sorted, grouped(sorted, ends)), { source: 'tracts', target: 'counties' })
	assert.deepEqual([...crosswalk.sources], [...counties.keys()])
	crosswalk.targets.forEach((county, k) => assert.ok(ends[county]! > k && (ends[county - 1] ?? 0) <= k))
	crosswalk.sourceShares.forEach((share) => near(share, 1))
})

test('tracts of 2010 lie whole among those of 2020, but for the outline of the state, which the two files draw differently', { skip }, () => {
	const [old, now] = [tracts(2010), tracts(2020)]
	const crosswalk = crosswalkByArea(overlayAreas(old, now), labels)
	const shares = coveredShares(crosswalk)
	const partly = [...shares.keys()].filter((tract) => Math.abs(shares[tract]! - 1) > 1e-3)
	// Counties on the Atlantic, on the Savannah River and its lakes, and on Lake Seminole: each has a border of the state.
	const atTheOutline = new Set(['039', '051', '103', '119', '179', '191', '241', '245', '251', '253', '257'])
	const county = old.properties.get('COUNTYFP')!
	assert.deepEqual(partly.filter((tract) => !atTheOutline.has(String(county[tract]))), [])
	assert.equal(partly.length, 26)
	const { unmatchedSourceShare, unmatchedTargetShare, unmatchedSources, unmatchedTargets } = describeCrosswalk(crosswalk)
	assert.ok(unmatchedSourceShare < 2e-4 && unmatchedTargetShare < 1e-4)
	assert.deepEqual(unmatchedSources.map((tract) => old.properties.get('GEOID')![tract]), ['13179990000', '13191990000'], 'two tracts of open water')
	assert.deepEqual(unmatchedTargets, [])
	assert.ok(Math.max(...shares) < 1 + 1e-9)
})

/** A feature as a multipolygon in metres of the plane, shifted so that the numbers stay small. */
function inPlane(layer: PolygonLayer, feature: number, [x0, y0]: [number, number]): Geom {
	const range = (offsets: Uint32Array, at: number) => Array.from({ length: offsets[at + 1]! - offsets[at]! }, (_, i) => offsets[at]! + i)
	const vertex = (v: number): [number, number] => [equalAreaX(layer.coordinates[2 * v]!) - x0, equalAreaY(layer.coordinates[2 * v + 1]!) - y0]
	return range(layer.featureOffsets, feature).map((polygon) => range(layer.polygonOffsets, polygon).map((ring) => range(layer.ringOffsets, ring).map(vertex)))
}

test('what two tracts share is what a clipping library cuts out', { skip }, () => {
	const [old, now] = [tracts(2010), tracts(2020)]
	const { sources, targets, squareMeters, sourceSquareMeters } = overlayAreas(old, now)
	const doubleArea = (ring: [number, number][]) => sum(ring.slice(1).map(([x, y], i) => ring[i]![0] * y - x * ring[i]![1]))
	for (let k = 0; k < sources.length; k += 150) {
		const first = 2 * old.ringOffsets[old.polygonOffsets[old.featureOffsets[sources[k]!]!]!]!
		const origin: [number, number] = [equalAreaX(old.coordinates[first]!), equalAreaY(old.coordinates[first + 1]!)]
		const cut = intersection(inPlane(old, sources[k]!, origin), inPlane(now, targets[k]!, origin))
		const area = sum(cut.flat().map((ring) => doubleArea(ring))) / 2
		assert.ok(Math.abs(area - squareMeters[k]!) < 1e-9 * sourceSquareMeters[sources[k]!]!, `pair ${k}: ${squareMeters[k]} is not ${area}`)
	}
})

test('the people of Georgia are as many after 2020 → 2010 → 2020', { skip }, async () => {
	const [old, now] = [tracts(2010), tracts(2020)]
	const table = await readTable(inPieces(readSharedFile('svi/SVI2022_GEORGIA_tract.csv.gz'), 65_536), { fileName: 'svi' })
	const { keys, columns } = await readColumns(table, { keyColumn: 'FIPS', columns: ['E_TOTPOP', 'M_TOTPOP', 'EP_POV150'] })
	const rowOf = new Map(keys.map((key, row) => [key, row]))
	const ofTract = (name: string) => Float64Array.from(layerKeys(now, 'GEOID', 'tracts'), (key) => columns.get(name)![rowOf.get(key)!]!)
	const people = { values: ofTract('E_TOTPOP'), margins: ofTract('M_TOTPOP') }
	const there = reverseCrosswalk(crosswalkByArea(overlayAreas(old, now), labels))
	const inOld = apportionCounts(there, people, { allocate: 'total' })
	const known = (values: Float64Array) => values.map((value) => (value === value ? value : 0))
	near(sum(known(inOld.values)), 10_722_325, 1e-6)
	const back = apportionCounts(reverseCrosswalk(there), { values: known(inOld.values) }, { allocate: 'total' })
	near(sum(back.values), 10_722_325, 1e-6)
	const covered = sum(coveredShares(there).map((share, tract) => share * people.values[tract]!))
	near(sum(known(apportionCounts(there, people, { allocate: 'area' }).values)), covered, 1e-6)
	// Rates stay within those of the tracts they come from, which the state's mean shows too.
	const { values: rates } = apportionRates(there, 'EP_POV150', { values: ofTract('EP_POV150') }, people, { maxMissingShare: 0.01 })
	assert.ok(rates.every((rate) => Number.isNaN(rate) || (rate >= 0 && rate <= 100)))
})
