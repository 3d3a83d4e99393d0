import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { isIP } from 'node:net'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { constants } from 'node:zlib'
import compression from 'compression'
import type { Request, Response } from 'express'
import { Refusal } from '#database'

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

export interface WebServer {
	/** Where people open it, e.g. `http://localhost:3000`. */
	url: string
	/** Loads the built pages and answers the requests that came in meanwhile. */
	serve(): Promise<void>
	/** Stops accepting, lets running requests finish for at most `graceSeconds`, and closes. */
	close(graceSeconds: number): Promise<void>
}

const PROTOCOL_HEADER = 'x-throughline-protocol'
const HOST_HEADER = 'x-throughline-host'

const ONE_CLICK = /^\/mail\/[\w.~-]+\/unsubscribe$/

/**
 * A mailbox unsubscribes for its owner with a POST from nowhere (RFC 8058). For this address alone it counts as our own page's, and no cookie
 * comes with it: what it may do stands in its address, and nothing else.
 */
function letMailboxIn(request: IncomingMessage, host: string): void {
	delete request.headers.cookie
	request.headers.origin = `${request.headers[PROTOCOL_HEADER]}://${host}`
}

/**
 * Takes the port at once, so that a taken one is known before anything else is touched; requests wait until `serve`.
 * `origin` is the public address behind a proxy; without it only names of this machine are answered (no DNS rebinding).
 * Errors: `port_taken`, `port_forbidden`, `host_unknown`.
 */
export async function openWebServer(place: { host: string; port: number; origin?: string }): Promise<WebServer> {
	const ready = Promise.withResolvers<Handler>()
	const publicOrigin = place.origin ? new URL(place.origin) : undefined
	const server = createServer((request, response) => {
		const host = publicOrigin?.host ?? ownHost(request.headers.host, place.host)
		if (!host) return void response.writeHead(421, { 'content-type': 'text/plain; charset=utf-8' }).end('This name is not served here. Set ORIGIN to the public address.\n')
		request.headers[HOST_HEADER] = host
		request.headers[PROTOCOL_HEADER] = publicOrigin ? publicOrigin.protocol.slice(0, -1) : 'http'
		if (request.method === 'POST' && ONE_CLICK.test(request.url ?? '')) letMailboxIn(request, host)
		const notFound = () => void response.writeHead(404).end()
		void ready.promise.then((handler) => handler(request, response, notFound), () => response.destroy())
	})
	await listen(server, place)
	const { port } = server.address() as { port: number }
	const shown = ['127.0.0.1', '::1', '0.0.0.0', '::', 'localhost'].includes(place.host) ? 'localhost' : place.host
	const serve = async () => ready.resolve(await loadHandler())
	const close = (graceSeconds: number) => {
		ready.promise.catch(() => undefined)
		ready.reject(new Error('closed'))
		return closeServer(server, graceSeconds)
	}
	return { url: publicOrigin?.origin ?? `http://${shown}:${port}`, serve, close }
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', (cause: NodeJS.ErrnoException) => {
			if (cause.code === 'EADDRINUSE') reject(new Refusal('port_taken', { port: String(port) }))
			else if (cause.code === 'EACCES') reject(new Refusal('port_forbidden', { port: String(port) }))
			else reject(new Refusal('host_unknown', { host, reason: cause.code ?? cause.message }))
		})
		server.listen({ host, port }, resolve)
	})
}

/** The request's Host when it names this machine, else undefined. */
function ownHost(header: string | undefined, bound: string): string | undefined {
	const name = header && URL.parse(`http://${header}`)?.hostname
	if (!name) return undefined
	const bare = name.replace(/^\[|\]$/g, '')
	const known = ['localhost', hostname().toLowerCase(), bound.toLowerCase()].includes(bare) || bare.endsWith('.localhost')
	return known || isIP(bare) ? header : undefined
}

async function loadHandler(): Promise<Handler> {
	process.env.PROTOCOL_HEADER = PROTOCOL_HEADER
	process.env.HOST_HEADER = HOST_HEADER
	// The pages hold every form to its own size and say so in a sentence; the adapter would only break off.
	process.env.BODY_SIZE_LIMIT = 'Infinity'
	const file = pathToFileURL(join(import.meta.dirname, '..', 'build', 'handler.js')).href
	const { handler } = (await import(file)) as { handler: Handler }
	// Quality 6 makes pages a tenth smaller than the library's 4, and takes no longer.
	const squeeze = compression({ threshold: 1024, filter: isWorthSqueezing, brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } } })
	return (request, response, next) => squeeze(request as never, response as never, () => handler(request, response, next))
}

/** Vector tiles are plain protocol buffers and shrink by half; what the library knows of other types holds. */
function isWorthSqueezing(request: Request, response: Response): boolean {
	return response.getHeader('content-type') === 'application/vnd.mapbox-vector-tile' || compression.filter(request, response)
}

async function closeServer(server: Server, graceSeconds: number): Promise<void> {
	const closed = new Promise((resolve) => server.close(resolve))
	server.closeIdleConnections()
	// Kept-alive connections become idle one by one as their requests end.
	const sweep = setInterval(() => server.closeIdleConnections(), 50)
	const cut = setTimeout(() => server.closeAllConnections(), graceSeconds * 1000)
	await closed
	clearInterval(sweep)
	clearTimeout(cut)
	process.emit('sveltekit:shutdown' as 'exit', 0)
}
