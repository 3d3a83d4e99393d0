import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { makeShapefile } from '@throughline/geo/testing'
import { getMeasures } from '../server/load/measures.ts'

const ROOT = join(import.meta.dirname, '../../..')
const DATA = join(process.env.THROUGHLINE_SHARED ?? join(ROOT, '../shared'), 'data')

/** Why tests that replay the published Delaware files are skipped, or false. */
export const delawareMissing: false | string = existsSync(DATA) || process.env.CI ? false : `shared data is not at ${DATA}: set THROUGHLINE_SHARED to test with it`
if (delawareMissing) console.error(delawareMissing)

/** A table of the shared data: column → texts, by the key column. */
export function readDelaware(name: string, keyColumn: string): { keys: string[]; cell: (key: string, column: string) => string; columns: string[] } {
	const [header, ...rows] = gunzipSync(readFileSync(join(DATA, 'svi', name))).toString('utf8').trim().split('\n').map(splitLine)
	const at = header!.indexOf(keyColumn)
	const rowOf = new Map(rows.map((row) => [row[at]!.replace(/\.0$/, ''), row]))
	return { keys: [...rowOf.keys()], columns: header!, cell: (key, column) => (rowOf.get(key)![header!.indexOf(column)] ?? '').replace(/^(-?\d+)\.0$/, '$1') }
}

function splitLine(line: string): string[] {
	return [...line.trim().matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}

/** Profile table DP05 of 2020 and detailed table B03002 hold the same counts; the published file has the former. */
const SAME_COUNTS: Record<string, string> = {
	B03002_012: 'DP05_0071', B03002_004: 'DP05_0078', B03002_005: 'DP05_0079', B03002_006: 'DP05_0080', B03002_007: 'DP05_0081', B03002_008: 'DP05_0082', B03002_009: 'DP05_0083',
}

/** A cell that no publisher printed, made to carry a code: GEOID → variable → text. */
export type ConstructedCells = Record<string, Record<string, string | null>>

/** What goes wrong with the n-th request (from 0): nothing, or one of these. */
export type Fault = 'busy' | 'cut' | 'cut-quietly' | 'slow' | undefined

export interface CensusServer {
	api: string
	files: string
	/** Paths and queries of every request so far, without their keys. */
	requests: string[]
	close(): Promise<void>
}

export interface CensusServerOptions {
	key?: string
	cells?: ConstructedCells
	faultOf?: (request: number) => Fault
}

/**
 * Speaks the protocol of the Census Data API and of the folder of boundary files, for Delaware and the survey of 2020, replaying the
 * published table of raw variables. What the published table does not hold is null. Boundaries are constructed: squares with real GEOIDs.
 */
export async function startCensusServer(options: CensusServerOptions = {}): Promise<CensusServer> {
	const raw = readDelaware('ACS2020_DELAWARE_tract_raw.csv.gz', 'GEOID')
	const zips = boundaryZips(raw.keys)
	const requests: string[] = []
	const server = createServer((request, response) => {
		const url = new URL(request.url!, 'http://localhost')
		const key = url.searchParams.get('key')
		url.searchParams.delete('key')
		const fault = options.faultOf?.(requests.length)
		requests.push(decodeURIComponent(url.pathname + url.search))
		if (fault === 'busy') return void response.writeHead(503, { 'retry-after': '0' }).end('<html><title>Service Unavailable</title></html>')
		const answer = url.pathname.startsWith('/data/') ? answerData(url, key, raw, options) : answerFile(url, zips)
		send(request, response, answer, fault)
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	const { port } = server.address() as AddressInfo
	return {
		api: `http://127.0.0.1:${port}/data`, files: `http://127.0.0.1:${port}/geo/tiger`, requests,
		close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => resolve()) }),
	}
}

interface Sent {
	status: number
	type: string
	body: Buffer
}

function send(_: IncomingMessage, response: ServerResponse, { status, type, body }: Sent, fault: Fault): void {
	if (fault === 'slow') return
	response.writeHead(status, { 'content-type': type, ...(fault === 'cut-quietly' ? { connection: 'close' } : { 'content-length': body.length }) })
	if (fault === undefined) return void response.end(body)
	if (fault === 'cut-quietly') return void response.end(body.subarray(0, body.length >> 1))
	response.write(body.subarray(0, body.length >> 1), () => response.destroy())
}

const text = (status: number, body: string, type = 'text/plain'): Sent => ({ status, type, body: Buffer.from(body) })
const page = (title: string, words: string) => text(200, `<html><head><title>${title}</title></head><body><p>${words}</p></body></html>`, 'text/html')

