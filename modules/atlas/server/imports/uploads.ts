import { createHash } from 'node:crypto'
import { Refusal, type Database, type Reader, type Writer } from '#database'
import type { AtlasTables } from '../tables.ts'

const PIECE_BYTES = 512 * 1024

/** Megabytes that one file may have: `THROUGHLINE_UPLOAD_MEGABYTES`, else 25. */
export function uploadMegabytes(environment: NodeJS.ProcessEnv = process.env): number {
	const { THROUGHLINE_UPLOAD_MEGABYTES: text } = environment
	const stated = Number(text)
	return text && stated >= 1 && stated <= 500 ? Math.floor(stated) : 25
}

/** SHA-256 of a file, piece by piece, so that nothing else waits. Errors: `import_file_empty`, `import_file_too_large`. */
export async function hashUpload(file: Blob, limitMegabytes: number): Promise<string> {
	if (file.size === 0) throw new Refusal('import_file_empty', {})
	if (file.size > limitMegabytes * 1e6) throw new Refusal('import_file_too_large', { megabytes: limitMegabytes })
	const hash = createHash('sha256')
	for (let at = 0; at < file.size; at += PIECE_BYTES) hash.update(await piece(file, at))
	return hash.digest('hex')
}

const piece = async (file: Blob, at: number) => Buffer.from(await file.slice(at, at + PIECE_BYTES).arrayBuffer())

/** Keeps the bytes of a file under their hash; the same file is kept once. */
export async function keepUpload(writer: Writer<AtlasTables>, sha256: string, file: Blob, now: Date): Promise<void> {
	const kept = await writer
		.insertInto('atlas.upload')
		.values({ sha256, bytes: file.size, kept_at: now })
		.onConflict((conflict) => conflict.column('sha256').doNothing())
		.returning('sha256')
		.executeTakeFirst()
	if (!kept) return
	for (let ordinal = 0; ordinal * PIECE_BYTES < file.size; ordinal++) {
		await writer.insertInto('atlas.upload_piece').values({ sha256, ordinal, data: await piece(file, ordinal * PIECE_BYTES) }).execute()
	}
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
