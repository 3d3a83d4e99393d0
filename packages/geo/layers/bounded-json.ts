import { ReadRefusal } from '../read-refusal.ts'

export interface JsonBounds {
	fileName: string
	maxBytes: number
	maxDepth: number
}

/** JSON from bytes within bounds of size and nesting. Throws `json_too_large`, `json_too_deep`, `json_truncated`, `json_damaged`. */
export function parseBoundedJson(bytes: Uint8Array, bounds: JsonBounds): unknown {
	const file = bounds.fileName
	if (bytes.length > bounds.maxBytes) {
		throw new ReadRefusal('json_too_large', { file, megabytes: Math.floor(bounds.maxBytes / 1_000_000) })
	}
	const { deepest, open } = nesting(bytes)
	if (deepest > bounds.maxDepth) throw new ReadRefusal('json_too_deep', { file, limit: bounds.maxDepth })
	if (open > 0) throw new ReadRefusal('json_truncated', { file })
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
	} catch (cause) {
		throw new ReadRefusal('json_damaged', { file, reason: (cause as Error).message.slice(0, 120) }, { cause })
	}
}

/** How deep brackets and braces go, and how many are still open at the end (strings are passed over). */
function nesting(bytes: Uint8Array): { deepest: number; open: number } {
	let open = 0
	let deepest = 0
	for (let i = 0; i < bytes.length; i++) {
		const byte = bytes[i]
		if (byte === 0x22) i = endOfString(bytes, i)
		else if (byte === 0x5b || byte === 0x7b) deepest = Math.max(deepest, ++open)
		else if (byte === 0x5d || byte === 0x7d) open--
	}
	return { deepest, open }
}

function endOfString(bytes: Uint8Array, from: number): number {
	let i = from + 1
	while (i < bytes.length && bytes[i] !== 0x22) i += bytes[i] === 0x5c ? 2 : 1
	return i
}
