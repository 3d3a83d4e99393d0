/** Fewest entries of a list, so that nobody is told apart by fetching it. https://www.w3.org/TR/vc-bitstring-status-list/#bitstring-length */
export const LIST_LENGTH = 131_072
/** Most bytes that a list may unfold to: 2²³ entries. */
const LARGEST = 1 << 20

/** Bits as `encodedList` writes them: `u` and base64url of the gzipped bytes; entry 0 is the first byte's highest bit. */
export async function encodeList(bits: Uint8Array): Promise<string> {
	const packed = await through(bits, new CompressionStream('gzip'))
	return `u${btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`
}

/** The bytes of an `encodedList`, or undefined where it cannot be read, is shorter than a list may be or unfolds to more than 1 MiB. */
export async function decodeList(encoded: string): Promise<Uint8Array | undefined> {
	const text = /^u([A-Za-z0-9_-]+)$/.exec(encoded)?.[1]
	if (!text || text.length > LARGEST) return undefined
	try {
		const packed = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
		const bits = await through(packed, new DecompressionStream('gzip'))
		return bits.length * 8 >= LIST_LENGTH ? bits : undefined
	} catch {
		return undefined
	}
}

/** A list of `length` entries in which those of `set` are one. Errors: `RangeError` for an entry outside of it. */
export function listOf(set: Iterable<number>, length = LIST_LENGTH): Uint8Array {
	const bits = new Uint8Array(length / 8)
	for (const entry of set) {
		if (!Number.isInteger(entry) || entry < 0 || entry >= length) throw new RangeError(`${entry} is no entry of a list of ${length}`)
		bits[entry >> 3]! |= 0x80 >> (entry & 7)
	}
	return bits
}

/** Whether an entry is one; undefined where the list is too short for it. */
export function isSet(bits: Uint8Array, entry: number): boolean | undefined {
	const byte = bits[Math.floor(entry / 8)]
	return byte === undefined ? undefined : (byte & (0x80 >> (entry % 8))) !== 0
}

/** All bytes of a stream; more than `LARGEST` is an error, so a small file cannot fill the memory. */
async function through(bytes: Uint8Array, stream: CompressionStream | DecompressionStream): Promise<Uint8Array> {
	const parts: Uint8Array[] = []
	let length = 0
	const readable = new Blob([Uint8Array.from(bytes)]).stream().pipeThrough(stream as unknown as ReadableWritablePair<Uint8Array, Uint8Array>)
	for await (const part of readable as unknown as AsyncIterable<Uint8Array>) {
		length += part.length
		if (length > LARGEST) throw new RangeError('the list unfolds to too much')
		parts.push(part)
	}
	const joined = new Uint8Array(length)
	let at = 0
	for (const part of parts) {
		joined.set(part, at)
		at += part.length
	}
	return joined
}
