import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { CoreTables, OpenDatabase } from '#database'
import { createTestDatabase } from '#database/testing'
import { summarizeProfile } from '#atlas'
import { findProfile, loadRegion, type Profile } from './index.ts'
import type { AtlasTables } from './tables.ts'

let open: OpenDatabase<AtlasTables & CoreTables>
let first: Profile

before(async () => {
	open = await createTestDatabase()
	await loadRegion({ database: open.database, regionsFolder: join(import.meta.dirname, '../../../regions'), region: 'sample', now: () => new Date('2026-03-01T12:00:00Z'), report: async () => undefined })
	const { geoid } = await open.database.selectFrom('atlas.place').select('geoid').where('geography', '=', 'tract-2020').where('in_region', '=', true).orderBy('ordinal').limit(1).executeTakeFirstOrThrow()
	first = (await findProfile(open.database, 'tract-2020', geoid))!
})
after(() => open.close())

test('a profile lists exactly the names that the database links to its place', async () => {
	const { ordinal } = first.place
	const linked = await open.database.selectFrom('atlas.name_place').select('name').where('geography', '=', 'tract-2020').where('ordinal', '=', ordinal).execute()
	assert.ok(linked.length > 0, 'the sample region names its first place')
	assert.deepEqual(first.names.map(({ key }) => key).sort(), linked.map(({ name }) => name).sort())
})

test('the percentile is the share of the other places of the region with a lower number, between 0 and 100', () => {
	const standings = first.rows.flatMap(({ standing }) => standing ?? [])
	assert.ok(standings.length > 10)
	for (const { rank, percentile, of } of standings) {
		assert.ok(percentile >= 0 && percentile <= 100)
		assert.ok(Math.round((percentile * (of - 1)) / 100) + rank <= of, 'those above, those below and the place itself are at most all')
	}
})

test('an unknown place has no profile', async () => {
	assert.equal(await findProfile(open.database, 'tract-2020', '00000000000'), undefined)
})

test('where a measure is known of groups apart, each is listed beside everybody in the place, and summary and similar places leave them out', async () => {
	const ofGroups = first.rows.flatMap(({ indicator }, i) => (indicator.definition.of ? [i] : []))
	assert.deepEqual(ofGroups.map((i) => first.rows[i]!.indicator.key), ['low-income-black', 'low-income-hispanic', 'low-income-white'])
	assert.ok(first.groups.length > 0)
	for (const { group, everybody, gap } of first.groups) {
		assert.ok(ofGroups.includes(group))
		assert.equal(first.rows[everybody]!.indicator.key, 'low-income')
		if (gap) assert.equal(gap.difference, first.rows[group]!.estimate - first.rows[everybody]!.estimate)
	}
	const { total } = summarizeProfile(first.rows)
	assert.equal(total, first.rows.filter(({ indicator, region }) => !indicator.definition.group && !indicator.definition.of && indicator.domain !== 'index' && region.how !== 'sum').length)
})
