import { createHash } from 'node:crypto'
import { csvText } from '#atlas'
import { Refusal } from '#database'
import { Raw, type ApiEvent, type Endpoint } from './endpoint.ts'
import { languageOf } from './language.ts'
import { ownTurn } from './own-turn.ts'
import { problemResponse, reasonOf } from './problem.ts'
import { limitFromEnvironment, rateHeaders, RateLimit } from './rate-limit.ts'
import { readParameters } from './read-parameters.ts'

const LIMIT = limitFromEnvironment()
const limit = new RateLimit(LIMIT)

/** Public data: any page may read it, without cookies. */
const OPEN: Record<string, string> = {
	'access-control-allow-origin': '*',
	'access-control-expose-headers': 'etag, link, ratelimit, ratelimit-policy, retry-after, content-disposition',
}

type Handler = (event: ApiEvent) => Promise<Response>

/** The handlers of an endpoint's route: GET (and with it HEAD), and every other method, of which only OPTIONS is answered. */
export function serve(endpoint: Endpoint): { GET: Handler; fallback: Handler } {
	return { GET: (event) => guard(event, endpoint.unlimited ?? false, (headers) => answer(endpoint, event, headers)), fallback: answerOtherMethod }
}

async function guard(event: ApiEvent, unlimited: boolean, work: (headers: Record<string, string>) => Promise<Response>): Promise<Response> {
	const headers = { ...OPEN }
	const language = languageOf(event.url, event.request.headers)
	try {
		if (LIMIT > 0 && !unlimited) {
			const allowance = limit.take(event.getClientAddress(), Date.now())
			Object.assign(headers, rateHeaders(allowance))
			if (!allowance.allowed) {
				headers['retry-after'] = String(allowance.resetSeconds)
				throw new Refusal('api_too_many_requests', { limit: allowance.limit, seconds: allowance.resetSeconds })
			}
		}
		return await work(headers)
	} catch (cause) {
		return problemResponse(reasonOf(cause, `${event.request.method} ${event.url.pathname}`), event.url, language, headers)
	}
}

async function answer(endpoint: Endpoint, event: ApiEvent, headers: Record<string, string>): Promise<Response> {
	const { url, request, locals } = event
	const query = readParameters(endpoint.query, url.searchParams, languageOf(url, request.headers))
	const path = event.params as Record<string, string>
	headers.vary = 'accept'
	const said = await endpoint.respond({ path, query, locals, url, request })
	if (said instanceof Response) return said
	headers['cache-control'] = `public, max-age=${endpoint.seconds}`
	if (said instanceof Raw) return conditional(request, said.body, { ...headers, ...said.headers }, said.status)
	await ownTurn()
	const csv = endpoint.table && wantsCsv(query, request.headers)
	const links = linkHeader(said as { next?: string | null; previous?: string | null })
	if (links) headers.link = links
	const body = csv ? csvText(endpoint.table!(said)) : JSON.stringify(said)
	headers['content-type'] = csv ? 'text/csv; charset=utf-8' : (endpoint.type ?? 'application/json')
	if (csv) headers['content-disposition'] = `attachment; filename="${endpoint.address.split('/').at(-1)}.csv"`
	headers.etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
	return conditional(request, body, headers)
}

/** 304 when the asker already has what the tag names (RFC 9110: `*`, or a list, compared weakly). */
function conditional(request: Request, body: BodyInit | null, headers: Record<string, string>, status = 200): Response {
	const bare = (tag: string) => tag.trim().replace(/^W\//, '')
	const known = request.headers.get('if-none-match')
	const same = headers.etag !== undefined && known !== null && (known.trim() === '*' || known.split(',').map(bare).includes(bare(headers.etag)))
	if (!same) return new Response(body, { status, headers })
	if (body instanceof ReadableStream) void body.cancel()
	const { 'content-type': _, 'content-disposition': __, ...kept } = headers
	return new Response(null, { status: 304, headers: kept })
}

/** CSV when `format` says so, or when `Accept` names it before JSON or any other kind. */
function wantsCsv(query: Record<string, unknown>, headers: Headers): boolean {
	if (query.format) return query.format === 'csv'
	const weights = (headers.get('accept') ?? '').split(',').map((part) => {
		const [type, ...parameters] = part.trim().split(';')
		const weight = parameters.map((parameter) => /^\s*q=([\d.]+)/.exec(parameter)?.[1]).find(Boolean)
		return { type: type!.trim(), weight: weight === undefined ? 1 : Number(weight) }
	})
	const of = (type: string) => weights.find((part) => part.type === type)?.weight ?? 0
	return of('text/csv') > Math.max(of('application/json'), of('*/*') < 1 ? of('*/*') : 0)
}

function linkHeader({ next, previous }: { next?: string | null; previous?: string | null }): string {
	return [next && `<${next}>; rel="next"`, previous && `<${previous}>; rel="prev"`].filter(Boolean).join(', ')
}

const METHODS = 'GET, HEAD, OPTIONS'

async function answerOtherMethod(event: ApiEvent): Promise<Response> {
	const { method, headers } = event.request
	if (method === 'OPTIONS') {
		return new Response(null, {
			status: 204,
			headers: { ...OPEN, allow: METHODS, 'access-control-allow-methods': METHODS, 'access-control-allow-headers': 'accept, accept-language, if-none-match', 'access-control-max-age': '86400' },
		})
	}
	return problemResponse(new Refusal('api_method_not_allowed', { method }), event.url, languageOf(event.url, headers), { ...OPEN, allow: METHODS })
}

/** The handlers of addresses below a root at which nothing stands: a problem with a sentence instead of a page. */
export function serveNothing(start: string): { GET: Handler; fallback: Handler } {
	const refuse = async () => {
		throw new Refusal('api_address_unknown', { start })
	}
	return { GET: (event) => guard(event, false, refuse), fallback: answerOtherMethod }
}
