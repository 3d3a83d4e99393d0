import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { openDatabaseForServer, type OpenDatabase } from '../connect.ts'
import { appendToLedger } from '../ledger/ledger.ts'
import { verifyLedger } from '../ledger/verify-ledger.ts'
import { linkRecords } from '../links.ts'
import { migrate, migrateTo, migrationNames } from '../migrate.ts'
import type { CoreTables } from '../tables.ts'
import { createEmptyDatabase, createTestDatabase } from '../testing/index.ts'
import { checkBackup, restoreBackup } from './restore-backup.ts'
import { listTables } from './tables.ts'
import { writeBackup } from './write-backup.ts'

const folder = mkdtempSync(join(tmpdir(), 'throughline-backup-'))
const file = join(folder, 'atlas.throughline')
let open: OpenDatabase<CoreTables>

before(async () => {
	open = await createTestDatabase<CoreTables>()
	await writeRows(open, 300)
	await writeBackup(open.pool, file, new Date('2026-02-03T04:05:06Z'))
})
after(async () => {
	await open.close()
	rmSync(folder, { recursive: true })
})

async function writeRows({ database }: OpenDatabase<CoreTables>, count: number): Promise<void> {
	await database.transaction().execute(async (writer) => {
		await sql`insert into atlas.region (key, name, fictional, manifest, manifest_hash, loaded_at)
			values ('r', '{"en":"Región \\u2603"}', true, '{}', '\\x00ff', '2026-01-01T00:00:00.123456Z')`.execute(writer)
		await sql`insert into atlas.source (key, ordinal, kind, publisher, title, vintage, licence, sha256, bytes, rows, report, loaded_at)
			values ('s', 1, 'table', 'P', '{}', '2026', 'CC0', 'ab', 1, 1, '{}', now())`.execute(writer)
		await sql`insert into atlas.geography (key, kind, vintage, name, source, place_count, bounds, main, min_zoom, max_zoom)
			values ('g', 'tract', 2026, '{}', 's', 2, '{0.1,-1e-300,3,4}', true, 4, 10)`.execute(writer)
		await sql`insert into atlas.tile (geography, z, x, y, data) select 'g', 4, n, 0, decode(repeat(md5(n::text), 4000), 'hex') from generate_series(1, 50) n`.execute(writer)
		for (const name of ['Zoë\t', 'a\\b\nc', 'ß', 'A', '_']) {
			const ordinal = name.codePointAt(0)!
			await sql`insert into atlas.place (geography, ordinal, geoid, name, county_geoid, county_name, in_region, area_m2, centroid)
				values ('g', ${ordinal}, ${name}, ${name}, '', '', true, 'NaN', '{0.30000000000000004,2}')`.execute(writer)
		}
		for (let n = 0; n < count; n++) {
			await appendToLedger(writer, { at: new Date(2026, 0, 1, 0, 0, 0, n), actor: 'system', kind: 'k', subject: `s/${n}`, payload: { n, text: 'línea\n\\.' } })
			await linkRecords(writer, { from: `a/${n}`, relation: 'cites', to: `b/${n}`, at: new Date(), by: 'system' })
		}
	})
}

async function intoEmpty(work: (target: OpenDatabase<CoreTables>) => Promise<void>): Promise<void> {
	const target = await createEmptyDatabase<CoreTables>()
	try {
		await work(target)
	} finally {
		await target.close()
	}
}

test('every table that migrations make can be backed up: it has a key, and is empty at first', async () => {
	await intoEmpty(async (fresh) => {
		await migrate(fresh.database)
		const client = await fresh.pool.connect()
		try {
			const tables = await listTables(client)
			assert.ok(tables.length >= 14)
			for (const { schema, table } of tables) {
				assert.equal((await client.query(`select 1 from ${schema}."${table}"`)).rowCount, 0, `${schema}.${table}`)
			}
		} finally {
			client.release()
		}
	})
})

test('a restored database gives the same tables again, byte for byte, and goes on counting', async () => {
	await intoEmpty(async (target) => {
		const summary = await restoreBackup(target, file)
		assert.equal(summary.madeAt, '2026-02-03T04:05:06.000Z')
		assert.ok(summary.rows > 900)
		assert.equal((await verifyLedger(target.database)).verdict, 'whole')
		const again = join(folder, 'again.throughline')
		await writeBackup(target.pool, again, new Date('2026-02-03T04:05:06Z'))
		assert.deepEqual((await checkBackup(again)).manifest.tables, (await checkBackup(file)).manifest.tables)
		await linkRecords(target.database as never, { from: 'new', relation: 'cites', to: 'b/1', at: new Date(), by: 'system' })
		const { rows } = await sql<{ id: number }>`select max(id) as id from core.link`.execute(target.database)
		assert.equal(rows[0]!.id, 301)
	})
})

