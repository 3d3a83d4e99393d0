import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Refusal } from '#database'
import { recognizeColumns } from '../../imports/recognize-columns.ts'
import { valueOfArea } from '../../comparison.ts'
import { findGeography, findIndicator, listSources, readSeries } from '../index.ts'
import { openRegion, prepare, publish, share, steps, upload, type Open } from './testing/bring.ts'

const DATA = join(process.env.THROUGHLINE_SHARED ?? join(import.meta.dirname, '../../../../../shared'), 'data')
const there = existsSync(DATA)
if (!there) console.log(`The real data are not at ${DATA}: the imports of published tables are not tested. Set THROUGHLINE_SHARED.`)
const options = { skip: !there && !process.env.CI && 'the real data are absent' }

let open: Open
before(async () => {
	if (!options.skip) open = await openRegion('metro-atlanta', DATA)
})
after(() => open?.close())

const SVI = 'svi/SVI2022_GEORGIA_tract.csv.gz'
const FOOD = 'places/usda_food_access_2019_georgia.csv.gz'
const bring = (file: string) => upload(open, readFileSync(join(DATA, file)), file.split('/')[1]!)

test('SVI 2022 for Georgia: the key is found, every EP_ has its MP_, and an imported column equals the region’s own', options, async () => {
	const id = await bring(SVI)
	const read = (await steps(open, id)).read!.content
	assert.equal(read.key, 'FIPS')
	assert.deepEqual(read.fits.map(({ geography, matched, rows }) => [geography, matched === rows]), [['tract-2020', true], ['tract-2010', false]])
	const { columns } = recognizeColumns(read.columns.map(({ name }) => name))
	const shares = columns.filter(({ estimate }) => estimate.startsWith('EP_'))
	assert.ok(shares.length >= 22 && shares.every(({ margin, estimate }) => margin === estimate.replace('EP_', 'MP_')))
	await prepare(open, id, { years: '2018–2022' }, [{ ...share('EP_NOVEH', 'No vehicle', 'MP_NOVEH'), parts: { numerator: 'E_NOVEH', universe: 'E_HH' } }, share('EP_POV150', 'Below 150 percent of poverty', 'MP_POV150')])
	const checked = (await steps(open, id)).checked!.content
	assert.equal(checked.blocking, 0, 'CDC writes -999 where there is none: listed, and not in the way')
	await publish(open, id)
	const [own] = await readSeries(open.database, (await findIndicator(open.database, 'own-below-150-percent-of-poverty'))!.series)
	const low = (await findIndicator(open.database, 'low-income'))!.series
	const source = (await listSources(open.database)).find(({ key }) => key.startsWith('svi-2022'))!
	const [region] = await readSeries(open.database, low.filter((head) => head.source === source.key))
	assert.deepEqual(own!.estimates, region!.estimates)
	assert.deepEqual(own!.margins, region!.margins)
	const [vehicles] = await readSeries(open.database, (await findIndicator(open.database, 'own-no-vehicle'))!.series)
	const { regional } = (await findGeography(open.database, 'tract-2020'))!
	const area = valueOfArea(vehicles!, regional)
	assert.equal(area.how, 'rate')
	const sum = (column: Float64Array) => regional.filter((i) => !Number.isNaN(vehicles!.estimates[i]!)).reduce((total, i) => total + column[i]!, 0)
	assert.ok(Math.abs(area.estimate - (100 * sum(vehicles!.numerators!)) / sum(vehicles!.universes!)) < 1e-9 && area.moe > 0, 'an area has the rate of its counts')
})

test('USDA Food Access 2019 stands on tracts of 2010: stated as 2020 it is refused with the better match, stated as 2010 it is taken', options, async () => {
	const id = await bring(FOOD)
	const read = (await steps(open, id)).read!.content
	assert.equal(read.key, 'CensusTract')
	await prepare(open, id, { geography: 'tract-2020', years: '2019' }, [share('PovertyRate', 'Poverty rate in 2010 tracts')])
	await assert.rejects(publish(open, id), (cause) => cause instanceof Refusal && cause.code === 'import_other_vintage' && cause.parameters.other === 'tract-2010')
	await prepare(open, id, { geography: 'tract-2010', years: '2019' }, [])
	await publish(open, id)
	const found = (await findIndicator(open.database, 'own-poverty-rate-in-2010-tracts'))!
	assert.equal(found.series[0]!.geographyVintage, 2010)
})

test('a zipped shapefile of tracts is read as the table of its attributes', options, async () => {
	const id = await bring('geometry/ga_tracts_2020_utm17n_shp.zip')
	const read = (await steps(open, id)).read!.content
	assert.equal(read.key, 'GEOID')
	assert.deepEqual(read.fits[0], { geography: 'tract-2020', matched: 2791, rows: 2791 })
})
