import { createHash } from 'node:crypto'
import { closeSync, createWriteStream, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { Refusal } from '../refusal.ts'
import { json, MAGIC, sectionBytes, sha256, type BackupManifest, type SectionKind } from './container.ts'
import { COPY_SETTINGS, copyOut, listTables } from './tables.ts'

export interface BackupSummary {
	tables: number
	rows: number
	/** Uncompressed. */
	bytes: number
}

/**
 * Writes everything the database held at one moment to `file`, while others go on reading and writing. The file appears
 * under its name only when it is whole and on the disk. Errors: `backup_exists`, `backup_not_written`.
 */
export async function writeBackup(pool: pg.Pool, file: string, now: Date): Promise<BackupSummary> {
	if (existsSync(file)) throw new Refusal('backup_exists', { file })
	const part = `${file}.part`
	const client = await pool.connect()
	const summary: BackupSummary = { tables: 0, rows: 0, bytes: 0 }
	let broken = false
	try {
		await client.query('begin isolation level repeatable read read only')
		await client.query(COPY_SETTINGS)
		// It holds personal data: for its owner only.
		const target = createWriteStream(part, { mode: 0o600, flush: true })
		await pipeline(Readable.from(dump(client, now, summary), { objectMode: true, highWaterMark: 4 }), createGzip({ level: 4 }), target)
		await client.query('commit')
		renameSync(part, file)
		syncFolder(dirname(file))
		return summary
	} catch (cause) {
		broken = true
		rmSync(part, { force: true })
		const { code, syscall } = cause as NodeJS.ErrnoException
		if (syscall && code) throw new Refusal('backup_not_written', { file, reason: code }, { cause })
		throw cause
	} finally {
		// A connection that was left in the middle of a COPY is of no further use.
		client.release(broken)
	}
}

async function* dump(client: pg.PoolClient, now: Date, summary: BackupSummary): AsyncGenerator<Buffer> {
	const whole = createHash('sha256')
	function* section(kind: SectionKind, payload: Buffer): Generator<Buffer> {
		for (const bytes of sectionBytes(kind, payload)) {
			if (kind !== 'M' && kind !== 'S') whole.update(bytes)
			summary.bytes += bytes.length
			yield bytes
		}
	}
	yield MAGIC
	const { rows: migrations } = await client.query<{ name: string }>('select name from core.migration order by name')
	const { rows: version } = await client.query<{ version: number }>(`select current_setting('server_version_num')::int as version`)
	yield* section('H', json({ madeAt: now.toISOString(), migrations: migrations.map(({ name }) => name), serverVersion: version[0]!.version }))
	const manifest: BackupManifest = { tables: [], bytes: 0, sha256: '' }
	for (const table of await listTables(client)) {
		const begin = { schema: table.schema, table: table.table, columns: table.columns }
		yield* section('T', json(begin))
		const hash = createHash('sha256')
		const stream = client.query(copyTo(copyOut(client, table)))
		for await (const chunk of stream as AsyncIterable<Buffer>) {
			hash.update(chunk)
			yield* section('D', chunk)
		}
		const end = { rows: stream.rowCount, sha256: hash.digest('hex') }
		yield* section('E', json(end))
		manifest.tables.push({ ...begin, ...end })
		summary.tables++
		summary.rows += end.rows
	}
	manifest.bytes = summary.bytes
	manifest.sha256 = whole.digest('hex')
	yield* section('M', json(manifest))
	yield* section('S', sha256(json(manifest)))
}

/** The rename itself must survive a power cut. */
function syncFolder(folder: string): void {
	if (process.platform === 'win32') return
	const handle = openSync(folder, 'r')
	try {
		fsyncSync(handle)
	} finally {
		closeSync(handle)
	}
}
