// The abstract tests of OGC API – Features – Part 1: Core 1.0.1, annex A, one by one: each name ends with the test's identifier.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { intersection } from 'polyclip-ts'
import { openSample, type Application } from './application.ts'
import { faultsOf, readInterface, type Interface } from './described-interface.ts'

const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'
const GEOJSON = 'application/geo+json'
const CLASSES = ['core', 'geojson', 'oas30'].map((name) => `http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${name}`)

interface Link { href: string; rel: string; type?: string }
interface Collection { id: string; links: Link[]; extent: { spatial: { bbox: number[][]; crs: string } }; itemType: string; crs: string[] }
interface Feature { type: string; id: string; properties: Record<string, unknown>; geometry: { type: string; coordinates: unknown[] } | null; links?: Link[] }
interface Features { type: string; timeStamp: string; numberMatched: number; numberReturned: number; links: Link[]; features: Feature[] }

let application: Application
let root: string
let described: Interface
let collections: Collection[]

before(async () => {
	application = await openSample()
	root = `${application.url}/ogc`
	described = await readInterface(`${root}/api`)
	collections = (await read<{ collections: Collection[] }>(`${root}/collections`)).body.collections
})
after(() => application?.stop())

async function read<T>(address: string): Promise<{ status: number; type: string; body: T; headers: Headers }> {
	const answer = await fetch(address)
	return { status: answer.status, type: answer.headers.get('content-type') ?? '', body: (await answer.json()) as T, headers: answer.headers }
}

const itemsOf = (id: string, query = '') => read<Features>(`${root}/collections/${id}/items${query}`)
const linkTo = (links: Link[], rel: string) => links.find((link) => link.rel === rel)

/** By the schema that the description gives for the 200 of a path. */
function assertDescribed(path: string, type: string, body: unknown): void {
	const schema = described.paths[path]!.get.responses['200']!.content![type]!.schema
	assert.deepEqual(faultsOf(described, schema, body), [], path)
}

/** West, south, east, north of a geometry. */
function boxOf(feature: Feature): [number, number, number, number] {
	const numbers = (feature.geometry!.coordinates as never[]).flat(feature.geometry!.type === 'Polygon' ? 1 : 2) as unknown as [number, number][]
	const [x, y] = [numbers.map(([longitude]) => longitude), numbers.map(([, latitude]) => latitude)]
	return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)]
}

test('the server speaks HTTP 1.1 and knows its verbs: /conf/core/http', async () => {
	const [get, head, options, removed] = await Promise.all([
		fetch(root), fetch(root, { method: 'HEAD' }), fetch(root, { method: 'OPTIONS' }), fetch(root, { method: 'DELETE', headers: { origin: application.url } }),
	])
	assert.deepEqual([get.status, head.status, options.status, removed.status], [200, 200, 204, 405])
	assert.ok(get.headers.get('date') && get.headers.get('etag'))
})

test('the landing page is there: /conf/core/root-op', async () => {
	assert.equal((await fetch(`${root}/`)).status, 200)
	assert.equal((await read(root)).status, 200)
})

test('the landing page leads to the API definition, the conformance classes and the data: /conf/core/root-success', async () => {
	const { body } = await read<{ title: string; links: Link[] }>(root)
	assertDescribed('/', 'application/json', body)
	for (const rel of ['service-desc', 'service-doc', 'conformance', 'data', 'self']) {
		const link = linkTo(body.links, rel)
		assert.ok(link, rel)
		assert.equal((await fetch(link.href)).status, 200, link.href)
	}
})

test('the API definition is there, in the type that its link promises: /conf/core/api-definition-op', async () => {
	const { body } = await read<{ links: Link[] }>(root)
	const link = linkTo(body.links, 'service-desc')!
	assert.equal((await read(link.href)).type, link.type)
	assert.match((await fetch(linkTo(body.links, 'service-doc')!.href)).headers.get('content-type')!, /^text\/html/)
})

test('the API definition is OpenAPI 3.0 and describes this server: /conf/core/api-definition-success', () => {
	assert.match(described.openapi, /^3\.0\.\d+$/)
	assert.equal(described.servers[0]!.url, root)
})

test('the conformance declaration is there: /conf/core/conformance-op', async () => {
	assert.equal((await read(`${root}/conformance`)).status, 200)
})

test('the conformance declaration names Core, GeoJSON and OpenAPI 3.0: /conf/core/conformance-success', async () => {
	const { body } = await read<{ conformsTo: string[] }>(`${root}/conformance`)
	assertDescribed('/conformance', 'application/json', body)
	for (const name of CLASSES) assert.ok(body.conformsTo.includes(name), name)
})

