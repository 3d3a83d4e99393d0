import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { CoreTables, OpenDatabase } from '#database'
import { createTestDatabase } from '#database/testing'
import { findGeography, findIndicator, findProfile, findRegion, listIndicators, listSources, readSeries, type Series } from '../index.ts'
import { loadRegion } from '../load/load-region.ts'
import type { AtlasTables } from '../tables.ts'
import { delawareMissing, readDelaware, startCensusServer, type ConstructedCells } from '../../testing/index.ts'
import { fetchDelaware, makeRegionFolders, writeDelaware } from './testing/delaware-region.ts'

const options = { skip: delawareMissing }
/** A place of the survey without people, which CDC/ATSDR does not rank and so did not print. */
const CONSTRUCTED = '10001990000'

/** Constructed: no publisher printed these cells. They carry every code of the Census Bureau, as the API writes it beside its annotation. */
const cells: ConstructedCells = {
	[CONSTRUCTED]: {
		S0101_C02_030E: '-666666666', S0101_C02_030EA: '-', S0101_C02_030M: '-222222222', S0101_C02_030MA: '**',
		DP04_0058PE: '-888888888', DP04_0058PEA: '(X)', DP04_0058PM: '-888888888', DP04_0058PMA: '(X)',
		S2701_C05_001E: '-999999999', S2701_C05_001EA: 'N', S2701_C05_001M: '-999999999', S2701_C05_001MA: 'N',
		B19013_001E: '250001', B19013_001EA: '250,000+', B19013_001M: '-333333333', B19013_001MA: '***',
		S0601_C01_033E: '15.5', S0601_C01_033EA: null, S0601_C01_033M: '-222222222', S0601_C01_033MA: '**',
		S0601_C01_001M: '-555555555', S0601_C01_001MA: '*****',
	},
	'10001040201': { B19013_001E: '61250', B19013_001M: '7012' },
}

let open: OpenDatabase<AtlasTables & CoreTables>
const folders = makeRegionFolders()
before(async () => {
	if (delawareMissing) return
	open = await createTestDatabase()
	writeDelaware(folders)
	const server = await startCensusServer({ key: 'k', cells })
	await fetchDelaware(folders, server, { key: 'k' })
	await server.close()
	// The server is gone: what follows needs no connection.
	await loadRegion({ database: open.database, regionsFolder: folders, region: 'delaware', now: () => new Date(), report: async () => undefined })
})
after(async () => {
	rmSync(folders[0], { recursive: true, force: true })
	await open?.close()
})

async function seriesOf(indicator: string): Promise<Series> {
	const found = (await findIndicator(open.database, indicator))!
	assert.ok(found, indicator)
	return (await readSeries(open.database, [found.series[0]!]))[0]!
}

test('a fetched region has the state’s tracts, its counties by name and as a backdrop, and sources with pinned checksums', options, async () => {
	const region = (await findRegion(open.database))!
	assert.deepEqual([region.state.name.en, region.counties], ['Delaware', { '10001': 'Kent County', '10003': 'New Castle County' }])
	const tracts = (await findGeography(open.database, 'tract-2020'))!
	assert.deepEqual([tracts.places.length, tracts.regional.length], [262, 187])
	assert.deepEqual((await findGeography(open.database, 'county-2020'))!.places.map(({ geoid }) => geoid), ['10001', '10003', '10005'], 'and no county of another state')
	const sources = await listSources(open.database)
	for (const { sha256, bytes, report } of sources) assert.ok(/^[0-9a-f]{64}$/.test(sha256) && bytes > 0 && report.fetchedAt === '2026-03-01T12:00:00.000Z')
	assert.deepEqual(sources.map((source) => source.publisher_sha256 === source.sha256), [true, true, false], 'a table is made here, of answers')
	assert.deepEqual(sources.map(({ report }) => report.answers), [0, 0, 9])
})

/** Measures that CDC/ATSDR printed in its table of 2020 from the same survey, by the code of its columns. */
const PUBLISHED = {
	children: 'AGE17', 'older-adults': 'AGE65', 'people-of-color': 'MINRTY', 'limited-english': 'LIMENG', 'single-parent': 'SNGPNT', 'group-quarters': 'GROUPQ',
	'low-income': 'POV150', unemployment: 'UNEMP', 'no-diploma': 'NOHSDP', uninsured: 'UNINSUR', disability: 'DISABL', 'cost-burden': 'HBURD', crowding: 'CROWD',
	'large-buildings': 'MUNIT', 'mobile-homes': 'MOBILE', 'no-vehicle': 'NOVEH', black: 'AFAM', hispanic: 'HISP', asian: 'ASIAN', 'american-indian': 'AIAN',
	'pacific-islander': 'NHPI', 'two-or-more-races': 'TWOMORE', 'other-race': 'OTHERRACE',
}
/** Shares of races are computed here, and the margins of their percent with them; the Census Bureau computes those from replicates. */
const COMPUTED_MARGIN = new Set(['black', 'hispanic', 'asian', 'american-indian', 'pacific-islander', 'two-or-more-races', 'other-race'])