test('a backup of the embedded server is restored to another PostgreSQL', { skip: !process.env.DATABASE_URL && 'DATABASE_URL names no other PostgreSQL' }, async () => {
	const directory = join(folder, 'embedded')
	chmodSync(folder, 0o755)
	const embedded = await openDatabaseForServer<CoreTables>({ dataDirectory: directory })
	const moved = join(folder, 'moved.throughline')
	try {
		await migrate(embedded.database)
		await writeRows(embedded, 20)
		await writeBackup(embedded.pool, moved, new Date())
	} finally {
		await embedded.close()
	}
	await intoEmpty(async (target) => {
		await restoreBackup(target, moved)
		const again = join(folder, 'moved-again.throughline')
		await writeBackup(target.pool, again, new Date())
		assert.deepEqual((await checkBackup(again)).manifest.tables, (await checkBackup(moved)).manifest.tables)
	})
})

test('a backup is one moment, though others write meanwhile', async () => {
	let writing = true
	let written = 0
	const writer = (async () => {
		while (writing) {
			await open.database.transaction().execute(async (transaction) => {
				await linkRecords(transaction, { from: `x/${written}`, relation: 'cites', to: 'y', at: new Date(), by: 'system' })
				await appendToLedger(transaction, { at: new Date(), actor: 'system', kind: 'k', subject: `x/${written}`, payload: null })
			})
			written++
		}
	})()
	for (let n = 0; n < 5; n++) {
		const moment = join(folder, `moment-${n}.throughline`)
		await writeBackup(open.pool, moment, new Date())
		const { manifest } = await checkBackup(moment)
		const rowsOf = (name: string) => manifest.tables.find(({ table }) => table === name)!.rows
		assert.deepEqual([rowsOf('link'), rowsOf('ledger_payload')], [rowsOf('ledger'), rowsOf('ledger')])
	}
	writing = false
	await writer
	assert.ok(written > 5)
})

test('a backup of an older version is restored and brought up to date; one of a newer version is refused', async () => {
	const older = join(folder, 'older.throughline')
	await intoEmpty(async (source) => {
		await migrateTo(source.database, '0001-core')
		await linkRecords(source.database as never, { from: 'a', relation: 'cites', to: 'b', at: new Date(), by: 'system' })
		await writeBackup(source.pool, older, new Date())
	})
	await intoEmpty(async (target) => {
		assert.equal((await restoreBackup(target, older)).rows, 1)
		const { rows } = await sql<{ name: string }>`select name from core.migration order by name`.execute(target.database)
		assert.deepEqual(rows.map(({ name }) => name), migrationNames())
	})
	const newer = join(folder, 'newer.throughline')
	await intoEmpty(async (source) => {
		await migrate(source.database)
		await sql`insert into core.migration (name, timestamp) values ('9999-later', '2030')`.execute(source.database)
		await writeBackup(source.pool, newer, new Date())
	})
	await assert.rejects(checkBackup(newer), { code: 'backup_newer' })
})

test('a backup never replaces a file, and is its owner’s alone', async () => {
	await assert.rejects(writeBackup(open.pool, file, new Date()), { code: 'backup_exists' })
	assert.equal(statSync(file).mode & 0o777, 0o600)
	await assert.rejects(writeBackup(open.pool, '/nowhere/b', new Date()), { code: 'backup_not_written' })
})

test('a database that holds rows is not restored into', async () => {
	await assert.rejects(restoreBackup(open, file), { code: 'database_not_empty' })
})

test('a cut, altered or foreign file is refused, and the database stays as it was', async () => {
	const bytes = readFileSync(file)
	const plain = gunzipSync(bytes)
	const flip = (at: number) => Buffer.concat([plain.subarray(0, at), Buffer.from([plain[at]! ^ 1]), plain.subarray(at + 1)])
	const cases: [string, Buffer, RegExp][] = [
		['cut', bytes.subarray(0, bytes.length >> 1), /truncated/],
		['cut by one byte', bytes.subarray(0, -1), /truncated/],
		['cut before compression', gzipSync(plain.subarray(0, plain.length - 37)), /truncated/],
		['empty', Buffer.alloc(0), /foreign|truncated/],
		['foreign', Buffer.from('PK\x03\x04 something else'), /foreign/],
		['foreign gzip', gzipSync('hello, this is some other text file'), /foreign/],
		['appended', gzipSync(Buffer.concat([plain, Buffer.from('D\0\0\0\x01x')])), /altered/],
		...[40, 500, plain.length >> 2, plain.length >> 1, plain.length - 200, plain.length - 3].map((at): [string, Buffer, RegExp] => [`flipped ${at}`, gzipSync(flip(at)), /altered|truncated/]),
		...[30, bytes.length >> 1].map((at): [string, Buffer, RegExp] => [`bit ${at}`, Buffer.concat([bytes.subarray(0, at), Buffer.from([bytes[at]! ^ 8]), bytes.subarray(at + 1)]), /altered|truncated|foreign/]),
	]
	await intoEmpty(async (target) => {
		for (const [name, content, code] of cases) {
			const bad = join(folder, 'bad.throughline')
			writeFileSync(bad, content)
			await assert.rejects(restoreBackup(target, bad), (cause: { code?: string }) => code.test(cause.code ?? ''), name)
		}
		await assert.rejects(restoreBackup(target, join(folder, 'absent')), { code: 'backup_unreadable' })
		const { rows } = await sql`select 1 from pg_namespace where nspname = 'core'`.execute(target.database)
		assert.equal(rows.length, 0)
	})
	assert.ok(!existsSync(`${file}.part`))
})
