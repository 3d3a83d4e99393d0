import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { appendToLedger, canonicalJson, Refusal, type CoreTables, type Json, type OpenDatabase } from '#database'
import { createTestDatabase } from '#database/testing'
import type { CitationRequest, FrozenMap, FrozenNumber, FrozenProfile, FrozenRank } from '#atlas'
import { cite, findCitation, findGeography, findProfile, listCitations, listCitationsAbout, loadRegion, verifyCitations, type AtlasTables } from '../index.ts'
import { hashOf, idOf } from './identity.ts'

type Tables = AtlasTables & CoreTables
const NOW = new Date('2026-03-01T12:00:00Z')

let open: OpenDatabase<Tables>
let geoid: string
before(async () => {
	open = await createTestDatabase<Tables>()
	await loadRegion({ database: open.database, regionsFolder: join(import.meta.dirname, '../../../../regions'), region: 'sample', now: () => NOW, report: async () => undefined })
	geoid = (await findGeography(open.database, 'tract-2020'))!.places[7]!.geoid
})
after(() => open.close())

async function citeAndFind(request: CitationRequest) {
	const id = await open.database.transaction().execute((writer) => cite(writer, 'visitor', request, NOW))
	return (await findCitation(open.database, id))!
}

test('a rank keeps its number, its margin and the places it is a rank among', async () => {
	const { frozen, now } = await citeAndFind({ kind: 'rank', indicator: 'low-income', geography: 'tract-2020', geoid })
	const row = (await findProfile(open.database, 'tract-2020', geoid))!.rows.find(({ indicator }) => indicator.key === 'low-income')!
	const { standing, estimate, margin } = frozen as FrozenRank
	assert.deepEqual([standing.rank, standing.of, estimate, margin], [row.standing!.rank, row.standing!.of, row.estimate, row.margin])
	assert.equal(standing.among.en, 'Harbor Bend (sample)')
	assert.deepEqual(now!.rank, { rank: standing.rank, of: standing.of })
})

test('the number of a county, of the region and of the state can be cited, and says how it was made', async () => {
	const row = (await findProfile(open.database, 'tract-2020', geoid))!.rows.find(({ indicator }) => indicator.key === 'low-income')!
	for (const [of, area] of [[geoid.slice(0, 5), row.county], ['region', row.region], ['state', row.state]] as const) {
		const { frozen, now } = await citeAndFind({ kind: 'number', indicator: 'low-income', geography: 'tract-2020', geoid: of })
		const { estimate, margin, how } = frozen as FrozenNumber
		assert.deepEqual([estimate, margin, how], [area.estimate, area.moe, area.how])
		assert.equal(now!.estimate, estimate)
	}
	await assert.rejects(citeAndFind({ kind: 'rank', indicator: 'low-income', geography: 'tract-2020', geoid: 'region' }), (cause) => cause instanceof Refusal)
})

test('a profile freezes every measure, and shows each beside the latest', async () => {
	const profile = (await findProfile(open.database, 'tract-2020', geoid))!
	const { frozen, now } = await citeAndFind({ kind: 'profile', geography: 'tract-2020', geoid })
	const { rows, sources } = frozen as FrozenProfile
	assert.deepEqual(rows.map(({ indicator }) => indicator.key), profile.rows.map(({ indicator }) => indicator.key))
	assert.deepEqual(new Set(rows.map(({ source }) => source)), new Set(sources.map(({ key }) => key)))
	for (const row of rows) assert.equal(now!.values![row.indicator.key]!.estimate, row.estimate)
	assert.ok((await listCitationsAbout(open.database, 'tract-2020', geoid)).some(({ frozen: { kind } }) => kind === 'profile'))
})

test('a map freezes its classes and what it showed', async () => {
	const classes = { method: 'quantile', minimum: 1, breaks: [2, 3], counts: [4, 5] }
	const summary = { lowest: 1, middle: 2, highest: 3, missing: 0, unreliable: 1, places: 9 }
	const { frozen, now } = await citeAndFind({ kind: 'map', indicator: 'low-income', geography: 'tract-2020', vintage: '2020–2024', classes, summary, view: 'classes=quantile' })
	assert.deepEqual((frozen as FrozenMap).classes, classes)
	assert.deepEqual((frozen as FrozenMap).summary, summary)
	assert.equal(now!.vintage, '2020–2024')
	const nothing = citeAndFind({ kind: 'map', indicator: 'low-income', geography: 'tract-2020', vintage: '1890', classes, summary, view: '' })
	await assert.rejects(nothing, (cause) => cause instanceof Refusal && cause.code === 'citation_nothing_there')
})

test('a citation made before there were kinds still opens, as the number it is', async () => {
	const { frozen } = await citeAndFind({ kind: 'number', indicator: 'cost-burden', geography: 'tract-2020', geoid })
	const { kind: _, how: __, ...old } = frozen as FrozenNumber
	const text = canonicalJson(old as unknown as Json)
	const id = idOf(hashOf(text))
	await open.database.transaction().execute(async (writer) => {
		await writer.insertInto('atlas.citation').values({ id, made_at: NOW, made_by: 'visitor', frozen: text, content_hash: hashOf(text) }).execute()
		await appendToLedger(writer, { at: NOW, actor: 'visitor', kind: 'citation.made', subject: `atlas:citation/${id}`, payload: { hash: hashOf(text).toString('hex') } })
	})
	const found = (await findCitation(open.database, id))!
	assert.deepEqual([found.frozen.kind, found.intact], ['number', true])
})

test('citations are listed newest first, a page at a time, and all of them are intact', async () => {
	const { citations, total } = await listCitations(open.database, {}, { limit: 3, offset: 0 })
	assert.equal(citations.length, 3)
	assert.ok(total > 5)
	const ofRegion = await listCitations(open.database, { indicator: 'low-income', geoid: 'region' }, { limit: 9, offset: 0 })
	assert.equal(ofRegion.total, 1)
	assert.deepEqual(await verifyCitations(open.database), { right: total })
})