for (const [indicator, code] of Object.entries(PUBLISHED)) {
	test(`${indicator}: every estimate and margin is the one that CDC/ATSDR printed`, options, async () => {
		const published = readDelaware('SVI2020_DELAWARE_tract.csv.gz', 'GEOID')
		const series = await seriesOf(indicator)
		const { places } = (await findGeography(open.database, 'tract-2020'))!
		let compared = 0
		for (const { geoid, ordinal } of places) {
			if (!published.keys.includes(geoid)) continue
			const of = (prefix: string) => (published.cell(geoid, prefix + code) === '-999' ? NaN : Number(published.cell(geoid, prefix + code)))
			const nobody = series.universes?.[ordinal] === 0
			// Where nobody was asked CDC/ATSDR prints 0 percent; here it is missing.
			if (!nobody) assert.ok(Object.is(series.estimates[ordinal], of('EP_')), `${geoid}: ${series.estimates[ordinal]} ${of('EP_')}`)
			else assert.ok(Number.isNaN(series.estimates[ordinal]) || series.estimates[ordinal] === of('EP_'))
			if (!nobody && !COMPUTED_MARGIN.has(indicator)) assert.ok(Object.is(series.margins![ordinal], of('MP_')), `${geoid}: ± ${series.margins![ordinal]} ${of('MP_')}`)
			assert.ok(Object.is(series.numerators![ordinal], of('E_')), `${geoid}: ${series.numerators![ordinal]} people`)
			assert.ok(Object.is(series.numeratorMargins![ordinal], of('M_')), `${geoid}: ± ${series.numeratorMargins![ordinal]} people`)
			compared++
		}
		assert.equal(compared, 259)
	})
}

test('the index is the rank that CDC/ATSDR printed for every place', options, async () => {
	const published = readDelaware('SVI2020_DELAWARE_tract.csv.gz', 'GEOID')
	const { estimates } = await seriesOf('svi-2020')
	for (const { geoid, ordinal } of (await findGeography(open.database, 'tract-2020'))!.places) {
		const rank = published.keys.includes(geoid) ? Number(published.cell(geoid, 'RPL_THEMES')) : -999
		assert.ok(Object.is(estimates[ordinal], rank === -999 ? NaN : rank), `${geoid}: ${estimates[ordinal]} ${rank}`)
	}
})

test('population is the one that CDC/ATSDR printed', options, async () => {
	const published = readDelaware('SVI2020_DELAWARE_tract.csv.gz', 'GEOID')
	const series = await seriesOf('population')
	for (const { geoid, ordinal } of (await findGeography(open.database, 'tract-2020'))!.places) {
		if (published.keys.includes(geoid)) assert.equal(series.estimates[ordinal], Number(published.cell(geoid, 'E_TOTPOP')))
	}
})

test('no code of the Census Bureau reaches a number: each is missing, and a controlled margin is 0', options, async () => {
	const ordinal = (await findGeography(open.database, 'tract-2020'))!.places.find(({ geoid }) => geoid === CONSTRUCTED)!.ordinal
	for (const indicator of ['older-adults', 'no-vehicle', 'uninsured', 'median-income']) {
		const { estimates, margins } = await seriesOf(indicator)
		assert.deepEqual([estimates[ordinal], margins![ordinal]], [NaN, NaN], indicator)
	}
	const diploma = await seriesOf('no-diploma')
	assert.deepEqual([diploma.estimates[ordinal], diploma.margins![ordinal]], [15.5, NaN], 'an estimate whose margin is not known has none, and not 0')
	assert.equal((await seriesOf('population')).margins![ordinal], 0)
	assert.equal((await seriesOf('median-income')).estimates.filter((value) => !Number.isNaN(value)).length, 1)
	for (const { series } of await listIndicators(open.database)) {
		for (const { estimates, margins, numerators, universes } of await readSeries(open.database, series)) {
			for (const column of [estimates, margins, numerators, universes]) assert.ok(!column?.some((value) => value <= -111111111))
		}
	}
})

test('a profile of a fetched place has margins, a comparison with the region, gaps and the index', options, async () => {
	const profile = (await findProfile(open.database, 'tract-2020', '10003002400'))!
	const income = profile.rows.find(({ indicator }) => indicator.key === 'low-income')!
	assert.ok(income.margin! > 0 && income.region.how === 'rate' && income.standing!.of > 150)
	assert.deepEqual([profile.gaps.tested, profile.gaps.untested], [4, 3])
	const index = profile.rows.find(({ indicator }) => indicator.domain === 'index')!
	assert.ok(index.estimate >= 0 && index.estimate <= 1)
})

test('measures of which the publisher gave no number anywhere are left out, and not shown as empty', options, async () => {
	const keys = (await listIndicators(open.database)).map(({ indicator }) => indicator.key)
	assert.ok(!keys.includes('bachelor') && keys.includes('low-income'))
})
