import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { Refusal, type Database, type Reader, type Writer } from '#database'
import type { AtlasTables } from '../tables.ts'

const PIECE_BYTES = 512 * 1024

/** Megabytes that one file may have: `THROUGHLINE_UPLOAD_MEGABYTES`, else 25. */
export function uploadMegabytes(environment: NodeJS.ProcessEnv = process.env): number {
	const { THROUGHLINE_UPLOAD_MEGABYTES: text } = environment
	const stated = Number(text)
	return text && stated >= 1 && stated <= 500 ? Math.floor(stated) : 25
}

/** A file that somebody sends: its name and its bytes in order. */
export interface SentFile {
	name: string
	pieces: readonly Uint8Array[]
	size: number
}

/** SHA-256 of a file. Errors: `import_file_empty`, `import_file_too_large`. */
export async function hashUpload({ pieces, size }: SentFile, limitMegabytes: number): Promise<string> {
	if (size === 0) throw new Refusal('import_file_empty', {})
	if (size > limitMegabytes * 1e6) throw new Refusal('import_file_too_large', { megabytes: limitMegabytes })
	const hash = createHash('sha256')
	for (const piece of evenPieces(pieces)) {
		hash.update(piece)
		// Others get their turn between two pieces.
		await setImmediate()
	}
	return hash.digest('hex')
}

/** The same bytes in pieces of one size. */
function* evenPieces(pieces: readonly Uint8Array[]): Generator<Buffer> {
	let held: Uint8Array[] = []
	let bytes = 0
	for (const piece of pieces) {
		for (let at = 0; at < piece.length; ) {
			const part = piece.subarray(at, at + PIECE_BYTES - bytes)
			held.push(part)
			at += part.length
			bytes += part.length
			if (bytes < PIECE_BYTES) continue
			yield Buffer.concat(held)
			held = []
			bytes = 0
		}
	}
	if (bytes > 0) yield Buffer.concat(held)
}

/** Keeps the bytes of a file under their hash; the same file is kept once. */
export async function keepUpload(writer: Writer<AtlasTables>, sha256: string, file: SentFile, now: Date): Promise<void> {
	const kept = await writer
		.insertInto('atlas.upload')
		.values({ sha256, bytes: file.size, kept_at: now })
		.onConflict((conflict) => conflict.column('sha256').doNothing())
		.returning('sha256')
		.executeTakeFirst()
	if (!kept) return
	let ordinal = 0
	for (const data of evenPieces(file.pieces)) await writer.insertInto('atlas.upload_piece').values({ sha256, ordinal: ordinal++, data }).execute()
}

/** The bytes of an upload, piece by piece; `onBytes` is told how many were read. */
export async function* openUpload(database: Database<AtlasTables> | Reader<AtlasTables>, sha256: string, onBytes: (bytes: number) => void = () => undefined): AsyncGenerator<Uint8Array> {
	let bytes = 0
	for (let ordinal = 0; ; ordinal++) {
		const row = await database.selectFrom('atlas.upload_piece').select('data').where('sha256', '=', sha256).where('ordinal', '=', ordinal).executeTakeFirst()
		if (!row) return
		onBytes((bytes += row.data.length))
		yield row.data
	}
}

/** Deletes the bytes that no import needs any more. */
export async function forgetUpload(writer: Writer<AtlasTables>, sha256: string): Promise<void> {
	const needed = await writer.selectFrom('atlas.import').select('id').where('sha256', '=', sha256).executeTakeFirst()
	if (!needed) await writer.deleteFrom('atlas.upload').where('sha256', '=', sha256).execute()
}
