import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { after, before, test } from 'node:test'
import { openSample, type Application } from './application.ts'
import { say } from './catalogue.ts'
import { faultsOf, readInterface, type Interface } from './described-interface.ts'
import { cite, makeArea, readValues } from './pages.ts'

let application: Application
let described: Interface
let citation: string
let area: string

before(async () => {
	application = await openSample()
	described = await readInterface(`${application.url}/api/v1/openapi.json`)
	citation = (await cite(application.url, '/places/tract-2020/99001010100', 'low-income')).split('/').at(-1)!
	area = await makeArea(application.url, 'Described', (await readValues(application.url, 'low-income')).geoids.slice(0, 3))
})
after(() => application?.stop())

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') => fetch(application.url + path, { headers, method, redirect: 'manual' })
const read = async <T = Record<string, never>>(path: string) => (await (await ask(path)).json()) as T
interface List {
	total: number
	next: string | null
	previous: string | null
	items: Record<string, never>[]
}

/** One address for every endpoint, with the parameters that it needs. */
const examples = (): Record<string, string> => ({
	'/api/v1': '/api/v1',
	'/api/v1/openapi.json': '/api/v1/openapi.json',
	'/api/v1/geographies': '/api/v1/geographies',
	'/api/v1/places': '/api/v1/places?county=99007',
	'/api/v1/places/{geography}/{geoid}': '/api/v1/places/tract-2020/99001010100',
	'/api/v1/indicators': '/api/v1/indicators',
	'/api/v1/indicators/{key}': '/api/v1/indicators/low-income',
	'/api/v1/series': '/api/v1/series?indicator=low-income',
	'/api/v1/indices': '/api/v1/indices',
	'/api/v1/citations': '/api/v1/citations',
	'/api/v1/citations/{id}': `/api/v1/citations/${citation}`,
	'/api/v1/areas': '/api/v1/areas',
	'/api/v1/areas/{id}': `/api/v1/areas/${area}`,
})

test('every route of the interface is described, and nothing else', () => {
	const routes = globSync('src/routes/api/v1/**/+server.ts').map((file) => dirname(file).replace('src/routes', '').replaceAll(/\[(\w+)\]/g, '{$1}')).filter((path) => !path.includes('[...'))
	assert.deepEqual(Object.keys(described.paths).sort(), routes.sort())
	assert.equal(described.openapi, '3.1.0')
	const operations = Object.values(described.paths).map(({ get }) => get.operationId)
	assert.equal(new Set(operations).size, operations.length)
})

