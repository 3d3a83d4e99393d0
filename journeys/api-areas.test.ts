import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openSample, type Application } from './application.ts'
import { makeArea, readValues } from './pages.ts'

interface Value {
	indicator: string
	estimate: number | null
	margin: number | null
	how: string
	lowest: number | null
	highest: number | null
	places: number
	places_known: number
}
interface Area {
	id: string
	name: string
	kind: string
	bbox: number[]
	outline: { type: string; coordinates: number[][][][] }
	divided_by: string
	people_from: unknown
	parts: { geoid: string; share_of_place: number; share_of_area: number; share_of_people: number | null }[]
	values: Value[]
}

let application: Application
let geoids: string[]
let picked: string

before(async () => {
	application = await openSample()
	geoids = (await readValues(application.url, 'low-income')).geoids
	picked = await makeArea(application.url, 'Three, picked', geoids.slice(0, 3))
})
after(() => application?.stop())

const read = async <T>(path: string) => {
	const answer = await fetch(application.url + path)
	assert.equal(answer.status, 200, path)
	return (await answer.json()) as T
}
const valueOf = (area: Area, key: string) => area.values.find(({ indicator }) => indicator === key)!

/** Makes an area by an outline, as a form without script does. */
async function draw(name: string, coordinates: number[][][]): Promise<string> {
	const form = new FormData()
	form.set('name', name)
	form.set('outline', new File([JSON.stringify({ type: 'Polygon', coordinates })], 'outline.geojson', { type: 'application/geo+json' }))
	const answer = await fetch(`${application.url}/areas/new?/make`, { method: 'POST', redirect: 'manual', headers: { origin: application.url, accept: 'text/html' }, body: form })
	assert.equal(answer.status, 303)
	return answer.headers.get('location')!.split('/').at(-1)!
}

test('an area of whole tracts says so, and its counts are the sums that the tracts have', async () => {
	const area = await read<Area>(`/api/v1/areas/${picked}`)
	assert.deepEqual([area.kind, area.divided_by, area.people_from, area.outline.type], ['picked', 'whole', null, 'MultiPolygon'])
	assert.deepEqual(area.parts.map(({ geoid, share_of_place }) => [geoid, share_of_place]), geoids.slice(0, 3).map((geoid) => [geoid, 1]))
	assert.ok(Math.abs(area.parts.reduce((sum, part) => sum + part.share_of_area, 0) - 1) < 1e-9)
	const { items } = await read<{ items: { geoid: string; estimate: number; margin: number }[] }>('/api/v1/series?indicator=population')
	const own = items.filter(({ geoid }) => geoids.slice(0, 3).includes(geoid))
	const population = valueOf(area, 'population')
	assert.equal(population.how, 'sum')
	assert.equal(population.estimate, own.reduce((sum, { estimate }) => sum + estimate, 0))
	assert.ok(Math.abs(population.margin! - Math.hypot(...own.map(({ margin }) => margin))) < 1e-6)
	const income = valueOf(area, 'median-income')
	assert.deepEqual([income.how, income.estimate, income.margin], ['range', null, null], 'a median is not carried over')
	assert.ok(income.lowest! <= income.highest!)
})

test('an outline that cuts tracts is divided by land here, where no finer places are, and its parts say how much of each', async () => {
	const whole = await read<Area>(`/api/v1/areas/${picked}`)
	const [west, south, east, north] = whole.bbox as [number, number, number, number]
	const id = await draw('Half a box', [[[west, south], [(west + east) / 2, south], [(west + east) / 2, north], [west, north], [west, south]]])
	const area = await read<Area>(`/api/v1/areas/${id}`)
	assert.deepEqual([area.kind, area.divided_by, area.people_from], ['uploaded', 'land', null])
	assert.ok(area.parts.some(({ share_of_place }) => share_of_place > 0 && share_of_place < 1))
	assert.ok(area.parts.every(({ share_of_people }) => share_of_people === null))
	assert.deepEqual(area.outline.coordinates[0]![0]!.length, 5)
	const population = valueOf(area, 'population')
	const { items } = await read<{ items: { geoid: string; estimate: number | null }[] }>('/api/v1/series?indicator=population&limit=1000&scope=all')
	const expected = area.parts.reduce((sum, { geoid, share_of_place }) => sum + share_of_place * items.find((item) => item.geoid === geoid)!.estimate!, 0)
	assert.ok(Math.abs(population.estimate! / expected - 1) < 1e-9, 'counts are Σ share × count')
	assert.deepEqual(await read<Area>(`/api/v1/areas/${id}?by=land`), area)
})

test('the CSV of an area has a row for every number, and the list begins with what was made last', async () => {
	const area = await read<Area>(`/api/v1/areas/${picked}`)
	const text = await (await fetch(`${application.url}/api/v1/areas/${picked}?format=csv`)).text()
	const [header, ...rows] = text.trimEnd().split('\r\n').map((line) => line.split(','))
	assert.equal(rows.length, area.values.length)
	const [estimate, indicator] = [header!.indexOf('estimate'), header!.indexOf('indicator')]
	for (const row of rows.filter((cells) => cells.length === header!.length)) assert.equal(row[estimate], String(valueOf(area, row[indicator]!).estimate ?? ''), row[indicator])
	const id = await makeArea(application.url, 'Made last', geoids.slice(5, 7))
	const page = await read<{ total: number; next: string | null; items: { id: string }[] }>('/api/v1/areas?limit=1')
	assert.equal(page.items[0]!.id, id)
	assert.ok(page.total >= 2 && page.next)
	const second = (await (await fetch(page.next)).json()) as typeof page
	assert.notEqual(second.items[0]!.id, id)
})
