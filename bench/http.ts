import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { makeFolder, startApplication } from '../journeys/application.ts'
import type { Benchmark } from './measure.ts'

const CONNECTIONS = 10
const SECONDS = 6

interface Load {
	p50: number
	p95: number
	p99: number
	perSecond: number
	bytes: number
}

/** Asks one address over ten connections for some seconds, after two that warm up; every answer must be a 200. Times in milliseconds. */
async function load(url: string): Promise<Load> {
	await autocannon({ url, connections: CONNECTIONS, duration: 2 })
	const times: number[] = []
	const { non2xx, errors, requests } = await new Promise<autocannon.Result>((resolve, reject) => {
		const running = autocannon({ url, connections: CONNECTIONS, duration: SECONDS }, (cause: unknown, result) => (cause ? reject(cause as Error) : resolve(result)))
		running.on('response', (_client, _status, _bytes, milliseconds) => void times.push(milliseconds))
	})
	if (non2xx > 0 || errors > 0 || times.length === 0) throw new Error(`${url}: ${non2xx} refused, ${errors} failed`)
	times.sort((a, b) => a - b)
	const at = (percent: number) => times[Math.min(times.length - 1, Math.floor((times.length * percent) / 100))]!
	const { byteLength } = await (await fetch(url)).arrayBuffer()
	return { p50: at(50), p95: at(95), p99: at(99), perSecond: requests.average, bytes: byteLength }
}

/** The same bytes from a server that does nothing else: what Node and this machine can give at most. */
async function loadBare(url: string): Promise<Load> {
	const answer = await fetch(url)
	const type = answer.headers.get('content-type') ?? ''
	const body = Buffer.from(await answer.arrayBuffer())
	const server = createServer((_, response) => void response.writeHead(200, { 'content-type': type, 'content-length': body.length }).end(body)).listen(0, '127.0.0.1')
	await once(server, 'listening')
	try {
		return await load(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
	} finally {
		server.closeAllConnections()
		server.close()
	}
}

/** Starts the sample region in a process of its own, without a limit on requests, for as long as `work` takes. */
async function withSample<T>(work: (url: string) => Promise<T>): Promise<T> {
	const folder = makeFolder()
	process.env.THROUGHLINE_API_LIMIT = '0'
	const application = await startApplication({ directory: join(folder.path, 'data') })
	delete process.env.THROUGHLINE_API_LIMIT
	try {
		return await work(application.url)
	} finally {
		await application.stop()
		folder.remove()
	}
}

function answered(name: string, path: string | ((url: string) => Promise<string>)): Benchmark {
	return {
		name: `${name}, ${CONNECTIONS} connections`,
		peer: 'the same bytes from a bare node:http server',
		run: () =>
			withSample(async (url) => {
				const address = url + (typeof path === 'string' ? path : await path(url))
				const [ours, bare] = [await load(address), await loadBare(address)]
				const said = ({ p50, p95, p99, perSecond }: Load) => `p50 ${p50.toFixed(1)}, p95 ${p95.toFixed(1)}, p99 ${p99.toFixed(1)} ms, ${Math.round(perSecond)} requests/s`
				return { oursMs: ours.p50, peerMs: bare.p50, note: `${said(ours)}, ${Math.round(ours.bytes / 1000)} kB each; peer ${said(bare)}; single run on the sample region, the load from the same machine` }
			}),
	}
}

/** The tile in the middle of the region at zoom 8, which holds most of it. */
async function middleTile(url: string): Promise<string> {
	const { center, tiles } = (await (await fetch(`${url}/tiles/tract-2020.json`)).json()) as { center: [number, number, number]; tiles: string[] }
	const [longitude, latitude] = center
	const [x, y] = [Math.floor(((longitude + 180) / 360) * 2 ** 8), Math.floor(((1 - Math.asinh(Math.tan((latitude * Math.PI) / 180)) / Math.PI) / 2) * 2 ** 8)]
	return new URL(tiles[0]!.replace('{z}', '8').replace('{x}', String(x)).replace('{y}', String(y))).pathname
}

export const benchmarks: Benchmark[] = [
	answered('profile of a place', '/places/tract-2020/99001010100'),
	answered('vector tile, zoom 8', middleTile),
	answered('`/api/v1/series`, 250 places', '/api/v1/series?indicator=low-income'),
	answered('OGC items, a page of 100 places with 50 indicators', '/ogc/collections/tract-2020/items?limit=100'),
]
