import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { Refusal, verifyLedger, type CoreTables, type OpenDatabase } from '#database'
import { createTestDatabase } from '#database/testing'
import { cite, findCitation, findProfile, listCitationsAbout, listIndicators, verifyCitations } from '../index.ts'
import type { AtlasTables } from '../tables.ts'
import { loadRegion } from './load-region.ts'

type Tables = AtlasTables & CoreTables
const REGIONS = join(import.meta.dirname, '../../../../regions')
const NOW = new Date('2026-03-01T12:00:00Z')

let open: OpenDatabase<Tables>
before(async () => void (open = await createTestDatabase<Tables>()))
after(() => open.close())

const load = (steps: string[] = [], signal?: AbortSignal) =>
	loadRegion({
		database: open.database, regionsFolder: REGIONS, region: 'sample', now: () => NOW, signal,
		report: async (step) => void (steps.at(-1) !== step && steps.push(step)),
	})

const count = async (table: string) => (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(open.database)).rows[0]!.n
const seriesHashes = async () => (await sql<{ h: string }>`select encode(content_hash, 'hex') as h from atlas.series order by indicator, geography, vintage`.execute(open.database)).rows.map(({ h }) => h)

test('a load that stops half-way shows nothing and goes on where it stopped', async () => {
	const stop = new AbortController()
	const first: string[] = []
	const watched = loadRegion({
		database: open.database, regionsFolder: REGIONS, region: 'sample', now: () => NOW, signal: stop.signal,
		report: async (step) => {
			first.push(step)
			if (step === 'sample-survey-2020') stop.abort()
		},
	})
	await assert.rejects(watched)
	assert.equal(await count('atlas.place'), 0)
	assert.equal(await count('atlas.region'), 0)
	const done = await open.database.selectFrom('atlas_loading.checkpoint').select('step').execute()
	assert.ok(done.some(({ step }) => step === 'sample-survey-2016'))
	await load()
	assert.equal(await count('atlas_loading.checkpoint'), 0)
	assert.equal(await count('atlas_loading.series'), 0)
})

test('the sample region has six counties, 250 tracts of 2020, fewer of 2010, three vintages and 50 indicators in eight domains', async () => {
	const places = await sql<{ geography: string; n: number; counties: number }>`select geography, count(*)::int as n, count(distinct county_geoid)::int as counties from atlas.place group by 1 order by 1`.execute(open.database)
	assert.deepEqual(places.rows, [{ geography: 'tract-2010', n: 228, counties: 6 }, { geography: 'tract-2020', n: 250, counties: 6 }])
	const listed = await listIndicators(open.database)
	assert.equal(listed.length, 50)
	assert.equal(new Set(listed.map(({ indicator }) => indicator.domain)).size, 9)
	assert.equal(new Set(listed.flatMap(({ series }) => series.map(({ vintage }) => vintage))).size, 3)
	assert.ok(await count('atlas.tile') > 100)
})

test('a load leaves its mark in the ledger, and the chain is whole', async () => {
	const rows = await open.database.selectFrom('core.ledger').select(['kind', 'subject']).execute()
	assert.deepEqual(rows, [{ kind: 'region.loaded', subject: 'atlas:region/sample' }])
	assert.equal((await verifyLedger(open.database)).verdict, 'whole')
})

test('loading again gives the same numbers under the same version', async () => {
	const before = await seriesHashes()
	const steps: string[] = []
	await load(steps)
	assert.deepEqual(await seriesHashes(), before)
	assert.deepEqual(await sql<{ v: number }>`select distinct version as v from atlas.series`.execute(open.database).then(({ rows }) => rows), [{ v: 1 }])
	assert.deepEqual(steps.slice(0, 2), ['checksums', 'sample-tracts-2010'])
})

