import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { connectFromEnvironment, openDatabase, type OpenDatabase } from './connect.ts'
import { readRecord } from './data-directory.ts'
import { claimRegion, readSetting, requireSameRegion, writeSetting } from './settings.ts'
import type { CoreTables } from './tables.ts'
import { createTestDatabase } from './testing/index.ts'

const directory = mkdtempSync(join(tmpdir(), 'throughline-connect-'))
let open: OpenDatabase<CoreTables>
before(async () => void (open = await createTestDatabase<CoreTables>()))
after(async () => {
	await open.close()
	rmSync(directory, { recursive: true })
})

test('a database holds one region, in its settings and in its data directory', async () => {
	await claimRegion(open.database, 'sample', directory)
	await claimRegion(open.database, 'sample', directory)
	assert.equal(readRecord(directory).region, 'sample')
	await assert.rejects(claimRegion(open.database, 'metro-atlanta', directory), { code: 'holds_another_region', parameters: { place: directory, recorded: 'sample', region: 'metro-atlanta' } })
	assert.throws(() => requireSameRegion(directory, 'metro-atlanta'), { code: 'holds_another_region' })
	requireSameRegion(directory, 'sample')
	assert.equal(await readSetting(open.database, 'region'), 'sample')
})

test('a setting is replaced, and an absent one is undefined', async () => {
	await writeSetting(open.database, 'greeting', { words: ['a'] })
	await writeSetting(open.database, 'greeting', { words: ['b', 1] })
	assert.deepEqual(await readSetting(open.database, 'greeting'), { words: ['b', 1] })
	assert.equal(await readSetting(open.database, 'nothing'), undefined)
})

test('a lost session fails its query only: the pool goes on and the process lives', async () => {
	const lost = open.database.transaction().execute(async (writer) => {
		await sql`select pg_terminate_backend(pg_backend_pid())`.execute(writer)
	})
	await assert.rejects(lost)
	assert.equal((await sql<{ one: number }>`select 1 as one`.execute(open.database)).rows[0]!.one, 1)
})

test('the web connects to what the server named, and says so when nobody named anything', async () => {
	const web = await connectFromEnvironment<CoreTables>({ THROUGHLINE_ADDRESS: JSON.stringify(open.address) })
	assert.equal(await readSetting(web.database, 'region'), 'sample')
	await web.close()
	await assert.rejects(connectFromEnvironment({}), { code: 'database_not_named' })
})

test('an address where no database answers is a sentence', async () => {
	await assert.rejects(openDatabase({ databaseUrl: 'postgresql://nobody@127.0.0.1:9/none', dataDirectory: directory }), { code: 'database_unreachable' })
})
