import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { OpenDatabase } from '../connect.ts'
import { migrate, migrateTo, migrationNames } from '../migrate.ts'
import { Refusal } from '../refusal.ts'
import type { CoreTables } from '../tables.ts'
import { parse, readSections, type BackupHeader, type BackupManifest, type TableBegin, type TableEnd } from './container.ts'
import { COPY_SETTINGS, copyOut, listTables, quotedName, type BackedUpTable } from './tables.ts'

export interface RestoreSummary {
	madeAt: string
	tables: number
	rows: number
}

/** Reads a backup from end to end without touching a database. Errors: those of `readSections`, `backup_newer`. */
export async function checkBackup(file: string): Promise<{ header: BackupHeader; manifest: BackupManifest }> {
	let header: BackupHeader | undefined
	let manifest: BackupManifest | undefined
	for await (const section of readSections(file)) {
		if (section.kind === 'H') header = parse(section, file) as BackupHeader
		if (section.kind === 'M') manifest = parse(section, file) as BackupManifest
	}
	if (!header || !manifest) throw new Refusal('backup_altered', { file })
	const known = migrationNames()
	const unknown = header.migrations.find((name, index) => known[index] !== name)
	if (unknown) throw new Refusal('backup_newer', { file, name: unknown })
	return { header, manifest }
}

/**
 * Fills an empty database from a backup: the whole file is checked first, then everything happens in one transaction in which
 * each table is read back and compared by rows and SHA-256. Errors: `database_not_empty`, `restore_differs`, those of `checkBackup`.
 */
export async function restoreBackup(open: OpenDatabase<CoreTables>, file: string): Promise<RestoreSummary> {
	const { header, manifest } = await checkBackup(file)
	await requireEmpty(open.pool)
	await migrateTo(open.database, header.migrations.at(-1)!)
	const client = await open.pool.connect()
	let broken = true
	try {
		await client.query('begin')
		await client.query(COPY_SETTINGS)
		await fill(client, file)
		await compare(client, manifest)
		await client.query('commit')
		broken = false
	} finally {
		client.release(broken)
	}
	await migrate(open.database)
	return { madeAt: header.madeAt, tables: manifest.tables.length, rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0) }
}

async function requireEmpty(pool: pg.Pool): Promise<void> {
	const client = await pool.connect()
	try {
		for (const table of await listTables(client)) {
			const { rowCount } = await client.query(`select 1 from ${quotedName(client, table)} limit 1`)
			if (rowCount) throw new Refusal('database_not_empty', { table: `${table.schema}.${table.table}` })
		}
	} finally {
		client.release()
	}
}

async function fill(client: pg.PoolClient, file: string): Promise<void> {
	let stream: (Writable & { rowCount: number }) | undefined
	let ended: Promise<void> | undefined
	for await (const section of readSections(file)) {
		if (section.kind === 'T') {
			const begin = parse(section, file) as TableBegin
			const columns = begin.columns.map((column) => client.escapeIdentifier(column)).join(', ')
			stream = client.query(copyFrom(`copy ${quotedName(client, begin)} (${columns}) from stdin`))
			ended = finished(stream)
			// Awaited later; a failure before that must not go unheard.
			ended.catch(() => undefined)
		} else if (section.kind === 'D') {
			// The section's memory is reused by its reader while PostgreSQL may still be waiting for it.
			if (!stream!.write(Buffer.from(section.payload))) await Promise.race([once(stream!, 'drain'), ended])
		} else if (section.kind === 'E') {
			stream!.end()
			await ended
			if (stream!.rowCount !== (parse(section, file) as TableEnd).rows) throw new Refusal('backup_altered', { file })
		}
	}
}

async function compare(client: pg.PoolClient, manifest: BackupManifest): Promise<void> {
	const tables = await listTables(client)
	for (const expected of manifest.tables) {
		const table = tables.find(({ schema, table }) => schema === expected.schema && table === expected.table)!
		const stream = client.query(copyTo(copyOut(client, { ...table, columns: expected.columns })))
		const hash = createHash('sha256')
		for await (const chunk of stream as AsyncIterable<Buffer>) hash.update(chunk)
		if (stream.rowCount !== expected.rows || hash.digest('hex') !== expected.sha256) {
			throw new Refusal('restore_differs', { table: `${expected.schema}.${expected.table}` })
		}
		await setCounters(client, table)
	}
}

/** Identity columns go on after the highest value that was restored. */
async function setCounters(client: pg.PoolClient, table: BackedUpTable): Promise<void> {
	const name = quotedName(client, table)
	for (const column of table.columns) {
		const quoted = client.escapeIdentifier(column)
		const { rows } = await client.query<{ sequence: string | null }>('select pg_get_serial_sequence($1, $2) as sequence', [name, column])
		if (!rows[0]!.sequence) continue
		await client.query(`select setval($1, coalesce((select max(${quoted}) from ${name}), 0) + 1, false)`, [rows[0]!.sequence])
	}
}
