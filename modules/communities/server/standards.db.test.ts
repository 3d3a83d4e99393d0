import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createTestDatabase } from '#database/testing'
import { verifyLedger, Refusal, type OpenDatabase, type Writer } from '#database'
import type { CommunitiesTables } from './communities-tables.ts'
import { findStandard, listEditions, listStandards, publishStandard, shipStandards } from './standards.ts'

const NOW = new Date('2027-01-05T12:00:00Z')
const ADMINISTRATOR = { account: 'u-1', administrator: true }
const foreign = (name: string) => readFileSync(join(import.meta.dirname, '../standards/testing', `${name}.yml`), 'utf8')
let open: OpenDatabase<CommunitiesTables>
before(async () => void (open = await createTestDatabase<CommunitiesTables>()))
after(() => open.close())
const write = <T>(work: (writer: Writer<CommunitiesTables>) => Promise<T>) => open.database.transaction().execute(work)
const refuses = (work: Promise<unknown>, code: string) => assert.rejects(work, (cause) => cause instanceof Refusal && cause.code === code)

test('packs that ship are published once, however often the program starts', async () => {
	await write((writer) => shipStandards(writer, NOW))
	await write((writer) => shipStandards(writer, new Date(NOW.getTime() + 86_400_000)))
	const found = await listStandards(open.database)
	assert.deepEqual(found.map(({ pack, publishedBy, publishedAt }) => [pack.standard, pack.version, publishedBy, publishedAt.getTime()]), [['ecodistricts', '1.3', 'system', NOW.getTime()], ['good-neighbors', '1.0', 'system', NOW.getTime()], ['just-communities', '1.0', 'system', NOW.getTime()]])
	assert.equal((await verifyLedger(open.database)).verdict, 'whole')
})

test('an administrator publishes a pack of others; an edition is never changed, and the next one follows it', async () => {
	const text = foreign('points-and-levels')
	await refuses(write((writer) => publishStandard(writer, { account: 'u-2', administrator: false }, text, NOW)), 'standard_not_yours')
	await write((writer) => publishStandard(writer, ADMINISTRATOR, text, NOW))
	await refuses(write((writer) => publishStandard(writer, ADMINISTRATOR, text.replace('Solar roofs', 'Solar'), NOW)), 'standard_published')
	await refuses(write((writer) => publishStandard(writer, ADMINISTRATOR, text.replace('version: "2.1"', 'version: "2.1"\nedition: 3'), NOW)), 'standard_edition_order')
	await write((writer) => publishStandard(writer, ADMINISTRATOR, text.replace('version: "2.1"', 'version: "2.1"\nedition: 2').replace('Solar roofs', 'Solar'), NOW))
	assert.deepEqual(await listEditions(open.database, 'green-quarter', '2.1'), [2, 1])
	const solar = async (edition?: number) => (await findStandard(open.database, 'green-quarter', '2.1', edition))!.pack.certification!.submissions[0]!.requirements[1]!.title.en
	assert.deepEqual([await solar(), await solar(1)], ['Solar', 'Solar roofs'])
	await refuses(write((writer) => publishStandard(writer, ADMINISTRATOR, foreign('malformed'), NOW)), 'pack_language_missing')
	assert.equal((await findStandard(open.database, 'green-quarter', '9')), undefined)
	await assert.rejects(write((writer) => writer.updateTable('communities.standard_version').set({ text: 'x' }).execute()), /append/i)
})

test('versions stand newest first, by their numbers and not by their letters', async () => {
	const text = foreign('without-phases')
	for (const version of ['1.10', '1.9']) await write((writer) => publishStandard(writer, ADMINISTRATOR, text.replace('version: "1"', `version: "${version}"`), NOW))
	assert.deepEqual((await listStandards(open.database)).filter(({ pack }) => pack.standard === 'barrio-vivo').map(({ pack }) => pack.version), ['1.10', '1.9'])
})