test('every geometry is in longitude and latitude on WGS 84, within the extent of its collection: /conf/core/crs84', async () => {
	for (const { id, extent, crs } of collections) {
		assert.deepEqual([extent.spatial.crs, crs], [CRS84, [CRS84]])
		const [west, south, east, north] = extent.spatial.bbox[0]!
		for (const feature of (await itemsOf(id, '?limit=1000')).body.features) {
			const [left, bottom, right, top] = boxOf(feature)
			assert.ok(left >= west! - 1e-6 && bottom >= south! - 1e-6 && right <= east! + 1e-6 && top <= north! + 1e-6, feature.id)
		}
	}
})

test('the collections are there: /conf/core/fc-md-op', async () => {
	assert.equal((await read(`${root}/collections`)).status, 200)
})

test('the collections are described: /conf/core/fc-md-success', async () => {
	assertDescribed('/collections', 'application/json', (await read(`${root}/collections`)).body)
	assert.deepEqual(collections.map(({ id }) => id), ['tract-2020', 'tract-2010'])
})

test('the collections lead to themselves with a type: /conf/core/fc-md-links', async () => {
	const { body } = await read<{ links: Link[] }>(`${root}/collections`)
	assert.deepEqual(linkTo(body.links, 'self'), { href: `${root}/collections`, rel: 'self', type: 'application/json' })
})

test('each collection has its identifier, links and extent: /conf/core/fc-md-items', () => {
	for (const { id, links, itemType } of collections) assert.ok(id && links.length > 0 && itemType === 'feature')
})

test('each collection leads to its items in every encoding there is: /conf/core/fc-md-items-links', async () => {
	for (const { links } of collections) {
		const items = links.filter(({ rel }) => rel === 'items')
		assert.deepEqual(items.map(({ type }) => type), [GEOJSON])
		assert.equal((await read(items[0]!.href)).type, GEOJSON)
	}
})

test('the extent of each collection has a box, and no time where there is none: /conf/core/fc-md-extent', () => {
	for (const { extent } of collections) {
		assert.equal(extent.spatial.bbox[0]!.length, 4)
		assert.deepEqual(Object.keys(extent), ['spatial'])
	}
})

test('a collection is there: /conf/core/sfc-md-op', async () => {
	for (const { id } of collections) assert.equal((await read(`${root}/collections/${id}`)).status, 200)
	assert.equal((await read(`${root}/collections/nothing`)).status, 404)
})

test('a collection says of itself what the list says: /conf/core/sfc-md-success', async () => {
	for (const collection of collections) assert.deepEqual((await read(`${root}/collections/${collection.id}`)).body, collection)
})

test('features of each collection are there: /conf/core/fc-op', async () => {
	for (const { id } of collections) assert.equal((await itemsOf(id)).status, 200)
})

/** A parameter of the items as the definition has it, without its sentence. */
function parameterOf(name: string) {
	const { description: _, ...parameter } = described.paths['/collections/{collectionId}/items']!.get.parameters.find((candidate) => candidate.name === name)!
	return parameter
}

test('the parameter bbox is defined as the standard wants it: /conf/core/fc-bbox-definition', () => {
	assert.deepEqual(parameterOf('bbox'), { name: 'bbox', in: 'query', required: false, style: 'form', explode: false, schema: { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } } })
})

type Polygons = [number, number][][][]
const polygonsOf = ({ geometry }: Feature) => (geometry!.type === 'Polygon' ? [geometry!.coordinates] : geometry!.coordinates) as Polygons

test('the features that meet the box asked for are given, and no others: /conf/core/fc-bbox-response', async () => {
	for (const { id, extent } of collections) {
		const all = (await itemsOf(id, '?limit=1000')).body.features
		const [west, south, east, north] = extent.spatial.bbox[0]! as [number, number, number, number]
		const [left, bottom, right, top] = boxOf(all[7]!)
		const boxes: [number, number, number, number][] = [[left, bottom, (left + right) / 2, (bottom + top) / 2], [west, south, west + (east - west) / 3, south + (north - south) / 3], [west, south, east, north], [10, 10, 11, 11]]
		for (const [w, s, e, n] of boxes) {
			const meeting = all.filter((feature) => intersection(polygonsOf(feature), [[[w, s], [e, s], [e, n], [w, n], [w, s]]]).length > 0)
			const found = (await itemsOf(id, `?limit=1000&bbox=${[w, s, e, n].join(',')}`)).body
			assert.deepEqual(found.features.map((feature) => feature.id), meeting.map((feature) => feature.id), [w, s, e, n].join())
			assert.equal(found.numberMatched, meeting.length)
			assert.equal((await itemsOf(id, `?limit=1&bbox=${[w, s, 0, e, n, 5000].join(',')}`)).body.numberMatched, meeting.length, 'heights say nothing')
		}
		// Across the antimeridian: everything but what lies west of the region's middle.
		const across = (await itemsOf(id, `?limit=1&bbox=${(west + east) / 2},-90,${west - 1},90`)).body.numberMatched
		assert.equal(across, (await itemsOf(id, `?limit=1&bbox=${(west + east) / 2},-90,180,90`)).body.numberMatched)
		assert.ok(across > 0 && across < all.length)
	}
})

