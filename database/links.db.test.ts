import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { OpenDatabase } from './connect.ts'
import { linkRecords, listThread } from './links.ts'
import type { CoreTables } from './tables.ts'
import { createTestDatabase } from './testing/index.ts'

let open: OpenDatabase<CoreTables>
before(async () => void (open = await createTestDatabase<CoreTables>()))
after(() => open.close())

const link = (from: string, relation: string, to: string) => open.database.transaction().execute((writer) => linkRecords(writer, { from, relation, to, at: new Date('2026-03-01'), by: 'test' }))
const reached = async (record: string, endsAt?: (one: string) => boolean) => [...new Set((await listThread(open.database, record, { endsAt })).flatMap(({ from_record, to_record }) => [from_record, to_record]))].sort()

test('a thread is what can be reached both ways, but not through a record that many threads touch', async () => {
	await link('citation/1', 'about', 'place/1')
	await link('goal/1', 'cites', 'citation/1')
	await link('decision/1', 'decides', 'goal/1')
	await link('citation/2', 'about', 'place/1')
	const endsAt = (record: string) => record.startsWith('place/')
	assert.deepEqual(await reached('decision/1', endsAt), ['citation/1', 'decision/1', 'goal/1', 'place/1'])
	assert.deepEqual(await reached('citation/1', endsAt), await reached('decision/1', endsAt), 'the same from either end')
	assert.deepEqual(await reached('place/1', endsAt), ['citation/1', 'citation/2', 'decision/1', 'goal/1', 'place/1'], 'from the place itself everything about it is reached')
	assert.equal((await reached('decision/1')).length, 5)
})

test('saying the same link twice changes nothing', async () => {
	await link('goal/9', 'cites', 'citation/9')
	await link('goal/9', 'cites', 'citation/9')
	assert.equal((await listThread(open.database, 'goal/9')).length, 1)
})
