import { createHash } from 'node:crypto'
import { Refusal, type RefusalParameters } from '#database'

export interface GetOptions {
	/** Key of the Census Data API, sent with requests for data and never written anywhere. */
	key?: string | undefined
	/** Waits before another try, in milliseconds. */
	wait: (milliseconds: number) => Promise<void>
	signal?: AbortSignal | undefined
}

/** What an address answered, with the SHA-256 that the publisher itself gave in the answer's header, if any. */
export interface Answer {
	bytes: Buffer
	publisherSha256: string | null
}

const TRIES = 5
const LONGEST_WAIT = 60_000
const TIMEOUT = 180_000
const CUT = ['UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'ERR_CONTENT_LENGTH_MISMATCH', 'UND_ERR_BODY_TIMEOUT', 'HPE_INVALID_EOF_STATE', 'Z_BUF_ERROR']

type Outcome = { answer: Answer } | { refusal: Refusal; again: boolean; after?: number }

/**
 * Gets a file or an answer of the Census Bureau. Answers that say "too busy" or that are cut are asked for again, four times at most, each
 * time after a longer pause. Errors: `fetch_busy`, `fetch_offline`, `fetch_answer_cut`, `fetch_key_missing`, `fetch_key_invalid`,
 * `fetch_variable_unknown`, `fetch_not_there`, `fetch_refused`; the reason of `signal` when it is aborted.
 */
export async function getAddress(address: string, kind: 'json' | 'zip', options: GetOptions): Promise<Answer> {
	for (let attempt = 1; ; attempt++) {
		const outcome = await tryOnce(address, kind, options)
		if ('answer' in outcome) return outcome.answer
		if (!outcome.again || attempt === TRIES) throw outcome.refusal
		await options.wait(Math.min(LONGEST_WAIT, outcome.after ?? 1000 * 2 ** (attempt - 1)))
		options.signal?.throwIfAborted()
	}
}

async function tryOnce(address: string, kind: 'json' | 'zip', options: GetOptions): Promise<Outcome> {
	const refused = (code: string, parameters: RefusalParameters = {}) => ({ refusal: new Refusal(code, { address, ...parameters }), again: false })
	const keyed = kind === 'json' && options.key ? `${address}&key=${encodeURIComponent(options.key)}` : address
	try {
		const limit = AbortSignal.timeout(TIMEOUT)
		const response = await fetch(keyed, { signal: options.signal ? AbortSignal.any([options.signal, limit]) : limit, headers: { 'user-agent': 'Throughline' } })
		const bytes = Buffer.from(await response.arrayBuffer())
		if (response.status === 429 || response.status >= 500) {
			const seconds = Number(response.headers.get('retry-after') ?? NaN)
			return { ...refused('fetch_busy', { status: response.status }), again: true, ...(seconds >= 0 && { after: 1000 * seconds }) }
		}
		if (isPage(bytes)) return refused(...meaningOfPage(bytes, response, options.key))
		if (response.status !== 200) return refused(...meaningOfError(bytes, response.status))
		const publisherSha256 = digestOf(response.headers)
		if (!isWhole(bytes, kind) || (publisherSha256 && publisherSha256 !== hashOf(bytes))) return { ...refused('fetch_answer_cut'), again: true }
		return { answer: { bytes, publisherSha256 } }
	} catch (cause) {
		options.signal?.throwIfAborted()
		const code = (cause as { cause?: { code?: string } }).cause?.code ?? (cause as Error).name
		// The error itself is not kept: it may hold the address with the key.
		return { ...(CUT.includes(code) ? refused('fetch_answer_cut') : refused('fetch_offline', { reason: code })), again: true }
	}
}

/** The Census Data API answers a web page, with status 200, when it does not like the key. */
function isPage(bytes: Buffer): boolean {
	return /^\s*<(!doctype|html|div|head|body|title)/i.test(bytes.subarray(0, 200).toString('latin1'))
}

function meaningOfPage(bytes: Buffer, response: Response, key: string | undefined): [string, RefusalParameters] {
	const aboutKey = response.headers.has('x-datawebapi-keyerror') || /\bkey\b/i.test(bytes.toString('latin1').replace(/<[^>]*>/g, ' '))
	if (aboutKey) return [key ? 'fetch_key_invalid' : 'fetch_key_missing', {}]
	return response.status === 404 ? ['fetch_not_there', {}] : ['fetch_refused', { status: response.status, reason: titleOf(bytes) }]
}

function titleOf(bytes: Buffer): string {
	return /<title>([^<]{1,100})/i.exec(bytes.toString('latin1'))?.[1]?.trim() || '–'
}

function meaningOfError(bytes: Buffer, status: number): [string, RefusalParameters] {
	const reason = bytes.toString('utf8').replace(/\s+/g, ' ').trim().slice(0, 160)
	const variable = /unknown variable '([^']+)'/.exec(reason)?.[1]
	if (variable) return ['fetch_variable_unknown', { variable }]
	return status === 404 || status === 204 ? ['fetch_not_there', {}] : ['fetch_refused', { status, reason: reason || '–' }]
}

/** A zip ends with its directory, an answer with a bracket. */
function isWhole(bytes: Buffer, kind: 'json' | 'zip'): boolean {
	if (kind === 'zip') return bytes.length > 4 && bytes.readUInt32BE(0) === 0x504b0304 && bytes.lastIndexOf(Buffer.from('PK\x05\x06')) > 0
	return bytes.subarray(-20).toString('latin1').trimEnd().endsWith(']')
}

/** SHA-256 from `Repr-Digest` or `Content-Digest` (RFC 9530), as hexadecimal digits. */
function digestOf(headers: Headers): string | null {
	const found = /sha-256=:([A-Za-z0-9+/=]+):/.exec(headers.get('repr-digest') ?? headers.get('content-digest') ?? '')
	return found ? Buffer.from(found[1]!, 'base64').toString('hex') : null
}

/** SHA-256 as hexadecimal digits. */
export function hashOf(bytes: Uint8Array | string): string {
	return createHash('sha256').update(bytes).digest('hex')
}
