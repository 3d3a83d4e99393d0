import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Refusal, type CoreTables, type OpenDatabase } from '#database'
import { createTestDatabase } from '#database/testing'
import { readDraft, type DraftIndicator } from '../index-draft.ts'
import { findOwnIndex, listOwnIndices, newIndexId, saveOwnIndex, type SaveRequest } from './own-indices.ts'
import type { AtlasTables } from './tables.ts'

type Tables = AtlasTables & CoreTables
const INDICATORS: DraftIndicator[] = [{ key: 'low-income', domain: 'economic-development', direction: 'higher_is_worse', name: 'Low income' }, { key: 'rent', domain: 'housing', direction: 'higher_is_worse', name: 'Rent' }]
const NOW = new Date('2026-03-01T12:00:00Z')

let open: OpenDatabase<Tables>
before(async () => void (open = await createTestDatabase<Tables>()))
after(() => open.close())

const save = (query: string, more: Partial<SaveRequest> = {}, actor = 'robin') =>
	open.database.transaction().execute((writer) => saveOwnIndex(writer, actor, { content: { draft: readDraft(new URLSearchParams(query), INDICATORS) }, indicators: INDICATORS, name: 'Robin', ...more }, newIndexId(), NOW))
const refuses = (code: string) => (cause: unknown) => cause instanceof Refusal && cause.code === code

test('an index is saved, gets versions, and every version stays as it was', async () => {
	const { id, version } = await save('title=Need&use=low-income')
	assert.equal(version, 1)
	assert.deepEqual(await save('title=Need&use=low-income', { id }), { id, version: 1 }, 'the same content is the same version')
	assert.deepEqual(await save('title=Need&use=low-income&use=rent', { id }), { id, version: 2 })
	const first = (await findOwnIndex(open.database, id, 1))!
	assert.doesNotMatch(first.index.yaml, /rent/)
	assert.deepEqual(first.versions.map((one) => one.version), [2, 1])
	assert.equal((await findOwnIndex(open.database, id))!.index.version, 2)
	assert.deepEqual((await listOwnIndices(open.database)).map((one) => [one.id, one.version]), [[id, 2]])
	await assert.rejects(open.pool.query(`update atlas.recipe set title = 'x'`), /append-only/)
})

test('nobody changes the index of somebody else; everybody may begin from it', async () => {
	const { id } = await save('title=Mine&use=rent')
	await assert.rejects(save('title=Taken&use=rent', { id }, 'alex'), refuses('index_not_yours'))
	const fork = await save('title=Forked&use=rent', { forkedFrom: `${id}/1` }, 'alex')
	assert.equal((await findOwnIndex(open.database, fork.id))!.index.forkedFrom, `${id}/1`)
	const links = await open.database.selectFrom('core.link').select(['relation', 'to_record']).where('from_record', '=', `atlas:recipe/${fork.id}/1`).execute()
	assert.deepEqual(links, [{ relation: 'forks', to_record: `atlas:recipe/${id}/1` }])
})

test('two savings at once are two versions', async () => {
	const { id } = await save('title=Both&use=rent')
	const versions = await Promise.all([save('title=Both&use=low-income', { id }), save('title=Both&use=low-income&use=rent', { id })])
	assert.deepEqual(versions.map(({ version }) => version).sort(), [2, 3])
})

test('an index without a title or without a measure that counts is refused', async () => {
	await assert.rejects(save('use=rent'), refuses('index_without_title'))
	await assert.rejects(save('title=Nothing'), refuses('index_without_members'))
	await assert.rejects(save('title=Zero&use=rent&w-rent=0'), refuses('index_without_members'))
})

test('a recipe written as a text is saved as it is; one that cannot be computed here is refused with the line or the measures', async () => {
	const text = 'name: own\ntitle: By hand\nindicators:\n  - { id: rent, weight: 3 }\n  - { id: low-income, normalise: { method: goalposts, from: 0, to: 100 } }\ntotal: { aggregate: mean }\n'
	const saved = await save('', { content: { yaml: text } })
	const { index } = (await findOwnIndex(open.database, saved.id))!
	assert.deepEqual([index.title, index.yaml, index.draft], ['By hand', text, ''])
	await assert.rejects(save('', { content: { yaml: text.replace('low-income', 'moonlight') } }), (cause) => cause instanceof Refusal && cause.code === 'index_text_inputs' && cause.parameters.columns === 'moonlight')
	await assert.rejects(save('', { content: { yaml: text.replace(/total.*/, '') } }), refuses('index_text_without_total'))
	await assert.rejects(save('', { content: { yaml: text.replace('weight: 3', 'weight: much') } }), (cause) => cause instanceof Refusal && cause.parameters.line === 4)
})
