import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { appendToLedger } from './ledger.ts'
import { verifyLedger } from './verify-ledger.ts'
import type { OpenDatabase } from '../connect.ts'
import { createTestDatabase } from '../testing/index.ts'
import type { CoreTables } from '../tables.ts'

let open: OpenDatabase<CoreTables>
before(async () => {
	open = await createTestDatabase<CoreTables>()
	const appends = Array.from({ length: 200 }, (_, n) =>
		open.database.transaction().execute((writer) =>
			appendToLedger(writer, { at: new Date(2026, 0, 1, 0, 0, n), actor: 'system', kind: 'test.happened', subject: `test/${n}`, payload: { n, secret: 'word' } }),
		),
	)
	await Promise.all(appends)
})
after(() => open.close())

/** Does `work` on the table with its guard off, as somebody who owns the database could, and rolls back. */
async function afterTampering(statement: string) {
	let finding
	await open.database
		.transaction()
		.execute(async (writer) => {
			await sql.raw('alter table core.ledger disable trigger ledger_append_only').execute(writer)
			await sql.raw(statement).execute(writer)
			finding = await verifyLedger(writer)
			throw new Error('roll back')
		})
		.catch((error: Error) => assert.equal(error.message, 'roll back'))
	return finding
}

test('concurrent writers make one chain without forks or gaps', async () => {
	const finding = await verifyLedger(open.database)
	assert.equal(finding.verdict, 'whole')
	assert.equal(finding.verdict === 'whole' && finding.rows, 200)
})

test('a ledger row can neither be changed nor deleted', async () => {
	await assert.rejects(sql`update core.ledger set actor = 'other' where seq = 3`.execute(open.database), /append-only/)
	await assert.rejects(sql`delete from core.ledger where seq = 3`.execute(open.database), /append-only/)
	await assert.rejects(sql`truncate core.ledger cascade`.execute(open.database), /append-only/)
})

test('verification names the first tampered row', async () => {
	assert.deepEqual(await afterTampering(`update core.ledger set actor = 'other' where seq = 120`), { verdict: 'broken', seq: 120, fault: 'hash' })
	assert.deepEqual(await afterTampering(`update core.ledger set at = at + interval '1 second' where seq = 1`), { verdict: 'broken', seq: 1, fault: 'hash' })
	assert.deepEqual(await afterTampering(`update core.ledger_payload set payload = '{"n":0}' where seq = 77`), { verdict: 'broken', seq: 77, fault: 'payload' })
	assert.deepEqual(
		await afterTampering(`delete from core.ledger_payload where seq = 50; delete from core.ledger where seq = 50`),
		{ verdict: 'broken', seq: 50, fault: 'gap' },
	)
})

test('an erased payload leaves the chain whole', async () => {
	const finding = await afterTampering(`delete from core.ledger_payload where seq = 9`)
	assert.deepEqual((finding as unknown as { verdict: string; erased: number }).erased, 1)
})
