import { crc32, inflateRawSync } from 'node:zlib'
import { ReadRefusal, shownValue } from '../read-refusal.ts'
import { listZipEntries, type ZipEntry } from './zip-directory.ts'

/** Limits of an archive; each may be raised by the caller who knows the file. */
export interface ZipLimits {
	maxBytes: number
	maxOutputBytes: number
	maxEntries: number
	/** Output per compressed byte of one entry, from `ratioFloorBytes` of output on. */
	maxRatio: number
	ratioFloorBytes: number
}

export const ZIP_LIMITS: ZipLimits = {
	maxBytes: 50_000_000,
	maxOutputBytes: 300_000_000,
	maxEntries: 64,
	maxRatio: 100,
	ratioFloorBytes: 1_000_000,
}

export interface ZipOptions extends Partial<ZipLimits> {
	fileName: string
}

/** An archive whose entries are unpacked one by one on demand; all of them together stay under the output limit. */
export interface ZipArchive {
	names: string[]
	/** The unpacked bytes of an entry, counted while they come out; undefined when there is no such entry. */
	read(name: string): Uint8Array | undefined
}

/**
 * Opens a zip archive held in memory. Declared sizes are never trusted: output is counted while inflating.
 * Throws `zip_too_large`, `zip_not_an_archive`, `zip_truncated`, `zip_damaged`, `zip_too_many_entries`, `zip_unsafe_entry`,
 * `zip_overlap`, `zip_encrypted`, `zip_nested`, `zip_bomb`.
 */
export function openZip(bytes: Uint8Array, options: ZipOptions): ZipArchive {
	const stated = Object.entries(options).filter(([name, limit]) => name in ZIP_LIMITS && limit !== undefined)
	const limits: ZipLimits = { ...ZIP_LIMITS, ...Object.fromEntries(stated) }
	const file = options.fileName
	if (bytes.length > limits.maxBytes) throw new ReadRefusal('zip_too_large', { file, megabytes: Math.floor(limits.maxBytes / 1e6) })
	const entries = new Map(listZipEntries(bytes, file, limits.maxEntries).map((entry) => [entry.name, entry]))
	let left = limits.maxOutputBytes
	return {
		names: [...entries.keys()],
		read(name) {
			const entry = entries.get(name)
			if (!entry) return undefined
			const output = unpack(bytes, entry, file, limits, left)
			left -= output.length
			return output
		},
	}
}

function unpack(bytes: Uint8Array, entry: ZipEntry, file: string, limits: ZipLimits, left: number): Uint8Array {
	const packed = bytes.subarray(entry.start, entry.end)
	const allowed = Math.min(left, Math.max(limits.ratioFloorBytes, packed.length * limits.maxRatio))
	const place = { file, entry: shownValue(entry.name) }
	if (entry.method === 0 && packed.length > left) throw new ReadRefusal('zip_bomb', { ...place, megabytes: Math.floor(left / 1e6) })
	const output = entry.method === 0 ? packed : inflate(packed, allowed, place)
	if (output[0] === 0x50 && output[1] === 0x4b && output[2] === 3 && output[3] === 4) throw new ReadRefusal('zip_nested', place)
	if (output.length !== entry.size || crc32(output) !== entry.crc) throw new ReadRefusal('zip_damaged', place)
	return output
}

function inflate(packed: Uint8Array, allowed: number, place: { file: string; entry: string }): Uint8Array {
	try {
		return inflateRawSync(packed, { maxOutputLength: Math.max(1, allowed) })
	} catch (cause) {
		if ((cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') {
			throw new ReadRefusal('zip_bomb', { ...place, megabytes: Math.floor(allowed / 1e6) }, { cause })
		}
		throw new ReadRefusal('zip_damaged', place, { cause })
	}
}
