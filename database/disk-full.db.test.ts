import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { writeBackup } from './backup/write-backup.ts'
import { openDatabaseForServer, type OpenDatabase } from './connect.ts'
import { appendToLedger } from './ledger/ledger.ts'
import { verifyLedger } from './ledger/verify-ledger.ts'
import { migrate } from './migrate.ts'
import type { CoreTables } from './tables.ts'

const disk = mkdtempSync(join(tmpdir(), 'throughline-disk-'))
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=160m,mode=755', 'tmpfs', disk]).status === 0
const skip = process.env.DATABASE_URL ? 'tests the embedded server' : !mounted && 'this user may not mount a small disk'
after(() => {
	if (mounted) spawnSync('umount', ['-l', disk])
	rmSync(disk, { recursive: true, force: true })
})

const directory = join(disk, 'data')
const filler = join(disk, 'filler')
const openServer = () => openDatabaseForServer<CoreTables>({ dataDirectory: directory })

/** Leaves at most `bytes` free. */
function fillDisk(bytes: number): void {
	const { bavail, bsize } = statfsSync(disk)
	writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - bytes), 1))
}

function append({ database }: OpenDatabase<CoreTables>, payload: string): Promise<number> {
	return database.transaction().execute((writer) => appendToLedger(writer, { at: new Date(), actor: 'system', kind: 'k', subject: 's', payload }))
}

/** Text that does not compress. */
const noise = (bytes: number) => Array.from({ length: bytes / 8 }, () => Math.random().toString(36).slice(2, 10)).join('')

test('a full disk stops writing with an error, loses nothing, and writing goes on when there is room again', { skip, timeout: 120_000 }, async () => {
	let open = await openServer()
	await migrate(open.database)
	let acknowledged = 0
	fillDisk(6 << 20)
	const full = async () => {
		for (;;) acknowledged = await append(open, noise(200_000))
	}
	await assert.rejects(full())
	assert.ok(acknowledged > 0)
	rmSync(filler)
	// The server may have ended itself rather than promise what it could not write: the next start is clean.
	await open.close()
	open = await openServer()
	const finding = await verifyLedger(open.database)
	assert.equal(finding.verdict, 'whole')
	assert.ok(finding.verdict === 'whole' && finding.rows >= acknowledged, `${acknowledged} were acknowledged`)
	await append(open, 'room again')
	await open.close()
})

test('a backup to a full disk leaves no file and says so; the database is untouched', { skip, timeout: 120_000 }, async () => {
	const open = await openServer()
	// More than the room that is left, however little the test before could write.
	for (let n = 0; n < 10; n++) await append(open, noise(400_000))
	fillDisk(1 << 20)
	const folder = join(disk, 'backups')
	mkdirSync(folder)
	await assert.rejects(writeBackup(open.pool, join(folder, 'b.throughline'), new Date()), { code: 'backup_not_written', parameters: { file: join(folder, 'b.throughline'), reason: 'ENOSPC' } })
	assert.deepEqual(readdirSync(folder), [])
	rmSync(filler)
	await writeBackup(open.pool, join(folder, 'b.throughline'), new Date())
	await sql`select 1`.execute(open.database)
	await open.close()
})

test('a start on a full disk is refused with its reason, and works once there is room', { skip, timeout: 120_000 }, async () => {
	rmSync(directory, { recursive: true })
	rmSync(join(disk, 'backups'), { recursive: true, force: true })
	for (const free of [0, 8 << 20]) {
		fillDisk(free)
		await assert.rejects(openServer(), (cause: { code?: string }) => /data_directory_unusable|database_not_created|database_not_started/.test(cause.code ?? ''))
		rmSync(filler)
	}
	assert.ok(!existsSync(join(directory, 'postgres', 'PG_VERSION')))
	const open = await openServer()
	await migrate(open.database)
	await open.close()
})
