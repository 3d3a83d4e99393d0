import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { OpenDatabase, Writer } from '../connect.ts'
import type { CoreTables } from '../tables.ts'
import { createTestDatabase } from '../testing/index.ts'
import { depositHead, headFolder } from './deposit-head.ts'
import { isSigned, readHeads, readSigningKey, signHead, type LedgerHead } from './ledger-head.ts'
import { appendToLedger, commitTo, GENESIS_HASH, hashOf } from './ledger.ts'
import { verifyLedger, type LedgerFinding } from './verify-ledger.ts'

const ROWS = 40
const directory = mkdtempSync(join(tmpdir(), 'throughline-heads-'))
const places = { dataDirectory: directory }
let open: OpenDatabase<CoreTables>
let heads: LedgerHead[]

before(async () => {
	open = await createTestDatabase<CoreTables>()
	assert.equal(await depositHead(open.database, places, new Date()), undefined)
	for (let n = 1; n <= ROWS; n++) {
		await open.database.transaction().execute((writer) =>
			appendToLedger(writer, { at: new Date(2026, 0, 1, 0, 0, n), actor: 'system', kind: 'test.happened', subject: `test/${n}`, payload: { n } }),
		)
		if (n === 25 || n === ROWS) await depositHead(open.database, places, new Date(2026, 0, 2))
	}
	heads = readHeads(headFolder(places))
})
after(async () => {
	await open.close()
	rmSync(directory, { recursive: true })
})

/** Tampers as the database's owner could, verifies, and rolls back. */
async function verifyAfter(tamper: (writer: Writer<CoreTables>) => Promise<unknown>, known = heads): Promise<LedgerFinding> {
	let finding: LedgerFinding | undefined
	const rolledBack = open.database.transaction().execute(async (writer) => {
		await sql`alter table core.ledger disable trigger ledger_append_only`.execute(writer)
		await sql`alter table core.ledger_payload drop constraint ledger_payload_seq_fkey`.execute(writer)
		await tamper(writer)
		finding = await verifyLedger(writer, known)
		throw new Error('roll back')
	})
	await assert.rejects(rolledBack, /roll back/)
	return finding!
}

const run = (statement: string) => (writer: Writer<CoreTables>) => sql.raw(statement).execute(writer)

test('heads are signed, dated and readable, and the key is its owner’s alone', async () => {
	assert.deepEqual(heads.map(({ seq }) => seq), [25, ROWS])
	assert.ok(heads.every(isSigned))
	assert.equal(statSync(join(directory, 'ledger-key.pem')).mode & 0o777, 0o600)
	assert.deepEqual((await verifyLedger(open.database, heads)).verdict, 'whole')
	const again = await signHead(open.database, readSigningKey(directory), new Date(heads[1]!.at))
	assert.deepEqual(again, heads[1])
})

test('a flipped byte in any column of any row is found at that row', async () => {
	for (const seq of [1, 2, 24, 25, 26, 39, 40]) {
		for (const column of ['commitment', 'previous_hash', 'hash']) {
			const finding = await verifyAfter(run(`update core.ledger set ${column} = set_byte(${column}, ${seq % 32}, get_byte(${column}, ${seq % 32}) # 1) where seq = ${seq}`))
			assert.deepEqual([finding.verdict, (finding as { seq: number }).seq], ['broken', seq], `${column} of ${seq}`)
		}
		for (const change of [`actor = 'x'`, `kind = 'x'`, `subject = 'x'`, `at = at - interval '1 ms'`]) {
			assert.deepEqual(await verifyAfter(run(`update core.ledger set ${change} where seq = ${seq}`)), { verdict: 'broken', seq, fault: 'hash' })
		}
		assert.deepEqual(await verifyAfter(run(`update core.ledger_payload set payload = '{"n":-1}' where seq = ${seq}`)), { verdict: 'broken', seq, fault: 'payload' })
		assert.deepEqual(await verifyAfter(run(`update core.ledger_payload set salt = set_byte(salt, 0, get_byte(salt, 0) # 1) where seq = ${seq}`)), { verdict: 'broken', seq, fault: 'payload' })
	}
})

test('a deleted row and swapped rows are found at the first row that is wrong', async () => {
	for (const seq of [1, 17, 39]) {
		const gone = await verifyAfter(run(`delete from core.ledger_payload where seq = ${seq}; delete from core.ledger where seq = ${seq}`))
		assert.deepEqual(gone, { verdict: 'broken', seq, fault: 'gap' })
		const other = seq === 39 ? 40 : seq + 3
		const swap = `update core.ledger set seq = 1000 where seq = ${seq}; update core.ledger set seq = ${seq} where seq = ${other}; update core.ledger set seq = ${other} where seq = 1000`
		assert.deepEqual([(await verifyAfter(run(swap))).verdict, ((await verifyAfter(run(swap))) as { seq: number }).seq], ['broken', seq])
	}
})

test('a cut tail looks whole by itself and is found by the head', async () => {
	const cut = run('delete from core.ledger_payload where seq > 30; delete from core.ledger where seq > 30')
	assert.equal((await verifyAfter(cut, [])).verdict, 'whole')
	assert.deepEqual(await verifyAfter(cut), { verdict: 'broken', seq: 31, fault: 'cut' })
})

test('a chain rewritten from one row on looks whole by itself and is found by the head', async () => {
	const rewrite = async (writer: Writer<CoreTables>) => {
		let previous: Buffer = GENESIS_HASH
		for (const row of await writer.selectFrom('core.ledger').selectAll().orderBy('seq').execute()) {
			const salt = Buffer.alloc(32)
			const payload = row.seq === 20 ? { n: 999 } : { n: row.seq }
			const fields = { ...row, commitment: commitTo(salt, payload), previous_hash: previous }
			previous = hashOf(fields)
			await writer.updateTable('core.ledger').set({ ...fields, hash: previous }).where('seq', '=', row.seq).execute()
			await writer.updateTable('core.ledger_payload').set({ salt, payload: JSON.stringify(payload) }).where('seq', '=', row.seq).execute()
		}
	}
	assert.equal((await verifyAfter(rewrite, [])).verdict, 'whole')
	assert.deepEqual(await verifyAfter(rewrite), { verdict: 'broken', seq: 25, fault: 'rewritten' })
})

test('a head that was changed after it was signed is refused', () => {
	const file = join(headFolder(places), 'head-000000000025.json')
	const text = readFileSync(file, 'utf8')
	writeFileSync(file, text.replace('"seq": 25', '"seq": 24'))
	assert.throws(() => readHeads(headFolder(places)), { code: 'head_unreadable' })
	writeFileSync(file, text)
})

test('a head is sent over https only, and its copy in the folder is written first', async () => {
	const elsewhere = { dataDirectory: directory, folder: join(directory, 'elsewhere'), url: 'http://127.0.0.1:9/heads' }
	await assert.rejects(depositHead(open.database, elsewhere, new Date()), { code: 'head_not_delivered' })
	await assert.rejects(depositHead(open.database, { ...elsewhere, url: 'https://127.0.0.1:9/heads' }, new Date()), { code: 'head_not_delivered' })
	assert.equal(readHeads(elsewhere.folder).length, 1)
})