test('every parameter has a sentence in both languages and stands in the list of addresses', async () => {
	const spanish = await readInterface(`${application.url}/es/api/v1/openapi.json`)
	const page = readFileSync('docs/guides/addresses.md', 'utf8')
	for (const [path, { get }] of Object.entries(described.paths)) {
		for (const [index, { name, description, in: place }] of get.parameters.entries()) {
			const translated = spanish.paths[path]!.get.parameters[index]!.description
			assert.ok(description.endsWith('.') && translated.endsWith('.') && description !== translated, `${path} ${name}: ${description}`)
			if (place === 'query') assert.ok(page.includes(`\`${name}\``), `${name} is not in docs/guides/addresses.md`)
		}
	}
	for (const text of [described, spanish]) assert.doesNotMatch(JSON.stringify(text), /"(?:description|summary)":"api_/)
})

test('what every endpoint answers is what its description says, property by property', async () => {
	assert.deepEqual(Object.keys(examples()).sort(), Object.keys(described.paths).sort())
	for (const [path, example] of Object.entries(examples())) {
		const answer = await ask(example)
		assert.equal(answer.status, 200, example)
		const { schema } = described.paths[path]!.get.responses['200']!.content!['application/json']!
		const body: unknown = await answer.json()
		// The description of the interface is described loosely.
		if (path !== '/api/v1/openapi.json') assert.deepEqual(faultsOf(described, schema, body), [], example)
		if (path === '/api/v1/series') assert.notDeepEqual(faultsOf(described, schema, { ...(body as object), surprise: 1 }), [], 'a property that is not described is found')
	}
})

test('every collection comes as CSV with the same rows, by parameter or by Accept header', async () => {
	const collections = Object.entries(described.paths).filter(([, { get }]) => get.responses['200']!.content!['text/csv']).map(([path]) => path)
	assert.deepEqual(collections, ['/api/v1/geographies', '/api/v1/places', '/api/v1/indicators', '/api/v1/series', '/api/v1/indices', '/api/v1/citations', '/api/v1/areas', '/api/v1/areas/{id}'])
	for (const path of collections) {
		const example = examples()[path]!
		const [byParameter, byHeader, json] = await Promise.all([ask(`${example}${example.includes('?') ? '&' : '?'}format=csv`), ask(example, { accept: 'text/csv' }), read<List>(example)])
		assert.match(byParameter.headers.get('content-type')!, /^text\/csv/)
		const text = await byParameter.text()
		assert.equal(await byHeader.text(), text, path)
		const rows = text.trimEnd().split('\r\n')
		if (!['/api/v1/indicators', '/api/v1/indices', '/api/v1/areas/{id}'].includes(path)) assert.equal(rows.length - 1, json.items.length, path)
	}
	assert.match((await ask('/api/v1/places', { accept: 'text/csv;q=0.5, application/json' })).headers.get('content-type')!, /json/)
})

test('a number is the same as on the map, with margin, reliability and the hash of its source; missing is null and never zero', async () => {
	const values = await readValues(application.url, 'median-income')
	const series = await read<{ sha256: string; source: { sha256: string } } & { items: { geoid: string; estimate: number | null; margin: number | null; reliability: string }[] }>('/api/v1/series?indicator=median-income')
	assert.deepEqual(series.items.map(({ geoid }) => geoid), values.geoids)
	assert.deepEqual(series.items.map(({ estimate }) => estimate), values.values)
	assert.deepEqual(series.items.map(({ margin }) => margin), values.margins)
	const missing = series.items.filter(({ estimate }) => estimate === null)
	assert.ok(missing.length > 0 && missing.every(({ reliability, margin }) => reliability === 'missing' && margin === null))
	assert.match(series.sha256, /^[0-9a-f]{64}$/)
	assert.match(series.source.sha256, /^[0-9a-f]{64}$/)
	const csv = await (await ask('/api/v1/series?indicator=median-income&format=csv')).text()
	assert.ok(csv.includes(`${missing[0]!.geoid},`) && csv.split('\r\n').some((line) => line.startsWith(missing[0]!.geoid) && line.includes(',,,missing,')))
})

test('pages led through by next give every place once, and previous leads back', async () => {
	const seen: string[] = []
	let page = await read<List>('/api/v1/places?limit=60')
	const first = page
	for (;;) {
		seen.push(...page.items.map(({ geoid }) => geoid))
		if (!page.next) break
		page = (await (await fetch(page.next)).json()) as List
	}
	assert.equal(seen.length, 250)
	assert.equal(new Set(seen).size, 250)
	const back = (await (await fetch(page.previous!)).json()) as List
	assert.deepEqual(back.items.map(({ geoid }) => geoid), seen.slice(180, 240))
	assert.equal((await ask('/api/v1/places?limit=60')).headers.get('link'), `<${first.next}>; rel="next"`)
	const stale = await ask('/api/v1/places?cursor=1o-aaaa')
	assert.equal(stale.status, 400)
	assert.equal(((await stale.json()) as { detail: string }).detail, say('error_api_cursor_stale'))
})

test('places are found by county, by words and by a box that their outlines meet', async () => {
	const { items } = await read<{ items: { county: string; bbox: number[]; geoid: string }[] }>('/api/v1/places?limit=1000')
	const dunmore = await read<List>('/api/v1/places?county=99007&limit=1000')
	assert.equal(dunmore.total, items.filter(({ county }) => county === '99007').length)
	assert.equal((await read<List>('/api/v1/places?q=dunmore')).total, dunmore.total)
	const [west, south, east, north] = items[40]!.bbox as [number, number, number, number]
	const meeting = items.filter(({ bbox }) => bbox[0]! <= east && bbox[2]! >= west && bbox[1]! <= north && bbox[3]! >= south).map(({ geoid }) => geoid)
	const found = await read<{ items: { geoid: string }[] }>(`/api/v1/places?bbox=${[west, south, east, north].join(',')}&limit=1000`)
	const inItems = await read<{ numberMatched: number }>(`/ogc/collections/tract-2020/items?limit=1&bbox=${[west, south, east, north].join(',')}`)
	assert.equal(found.items.length, inItems.numberMatched)
	assert.ok(found.items.every(({ geoid }) => meeting.includes(geoid)), 'outlines meet only where boxes do')
	assert.ok(found.items.length > 1 && found.items.length < 60)
})

test('what cannot be answered is refused as a problem that says what to do, in the language asked for', async () => {
	const wrong: [string, number, string][] = [
		['/api/v1/series?indicator=low-income&colour=red', 400, 'api_parameter_unknown'],
		['/api/v1/openapi.json?colour=red', 400, 'api_parameters_none'],
		['/api/v1/series', 400, 'api_parameter_missing'],
		['/api/v1/series?indicator=nothing', 400, 'api_indicator_unknown'],
		['/api/v1/series?indicator=low-income&vintage=1990', 400, 'api_series_unknown'],
		['/api/v1/series?indicator=low-income&county=00000', 400, 'api_county_unknown'],
		['/api/v1/places?limit=0', 400, 'api_parameter_invalid'],
		['/api/v1/places?limit=5&limit=6', 400, 'api_parameter_repeated'],
		['/api/v1/places?geography=block-1880', 400, 'api_geography_unknown'],
		['/api/v1/places?bbox=1,2,3', 400, 'api_parameter_invalid'],
		['/api/v1/places/tract-2020/00000', 404, 'api_place_unknown'],
		['/api/v1/places/block-1880/00000', 404, 'api_geography_absent'],
		['/api/v1/indicators/nothing', 404, 'api_indicator_absent'],
		['/api/v1/citations/c-nothing', 404, 'api_citation_unknown'],
		['/api/v1/areas/a-nothing', 404, 'api_area_unknown'],
		['/api/v1/nowhere/at/all', 404, 'api_address_unknown'],
	]
	for (const [path, status, code] of wrong) {
		const [english, spanish] = await Promise.all([ask(path), ask(path, { 'accept-language': 'es-MX,es;q=0.9' })])
		assert.deepEqual([english.status, english.headers.get('content-type')], [status, 'application/problem+json'], path)
		const [problem, translated] = [await english.json(), await spanish.json()] as Record<string, string>[]
		assert.deepEqual(faultsOf(described, { $ref: '#/components/schemas/Problem' }, problem), [], path)
		assert.equal(problem!.code, code, path)
		assert.ok(problem!.detail!.endsWith('.') && translated!.detail!.endsWith('.') && problem!.detail !== translated!.detail, path)
	}
})

test('an answer that somebody has already is not sent again', async () => {
	for (const path of Object.values(examples())) {
		const first = await ask(path)
		const tag = first.headers.get('etag')!
		assert.match(tag, /^"[\w-]+"$/, path)
		assert.match(first.headers.get('cache-control')!, /^public, max-age=\d+$/)
		const [again, listed, other] = await Promise.all([ask(path, { 'if-none-match': tag }), ask(path, { 'if-none-match': `"a", W/${tag}` }), ask(path, { 'if-none-match': '"a"' })])
		assert.deepEqual([again.status, listed.status, other.status, await again.text()], [304, 304, 200, ''], path)
		assert.equal(again.headers.get('etag'), tag)
	}
})

test('any page may read, nobody may write, and HEAD says what GET would', async () => {
	const options = await ask('/api/v1/series', {}, 'OPTIONS')
	assert.deepEqual([options.status, options.headers.get('allow'), options.headers.get('access-control-allow-origin')], [204, 'GET, HEAD, OPTIONS', '*'])
	const [head, get] = await Promise.all([ask('/api/v1/places', {}, 'HEAD'), ask('/api/v1/places')])
	assert.deepEqual([head.status, head.headers.get('etag'), await head.text()], [200, get.headers.get('etag'), ''])
	assert.equal(get.headers.get('access-control-allow-origin'), '*')
	assert.equal(get.headers.get('set-cookie'), null)
	const deleted = await ask('/api/v1/places', { origin: application.url }, 'DELETE')
	assert.deepEqual([deleted.status, deleted.headers.get('allow'), deleted.headers.get('content-type')], [405, 'GET, HEAD, OPTIONS', 'application/problem+json'])
})

test('every answer says how many requests are left; a browser is led to the page for people', async () => {
	const [one, two] = [await ask('/api/v1/geographies'), await ask('/api/v1/geographies')]
	const left = (answer: Response) => Number(/r=(\d+)/.exec(answer.headers.get('ratelimit')!)![1])
	assert.ok(left(two) < left(one))
	assert.match(one.headers.get('ratelimit-policy')!, /^"address";q=\d+;w=60$/)
	const person = await ask('/api/v1', { accept: 'text/html,application/xhtml+xml', 'accept-language': 'es' })
	assert.deepEqual([person.status, person.headers.get('location')], [303, `${application.url}/es/developers`])
})

test('every address that the page for people shows to copy gives an answer, in both languages', async () => {
	for (const language of ['', '/es']) {
		const page = await (await ask(`${language}/developers`)).text()
		const lines = [...page.matchAll(/<pre[^>]*><code>(.*?)<\/code><\/pre>/gs)].map((match) => match[1]!.replaceAll('&quot;', '"').replaceAll('&amp;', '&'))
		const shown = lines.map((line) => /(http:[^\s"]+)/.exec(line)![1]!)
		assert.equal(shown.length, 6)
		for (const address of shown) assert.equal((await fetch(address)).status, 200, address)
	}
})

test('the page for people explains every refusal that the code knows, at the address that a refusal names', async () => {
	const sources = globSync('src/{hooks.server.ts,lib/server/{api,ogc}/*.ts}').map((file) => readFileSync(file, 'utf8')).join('\n')
	const known = new Set([...sources.matchAll(/new Refusal\('(api_\w+)'/g)].map((match) => match[1]!))
	const page = await (await ask('/developers')).text()
	const explained = [...page.matchAll(/id="(api-[a-z-]+)"/g)].map((match) => match[1]!.replaceAll('-', '_'))
	assert.deepEqual(explained.toSorted(), [...known].sort())
	const { type } = (await (await ask('/api/v1/places?limit=0')).json()) as { type: string }
	assert.equal(type, `${application.url}/developers#api-parameter-invalid`)
})