test('the parameter limit is defined as the standard wants it: /conf/core/fc-limit-definition', () => {
	assert.deepEqual(parameterOf('limit'), { name: 'limit', in: 'query', required: false, style: 'form', explode: false, schema: { type: 'integer', minimum: 1, maximum: 1000, default: 100 } })
})

test('no more features are given than asked for, and more than the most is the most: /conf/core/fc-limit-response', async () => {
	for (const [query, expected] of [['?limit=1', 1], ['?limit=13', 13], ['', 100], ['?limit=1000', 250], ['?limit=99999', 250]] as const) {
		const { status, body } = await itemsOf('tract-2020', query)
		assert.deepEqual([status, body.features.length, body.numberReturned], [200, expected, expected], query)
	}
})

test('the parameter datetime is defined as the standard wants it: /conf/core/fc-time-definition', () => {
	assert.deepEqual(parameterOf('datetime'), { name: 'datetime', in: 'query', required: false, style: 'form', explode: false, schema: { type: 'string' } })
})

test('features without time fit every moment and interval: /conf/core/fc-time-response', async () => {
	for (const time of ['2020-06-01T00:00:00Z', '../2020-06-01T00:00:00Z', '2020-06-01T00:00:00Z/..', '/2020-06-01T00:00:00Z', '2020-06-01T00:00:00Z/', '2018-02-12T00:00:00Z/2018-03-18T12:31:12Z', '2020-06-01']) {
		const { status, body } = await itemsOf('tract-2020', `?limit=1&datetime=${encodeURIComponent(time)}`)
		assert.deepEqual([status, body.numberMatched], [200, 250], time)
	}
	for (const time of ['yesterday', '../..', '2020-13-01T00:00:00Z', '2021-01-01T00:00:00Z/2020-01-01T00:00:00Z']) assert.equal((await itemsOf('tract-2020', `?datetime=${encodeURIComponent(time)}`)).status, 400, time)
})

test('features come as a feature collection that is as described: /conf/core/fc-response', async () => {
	const { type, body } = await itemsOf('tract-2020', '?limit=20')
	assert.equal(type, GEOJSON)
	assertDescribed('/collections/{collectionId}/items', GEOJSON, body)
})

test('pages lead to themselves and on until every feature came once: /conf/core/fc-links', async () => {
	const seen: string[] = []
	let address: string | undefined = `${root}/collections/tract-2020/items?limit=90&county=99001`
	const expected = (await itemsOf('tract-2020', '?county=99001&limit=1000')).body.features.map(({ id }) => id)
	address = `${root}/collections/tract-2020/items?limit=${Math.ceil(expected.length / 3)}&county=99001`
	let pages = 0
	while (address) {
		const { body, type }: { body: Features; type: string } = await read<Features>(address)
		assert.equal(linkTo(body.links, 'self')!.href, address)
		assert.equal(linkTo(body.links, 'self')!.type, type)
		seen.push(...body.features.map(({ id }) => id))
		address = linkTo(body.links, 'next')?.href
		pages++
	}
	assert.deepEqual(seen, expected)
	assert.equal(pages, 3)
})