function answerData(url: URL, key: string | null, raw: ReturnType<typeof readDelaware>, options: CensusServerOptions): Sent {
	if (options.key !== undefined && key === null) return page('Missing Key', 'A valid <em>key</em> must be included with each data API request.')
	if (options.key !== undefined && key !== options.key) return page('Invalid Key', 'You included a <em>key</em> with this request, however, it is not valid.')
	const dataset = /^\/data\/2020\/acs\/acs5(|\/subject|\/profile)$/.exec(url.pathname)?.[1]
	if (dataset === undefined) return text(404, '<html><head><title>Not Found</title></head></html>', 'text/html')
	const [variables, place, within] = [url.searchParams.get('get')!.split(','), url.searchParams.get('for'), url.searchParams.get('in')]
	if (variables.length > 50) return text(400, 'error: maximum of 50 variables')
	if (place !== 'tract:*' || within !== 'state:10') return text(400, "error: unknown/unsupported geography hierarchy")
	const known = new Set(['NAME', ...getMeasures('acs-5-year').stems.filter((stem) => pathOf(stem) === dataset).flatMap((stem) => ['E', 'EA', 'M', 'MA'].map((part) => stem + part))])
	const unknown = variables.find((variable) => !known.has(variable))
	if (unknown) return text(400, `error: unknown variable '${unknown}'`)
	const constructed = (geoid: string, variable: string) => options.cells?.[geoid]?.[variable]
	const rows = raw.keys.map((geoid) => [...variables.map((variable) => (constructed(geoid, variable) === undefined ? cellOf(raw, geoid, variable) : constructed(geoid, variable))), geoid.slice(0, 2), geoid.slice(2, 5), geoid.slice(5)])
	return text(200, JSON.stringify([[...variables, 'state', 'county', 'tract'], ...rows]).replaceAll('],[', '],\n['), 'application/json')
}

const pathOf = (stem: string) => (stem.startsWith('DP') ? '/profile' : stem.startsWith('S') ? '/subject' : '')

/** A published number, or the Bureau's code and annotation where the published table is blank. */
function cellOf(raw: ReturnType<typeof readDelaware>, geoid: string, variable: string): string | null {
	if (variable === 'NAME') return raw.cell(geoid, 'NAME')
	const [, stem, part] = /^(.*?)(EA|MA|E|M)$/.exec(variable)!
	const column = `${SAME_COUNTS[stem!] ?? stem}${part!.charAt(0)}`
	if (!raw.columns.includes(column)) return null
	const published = raw.cell(geoid, column)
	if (published !== '') return part!.length === 2 ? null : published
	const withoutEstimate = raw.cell(geoid, column.slice(0, -1) + 'E') === ''
	if (part === 'E' || part === 'EA') return part === 'E' ? '-666666666' : '-'
	if (withoutEstimate) return part === 'M' ? '-222222222' : '**'
	return part === 'M' ? '-555555555' : '*****'
}

function answerFile(url: URL, zips: Map<string, Buffer>): Sent {
	const body = zips.get(url.pathname.replace('/geo/tiger/GENZ2020/shp/', ''))
	return body ? { status: 200, type: 'application/zip', body } : text(404, '<html><head><title>404 Not Found</title></head></html>', 'text/html')
}

const COUNTIES: Record<string, string> = { '10001': 'Kent County', '10003': 'New Castle County', '10005': 'Sussex County' }

/** Constructed boundaries: each tract a square in a block of its county; the counties' file also has a county of another state. */
function boundaryZips(geoids: string[]): Map<string, Buffer> {
	const field = (name: string, length: number) => ({ name, type: 'C', length })
	const corner = (i: number): [number, number] => [-75.8 + 0.04 * (i % 17), 38.5 + 0.04 * Math.floor(i / 17)]
	const square = ([x, y]: [number, number], width: number, height: number) => [[[x, y], [x, y + height], [x + width, y + height], [x + width, y], [x, y]]]
	const tracts = makeShapefile({
		name: 'cb_2020_10_tract_500k',
		shapes: geoids.map((_, i) => square(corner(i), 0.04, 0.04)),
		fields: [field('GEOID', 11), field('NAMELSAD', 24), field('NAMELSADCO', 24), field('STATE_NAME', 24)],
		records: geoids.map((geoid) => [geoid, `Census Tract ${Number(geoid.slice(5)) / 100}`, COUNTIES[geoid.slice(0, 5)]!, 'Delaware']),
	})
	const counties = [...Object.entries(COUNTIES), ['24029', 'Kent County']] as [string, string][]
	const county = makeShapefile({
		name: 'cb_2020_us_county_500k',
		shapes: counties.map((_, i) => square([-75.8, 38.5 + 0.2 * i], 0.68, 0.2)),
		fields: [field('GEOID', 5), field('NAMELSAD', 24), field('STATE_NAME', 24)],
		records: counties.map(([geoid, name]) => [geoid, name, geoid.startsWith('10') ? 'Delaware' : 'Maryland']),
	})
	return new Map([['cb_2020_10_tract_500k.zip', Buffer.from(tracts)], ['cb_2020_us_county_500k.zip', Buffer.from(county)]])
}
