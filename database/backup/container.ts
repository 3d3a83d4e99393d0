import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { Refusal } from '../refusal.ts'

/**
 * The file: gzip of `THROUGHLINE-BACKUP 1\n` and sections. A section is one letter, its length (32 bits, big-endian) and that
 * many bytes. H: header JSON; T: a table begins, JSON; D: a piece of its COPY text; E: it ends, JSON with rows and SHA-256;
 * M: manifest JSON, which carries the SHA-256 of every byte before it; S: SHA-256 of the manifest. Nothing may follow S.
 */
export const MAGIC = Buffer.from('THROUGHLINE-BACKUP 1\n')

export type SectionKind = 'H' | 'T' | 'D' | 'E' | 'M' | 'S'

export interface BackupHeader {
	madeAt: string
	/** Names of the migrations that made the tables, in order. */
	migrations: string[]
	serverVersion: number
}

export interface TableBegin {
	schema: string
	table: string
	columns: string[]
}

export interface TableEnd {
	rows: number
	/** Of the COPY text in key order, hexadecimal. */
	sha256: string
}

export interface BackupManifest {
	tables: (TableBegin & TableEnd)[]
	/** Bytes before the manifest section, uncompressed. */
	bytes: number
	sha256: string
}

const LARGEST_SECTION = 1 << 28

/** The bytes of one section; its payload is not copied. */
export function* sectionBytes(kind: SectionKind, payload: Buffer): Generator<Buffer> {
	const head = Buffer.alloc(5)
	head.write(kind, 0, 'latin1')
	head.writeUInt32BE(payload.length, 1)
	yield head
	yield payload
}

export function json(value: unknown): Buffer {
	return Buffer.from(JSON.stringify(value))
}

export interface Section {
	kind: SectionKind
	payload: Buffer
}

/** Reads a backup section by section and checks its hashes on the way. Errors: `backup_foreign`, `backup_truncated`, `backup_altered`. */
export async function* readSections(file: string): AsyncGenerator<Section> {
	const whole = createHash('sha256')
	let manifest: Buffer | undefined
	let complete = false
	for await (const section of splitSections(file)) {
		if (complete) throw new Refusal('backup_altered', { file })
		if (section.kind === 'M') {
			manifest = section.payload
			if ((parse(section, file) as BackupManifest).sha256 !== whole.digest('hex')) throw new Refusal('backup_altered', { file })
		} else if (section.kind === 'S') {
			if (!manifest || !sha256(manifest).equals(section.payload)) throw new Refusal('backup_altered', { file })
			complete = true
		} else if (manifest) throw new Refusal('backup_altered', { file })
		else addTo(whole, section)
		yield section
	}
	if (!complete) throw new Refusal('backup_truncated', { file })
}

/** The JSON of a section. Errors: `backup_altered`. */
export function parse(section: Section, file: string): unknown {
	try {
		return JSON.parse(section.payload.toString('utf8'))
	} catch {
		throw new Refusal('backup_altered', { file })
	}
}

export function sha256(bytes: Buffer): Buffer {
	return createHash('sha256').update(bytes).digest()
}

function addTo(hash: Hash, { kind, payload }: Section): void {
	for (const bytes of sectionBytes(kind, payload)) hash.update(bytes)
}

async function* splitSections(file: string): AsyncGenerator<Section> {
	const input = createReadStream(file)
	const gunzip = createGunzip()
	input.on('error', (cause) => gunzip.destroy(cause))
	let held: Buffer = Buffer.alloc(0)
	let started = false
	try {
		for await (const chunk of input.pipe(gunzip) as AsyncIterable<Buffer>) {
			held = held.length ? Buffer.concat([held, chunk]) : chunk
			if (!started && held.length >= MAGIC.length) {
				if (!held.subarray(0, MAGIC.length).equals(MAGIC)) throw new Refusal('backup_foreign', { file })
				held = held.subarray(MAGIC.length)
				started = true
			}
			while (started && held.length >= 5) {
				const length = held.readUInt32BE(1)
				const kind = held.toString('latin1', 0, 1)
				if (length > LARGEST_SECTION || !'HTDEMS'.includes(kind)) throw new Refusal('backup_altered', { file })
				if (held.length < 5 + length) break
				yield { kind: kind as SectionKind, payload: held.subarray(5, 5 + length) }
				held = held.subarray(5 + length)
			}
		}
	} catch (cause) {
		throw refusalOf(cause, file)
	} finally {
		input.destroy()
	}
	if (!started) throw new Refusal('backup_foreign', { file })
	if (held.length > 0) throw new Refusal('backup_truncated', { file })
}

function refusalOf(cause: unknown, file: string): unknown {
	const code = (cause as NodeJS.ErrnoException).code ?? ''
	if (code === 'Z_BUF_ERROR') return new Refusal('backup_truncated', { file }, { cause })
	// A first byte that is not gzip's is somebody else's file; later, a flipped byte.
	if (code.startsWith('Z_')) return new Refusal((cause as Error).message === 'incorrect header check' ? 'backup_foreign' : 'backup_altered', { file }, { cause })
	if (/^E[A-Z]+$/.test(code)) return new Refusal('backup_unreadable', { file, reason: code }, { cause })
	return cause
}