test('a profile carries margins, compares with county and region, and says where nothing can be told', async () => {
	const place = await open.database.selectFrom('atlas.place').selectAll().where('geography', '=', 'tract-2020').where('ordinal', '=', 7).executeTakeFirstOrThrow()
	const profile = (await findProfile(open.database, 'tract-2020', place.geoid))!
	const income = profile.rows.find(({ indicator }) => indicator.key === 'low-income')!
	assert.ok(income.margin! > 0)
	assert.equal(income.region.how, 'rate')
	assert.equal(income.standing!.of, 250)
	assert.equal(income.history.length, 1)
	const particles = profile.rows.find(({ indicator }) => indicator.key === 'fine-particles')!
	assert.equal(particles.margin, undefined)
	assert.equal(particles.region.verdict, 'unknown')
	assert.equal(particles.region.how, 'middle')
})

test('citing freezes the number: twice is once, it cannot be changed, and it hangs on a thread', async () => {
	const { geoid } = await open.database.selectFrom('atlas.place').select('geoid').where('geography', '=', 'tract-2020').where('ordinal', '=', 3).executeTakeFirstOrThrow()
	const citeIt = () => open.database.transaction().execute((writer) => cite(writer, 'visitor', { kind: 'number', indicator: 'cost-burden', geography: 'tract-2020', geoid }, NOW))
	const id = await citeIt()
	assert.equal(await citeIt(), id)
	const citation = (await findCitation(open.database, id))!
	assert.ok(citation.frozen.kind === 'number')
	assert.equal(citation.now!.estimate, citation.frozen.estimate)
	assert.match(citation.frozen.source.sha256, /^[0-9a-f]{64}$/)
	await assert.rejects(sql`update atlas.citation set made_by = 'somebody' where id = ${id}`.execute(open.database), /append-only/)
	assert.deepEqual((await listCitationsAbout(open.database, 'tract-2020', geoid)).map(({ id: own }) => own), [id])
	const links = await open.database.selectFrom('core.link').select(['relation', 'to_record']).where('from_record', '=', `atlas:citation/${id}`).orderBy('relation').execute()
	assert.deepEqual(links.map(({ relation }) => relation), ['about', 'cites'])
	const told = await open.database.selectFrom('core.ledger').select('kind').where('subject', '=', `atlas:citation/${id}`).execute()
	assert.deepEqual(told, [{ kind: 'citation.made' }])
})

test('a citation that somebody altered in the database is named, whatever they altered', async () => {
	assert.ok('right' in (await verifyCitations(open.database)))
	const id = (await open.database.selectFrom('atlas.citation').select('id').executeTakeFirstOrThrow()).id
	const tamper = async (statement: string) => {
		let finding
		await open.database
			.transaction()
			.execute(async (writer) => {
				await sql.raw('alter table atlas.citation disable trigger citation_frozen').execute(writer)
				await sql.raw(statement).execute(writer)
				finding = [await verifyCitations(writer), (await findCitation(writer, id))?.intact]
				throw new Error('roll back')
			})
			.catch((cause: Error) => assert.equal(cause.message, 'roll back'))
		return finding
	}
	assert.deepEqual(await tamper(`update atlas.citation set frozen = jsonb_set(frozen, '{estimate}', '99')`), [{ altered: id }, false])
	const consistent = `update atlas.citation set frozen = '{}', content_hash = sha256('{}')`
	assert.deepEqual((await tamper(consistent.replace("frozen = '{}', ", '')))?.[0], { altered: id })
	assert.deepEqual((await tamper(`delete from core.link; insert into atlas.citation select 'c-forged00000', made_at, made_by, frozen, content_hash from atlas.citation`))?.[0], { altered: 'c-forged00000' })
})

test('a number that is not there cannot be cited', async () => {
	const asked = open.database.transaction().execute((writer) => cite(writer, 'visitor', { kind: 'number', indicator: 'cost-burden', geography: 'tract-2020', geoid: '00000000000' }, NOW))
	await assert.rejects(asked, (cause) => cause instanceof Refusal && cause.code === 'citation_nothing_there')
})

test('an unknown region is refused with the names of those there are', async () => {
	await assert.rejects(
		loadRegion({ database: open.database, regionsFolder: REGIONS, region: 'atlantis', now: () => NOW, report: async () => undefined }),
		(cause) => cause instanceof Refusal && cause.code === 'region_unknown' && String(cause.parameters.regions).includes('sample'),
	)
})
