import { createHash } from 'node:crypto'
import { Refusal, type Reader, type Writer } from '#database'
import { EXTENSIONS, kindOf, type FileKind } from './file-kind.ts'
import type { FileTables } from './file-tables.ts'

/** Megabytes that an attachment may have: ten. */
export const FILE_MEGABYTES = 10

/**
 * Keeps a file, once for every content, and returns its SHA-256 in hexadecimal. Errors: `file_missing`, `attachment_too_large`, `file_kind_unknown`.
 */
export async function keepFile(writer: Writer<FileTables>, account: string, file: { name: string; content: Uint8Array } | undefined, now: Date): Promise<string> {
	if (!file || file.content.length === 0) throw new Refusal('file_missing', {})
	if (file.content.length > FILE_MEGABYTES * 1e6) throw new Refusal('attachment_too_large', { megabytes: FILE_MEGABYTES })
	const name = file.name.replace(/[\\/\p{C}]+/gu, ' ').trim().slice(-120) || 'file'
	const kind = kindOf(file.content, name)
	if (!kind) throw new Refusal('file_kind_unknown', { file: name })
	const sha256 = createHash('sha256').update(file.content).digest()
	await writer.insertInto('files.file').values({ sha256, kind, content: Buffer.from(file.content) }).onConflict((conflict) => conflict.column('sha256').doNothing()).execute()
	await writer.insertInto('files.upload').values({ sha256, account, name, at: now }).onConflict((conflict) => conflict.columns(['sha256', 'account']).doNothing()).execute()
	return sha256.toString('hex')
}

/** A hash as it stands in an address; undefined for anything else. */
const readHash = (hex: string): Buffer | undefined => (/^[0-9a-f]{64}$/.test(hex) ? Buffer.from(hex, 'hex') : undefined)

/**
 * The hash of a file that this account handed in, or that a public record shows already; anybody else's is not theirs to use.
 * Errors: `file_not_found`.
 */
export async function requireFile(reader: Reader<FileTables>, account: string, hex: string): Promise<Buffer> {
	const sha256 = readHash(hex.trim().toLowerCase())
	if (!sha256 || !(await mayRead(reader, sha256, account))) throw new Refusal('file_not_found', {})
	return sha256
}

async function mayRead(reader: Reader<FileTables>, sha256: Buffer, account: string | undefined): Promise<boolean> {
	const used = await reader.selectFrom('files.public_use').select('record').where('sha256', '=', sha256).limit(1).executeTakeFirst()
	if (used) return true
	return account !== undefined && (await reader.selectFrom('files.upload').select('name').where('sha256', '=', sha256).where('account', '=', account).executeTakeFirst()) !== undefined
}

/** Says that a record which everybody may read shows a file; from then on everybody may fetch it. */
export async function useFilePublicly(writer: Writer<FileTables>, sha256: Buffer, record: string, now: Date): Promise<void> {
	await writer.insertInto('files.public_use').values({ sha256, record, at: now }).onConflict((conflict) => conflict.columns(['sha256', 'record']).doNothing()).execute()
}

/** A file for this reader: used by a public record, or handed in by them. */
export async function findFile(reader: Reader<FileTables>, hex: string, account: string | undefined): Promise<{ kind: FileKind; content: Buffer } | undefined> {
	const sha256 = readHash(hex)
	if (!sha256 || !(await mayRead(reader, sha256, account))) return undefined
	return reader.selectFrom('files.file').select(['kind', 'content']).where('sha256', '=', sha256).executeTakeFirst()
}

/** What this account calls a file that it handed in. */
export async function findOwnFile(reader: Reader<FileTables>, account: string, hex: string): Promise<{ sha256: string; name: string } | undefined> {
	const sha256 = readHash(hex)
	const found = sha256 && (await reader.selectFrom('files.upload').select('name').where('sha256', '=', sha256).where('account', '=', account).executeTakeFirst())
	return found && { sha256: hex, name: found.name }
}

/** What the names of files end with, by hash; a hash of no file is left out. */
export async function listExtensions(reader: Reader<FileTables>, hexes: readonly string[]): Promise<Record<string, string>> {
	const hashes = hexes.flatMap((hex) => readHash(hex) ?? [])
	if (hashes.length === 0) return {}
	const files = await reader.selectFrom('files.file').select(['sha256', 'kind']).where('sha256', 'in', hashes).execute()
	return Object.fromEntries(files.map(({ sha256, kind }) => [sha256.toString('hex'), EXTENSIONS[kind]]))
}
