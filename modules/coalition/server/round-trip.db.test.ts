import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { restoreBackup, verifyLedger, writeBackup, type OpenDatabase } from '#database'
import { createEmptyDatabase, createTestDatabase } from '#database/testing'
import { loadRegion } from '#atlas/server'
import type { CoalitionTables } from './coalition-tables.ts'
import { makeSampleCoalition } from './sample-coalition.ts'

/** Every table of ours with its rows and a hash over their text in an order of their own: shares nothing with the backup's way to compare. */
async function describe({ database }: OpenDatabase<CoalitionTables>): Promise<Map<string, string>> {
	const { rows: tables } = await sql<{ schema: string; name: string }>`select table_schema as schema, table_name as name from information_schema.tables
		where table_type = 'BASE TABLE' and table_schema in ('core', 'people', 'mail', 'files', 'atlas', 'coalition', 'room')
			-- When its tables were made is each installation's own.
			and table_name not like 'migration%' order by 1, 2`.execute(database)
	const described = new Map<string, string>()
	for (const { schema, name } of tables) {
		const { rows } = await sql<{ count: string; hash: string }>`select count(*)::text as count, md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as hash from ${sql.table(`${schema}.${name}`)} t`.execute(database)
		described.set(`${schema}.${name}`, `${rows[0]!.count} ${rows[0]!.hash}`)
	}
	return described
}

test('a coalition taken to an empty installation is the same there, table by table, and its ledger is whole', { timeout: 120_000 }, async () => {
	const folder = mkdtempSync(join(tmpdir(), 'throughline-round-trip-'))
	const [open, empty] = [await createTestDatabase<CoalitionTables>(), await createEmptyDatabase<CoalitionTables>()]
	const now = new Date('2026-11-01T12:00:00Z')
	try {
		await loadRegion({ database: open.database as never, regionsFolder: join(import.meta.dirname, '../../../regions'), region: 'sample', now: () => now, report: async () => undefined })
		await open.database.transaction().execute((writer) => makeSampleCoalition(writer, now))
		const file = join(folder, 'coalition.throughline')
		await writeBackup(open.pool, file, new Date('2026-11-02T12:00:00Z'))
		await restoreBackup(empty as unknown as Parameters<typeof restoreBackup>[0], file)
		const [before, after] = [await describe(open), await describe(empty)]
		assert.deepEqual([...after].filter(([name, said]) => before.get(name) !== said), [])
		assert.deepEqual([...after.keys()], [...before.keys()])
		const filled = (schema: string) => [...before].filter(([name, said]) => name.startsWith(`${schema}.`) && !said.startsWith('0 ')).length
		assert.ok(filled('coalition') > 25, `only ${filled('coalition')} tables of the coalition have rows in the sample`)
		assert.equal((await verifyLedger(empty.database)).verdict, 'whole')
	} finally {
		await Promise.all([open.close(), empty.close()])
		rmSync(folder, { recursive: true })
	}
})
