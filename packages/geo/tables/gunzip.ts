import { createGunzip, type Gunzip } from 'node:zlib'
import { ReadRefusal } from '../read-refusal.ts'

export interface GunzipOptions {
	fileName: string
	/** Output bytes at most (default 2 GB). */
	maxBytes?: number
	/** Output per input byte at most, from 1 MB of output on (default 200). */
	maxRatio?: number
}

/**
 * Unpacks gzip while it streams, counting the bytes that really come out.
 * Throws `gzip_damaged`, `gzip_truncated`, `unpacked_too_large`.
 */
export async function* gunzipStream(stream: AsyncIterable<Uint8Array>, options: GunzipOptions): AsyncGenerator<Uint8Array, void> {
	const { fileName: file, maxBytes = 2_000_000_000, maxRatio = 200 } = options
	const gunzip = createGunzip()
	const counted = { input: 0 }
	const feeding = feed(stream, gunzip, counted)
	let output = 0
	try {
		for await (const piece of gunzip) {
			output += piece.length
			const allowed = Math.min(maxBytes, Math.max(1_000_000, counted.input * maxRatio))
			if (output > allowed) throw new ReadRefusal('unpacked_too_large', { file, megabytes: Math.floor(allowed / 1_000_000) })
			yield piece
		}
		await feeding
	} catch (cause) {
		throw refusalFor(cause, file)
	} finally {
		gunzip.destroy()
	}
}

async function feed(stream: AsyncIterable<Uint8Array>, gunzip: Gunzip, counted: { input: number }): Promise<void> {
	try {
		for await (const piece of stream) {
			counted.input += piece.length
			if (gunzip.destroyed) return
			if (!gunzip.write(piece)) await drained(gunzip)
		}
		gunzip.end()
	} catch (cause) {
		gunzip.destroy(cause as Error)
	}
}

function drained(gunzip: Gunzip): Promise<void> {
	return new Promise((resolve) => {
		const settle = () => {
			gunzip.off('drain', settle).off('close', settle)
			resolve()
		}
		gunzip.once('drain', settle).once('close', settle)
	})
}

function refusalFor(cause: unknown, file: string): unknown {
	const code = (cause as { code?: string }).code
	if (code === 'Z_BUF_ERROR') return new ReadRefusal('gzip_truncated', { file }, { cause })
	if (code?.startsWith('Z_')) return new ReadRefusal('gzip_damaged', { file }, { cause })
	return cause
}