test('the time stamp is the moment of the answer: /conf/core/fc-timeStamp', async () => {
	const before = Date.now()
	const { timeStamp } = (await itemsOf('tract-2020', '?limit=1')).body
	assert.match(timeStamp, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
	assert.ok(Date.parse(timeStamp) >= before - 5000 && Date.parse(timeStamp) <= Date.now() + 5000)
})

test('the number of matches does not depend on the page: /conf/core/fc-numberMatched', async () => {
	for (const query of ['?limit=1', '?limit=1000', '?limit=10&offset=240', '?offset=400']) assert.equal((await itemsOf('tract-2020', query)).body.numberMatched, 250, query)
})

test('the number returned is the number of features of the page: /conf/core/fc-numberReturned', async () => {
	for (const query of ['?limit=1', '?limit=100&offset=200', '?offset=400']) {
		const { body } = await itemsOf('tract-2020', query)
		assert.equal(body.numberReturned, body.features.length, query)
	}
})

test('a parameter with a wrong value is refused with 400: /conf/core/query-param-invalid', async () => {
	for (const query of ['?limit=0', '?limit=-1', '?limit=many', '?bbox=1,2,3', '?bbox=a,b,c,d', '?bbox=1,9,2,8', '?bbox=', '?datetime=now', '?offset=-1', '?county=Dunmore', '?f=html']) {
		const { status, type } = await itemsOf('tract-2020', query)
		assert.deepEqual([status, type], [400, 'application/problem+json'], query)
	}
})

test('a parameter that is not defined is refused with 400, at every address: /conf/core/query-param-unknown', async () => {
	for (const path of ['', '/conformance', '/api', '/collections', '/collections/tract-2020', '/collections/tract-2020/items', '/collections/tract-2020/items/99001010100']) assert.equal((await read(`${root}${path}?colour=red`)).status, 400, path)
})

test('properties filter features by their value', async () => {
	const all = (await itemsOf('tract-2020', '?limit=1000')).body.features
	const dunmore = (await itemsOf('tract-2020', '?limit=1000&county=99007')).body.features
	assert.deepEqual(dunmore.map(({ id }) => id), all.filter(({ properties }) => properties.county === '99007').map(({ id }) => id))
	const one = (await itemsOf('tract-2020', `?geoid=${all[3]!.id}`)).body.features
	assert.deepEqual(one, [all[3]])
	assert.equal((await itemsOf('tract-2020', '?geoid=000')).body.numberMatched, 0)
})

test('a feature of the collection is there, and one that does not exist is not: /conf/core/f-op', async () => {
	const { features } = (await itemsOf('tract-2020', '?limit=3&offset=100')).body
	for (const { id } of features) assert.equal((await read(`${root}/collections/tract-2020/items/${id}`)).status, 200)
	assert.equal((await read(`${root}/collections/tract-2020/items/nothing`)).status, 404)
})

test('a feature says of itself what its collection says: /conf/core/f-success', async () => {
	const [feature] = (await itemsOf('tract-2010', '?limit=1&offset=30')).body.features
	const { type, body } = await read<Feature>(`${root}/collections/tract-2010/items/${feature!.id}`)
	assert.equal(type, GEOJSON)
	assertDescribed('/collections/{collectionId}/items/{featureId}', GEOJSON, body)
	const { links: _, ...same } = body
	assert.deepEqual(same, feature)
})

test('a feature leads to itself and to its collection: /conf/core/f-links', async () => {
	const address = `${root}/collections/tract-2020/items/99001010100`
	const { links } = (await read<Feature>(address)).body
	assert.equal(linkTo(links!, 'self')!.href, address)
	assert.equal(linkTo(links!, 'collection')!.href, `${root}/collections/tract-2020`)
})

test('features and their collections come as application/geo+json: /conf/geojson/definition', async () => {
	for (const path of ['items', 'items/99001010100']) assert.equal((await read(`${root}/collections/tract-2020/${path}`)).type, GEOJSON)
})

test('GeoJSON is by RFC 7946, numbers are those of the interface, and missing is null: /conf/geojson/content', async () => {
	const { features, type } = (await itemsOf('tract-2020', '?limit=1000')).body
	assert.equal(type, 'FeatureCollection')
	for (const { type, geometry, id, properties } of features) {
		assert.deepEqual([type, properties.geoid], ['Feature', id])
		for (const ring of polygonsOf({ type, geometry, id, properties }).flat()) {
			assert.ok(ring.length >= 4)
			assert.deepEqual(ring[0], ring.at(-1))
		}
	}
	for (const indicator of ['median-income', 'svi-2022']) {
		const series = (await read<{ items: { geoid: string; estimate: number | null; margin: number | null }[] }>(`${application.url}/api/v1/series?indicator=${indicator}`)).body
		assert.deepEqual(features.map(({ properties }) => properties[indicator]), series.items.map(({ estimate }) => estimate))
		if (indicator === 'median-income') assert.deepEqual(features.map(({ properties }) => properties['median-income_moe']), series.items.map(({ margin }) => margin))
	}
	assert.ok(features.some(({ properties }) => properties['median-income'] === null))
	assert.ok(!('svi-2022_moe' in features[0]!.properties), 'no column for margins that nobody published')
})

test('every operation of the server is in the definition: /conf/oas30/completeness', async () => {
	const answered = ['/', '/conformance', '/api', '/collections', '/collections/{collectionId}', '/collections/{collectionId}/schema', '/collections/{collectionId}/items', '/collections/{collectionId}/items/{featureId}']
	for (const path of answered) {
		assert.ok(described.paths[path], path)
		const address = root + path.replace('{collectionId}', 'tract-2020').replace('{featureId}', '99001010100')
		const { type, body } = await read(address)
		const promised = Object.keys(described.paths[path]!.get.responses['200']!.content!)
		assert.deepEqual(promised, [type], path)
		if (path !== '/api') assertDescribed(path, type, body)
	}
})

test('the status codes of errors are in the definition: /conf/oas30/exceptions-codes', async () => {
	const faults: [string, string, number][] = [['/collections/{collectionId}/items', '/collections/tract-2020/items?limit=0', 400], ['/collections/{collectionId}', '/collections/nothing', 404], ['/collections/{collectionId}/items/{featureId}', '/collections/tract-2020/items/nothing', 404]]
	for (const [path, address, status] of faults) {
		const { status: given, body } = await read(root + address)
		assert.equal(given, status)
		const { schema } = described.paths[path]!.get.responses[String(status)]!.content!['application/problem+json']!
		assert.deepEqual(faultsOf(described, schema, body), [], address)
	}
})

test('the definition is a JSON document of OpenAPI 3.0, without the words of later versions: /conf/oas30/oas-definition-1', () => {
	const text = JSON.stringify(described)
	assert.doesNotMatch(text, /"(?:\$schema|\$id|\$defs|const|prefixItems|patternProperties|propertyNames|webhooks|jsonSchemaDialect)":/)
	assert.doesNotMatch(text, /"type":(?:\[|"null")/)
	for (const [, reference] of text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)) assert.ok(described.components.schemas[reference!], reference)
})

test('paths, parameters and operations of the definition fit together: /conf/oas30/oas-definition-2', () => {
	const operations = new Set<string>()
	for (const [path, { get }] of Object.entries(described.paths)) {
		const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
		assert.ok(path.startsWith('/'))
		assert.deepEqual(get.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name), inPath, path)
		assert.ok(get.parameters.every(({ required, in: place }) => place === 'query' || required))
		assert.ok(!operations.has(get.operationId), get.operationId)
		operations.add(get.operationId)
		for (const { description } of Object.values(get.responses)) assert.ok(description)
	}
})

test('the server takes what the definition allows: /conf/oas30/oas-impl', async () => {
	for (const { name, schema } of described.paths['/collections/{collectionId}/items']!.get.parameters.filter((parameter) => parameter.in === 'query')) {
		const given: Record<string, string> = { limit: '5', offset: '2', bbox: '-46,30,-44,32', datetime: '2020-01-01T00:00:00Z', geoid: '99001010100', county: '99001', f: 'json' }
		assert.ok(given[name], `${name} has no example here`)
		assert.equal((await itemsOf('tract-2020', `?${name}=${given[name]}`)).status, 200, name)
		assert.ok(schema.type, name)
	}
})

test('nothing here asks for a key, and the definition names none: /conf/oas30/security', () => {
	assert.doesNotMatch(JSON.stringify(described), /"(?:security|securitySchemes)":/)
})

test('a page that somebody has already is not sent again', async () => {
	const address = `${root}/collections/tract-2020/items?limit=50`
	const tag = (await fetch(address)).headers.get('etag')!
	assert.match(tag, /^W\/"/)
	assert.equal((await fetch(address, { headers: { 'if-none-match': tag } })).status, 304)
	assert.notEqual((await fetch(`${address}&offset=50`)).headers.get('etag'), tag)
})

test('the layer and its columns are described for people, in both languages', async () => {
	const [english, spanish] = await Promise.all(['', '/es'].map((language) => read<{ properties: Record<string, { type: string; title: string }> }>(`${application.url}${language}/ogc/collections/tract-2020/schema`)))
	const { features } = (await itemsOf('tract-2020', '?limit=1')).body
	assert.deepEqual(Object.keys(english!.body.properties).filter((name) => name !== 'geometry'), Object.keys(features[0]!.properties))
	assert.equal(english!.body.properties['low-income']!.title, 'People with low income (%), 2020–2024')
	assert.notEqual(spanish!.body.properties['low-income_moe']!.title, english!.body.properties['low-income_moe']!.title)
})
