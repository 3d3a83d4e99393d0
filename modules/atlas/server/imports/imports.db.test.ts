import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Refusal, restoreBackup, verifyLedger, writeBackup } from '#database'
import { createEmptyDatabase } from '#database/testing'
import type { ColumnUse } from '../../imports/preparation.ts'
import { cite, findCitation, findGeography, findIndicator, findProfile, listIndicators, listSources, readSeries } from '../index.ts'
import { makeRegionFolder, writeChangedRegion } from '../load/testing/changed-region.ts'
import { findImport, listFindings, listImports } from './find-imports.ts'
import { describeImport, discardImport, OPEN_IMPORTS, planColumn, takeBadCellsAsMissing } from './preparations.ts'
import { withdrawImport } from './publish-import.ts'
import { ALEX, check, geoids, load, openRegion, prepare, publish, ROBIN, share, steps, upload, type Open } from './testing/bring.ts'

let open: Open
let tracts: string[]
before(async () => {
	open = await openRegion()
	tracts = await geoids(open, 'tract-2020')
})
after(() => open.close())

const refuses = (code: string) => (cause: unknown) => cause instanceof Refusal && cause.code === code
const withdraw = (id: string, actor = ROBIN) => open.database.transaction().execute((writer) => withdrawImport(writer, id, actor, new Date()))
const discard = (id: string, actor = ROBIN) => open.database.transaction().execute((writer) => discardImport(writer, id, actor))
const table = (cell: (i: number) => string = (i) => (i % 90).toFixed(1)) => ['GEOID,trees,trees_moe', ...tracts.map((geoid, i) => `${geoid},${cell(i)},${(i % 7) + 1}`)].join('\n')
const bring = async (name: string, content = table()) => {
	const id = await upload(open, content)
	await prepare(open, id, {}, [share('trees', name, 'trees_moe')])
	return id
}

test('a table becomes an indicator with values, margins, source and person, and leaves again without a trace on the maps', async () => {
	const id = await bring('Trees')
	assert.equal(await findIndicator(open.database, 'own-trees'), undefined, 'nobody sees it before it is added')
	await publish(open, id)
	const found = (await findIndicator(open.database, 'own-trees'))!
	assert.deepEqual(found.indicator.name, { en: 'Trees', es: 'Trees (en inglés)' })
	const [series] = await readSeries(open.database, found.series)
	assert.equal(series!.estimates[3], 3)
	assert.equal(series!.margins![3], 4)
	const source = (await listSources(open.database)).find(({ report }) => report.import === id)!
	assert.deepEqual([source.publisher, source.vintage, source.report.matched, source.rows], ['City of Harbor Bend', '2024', 250, 250])
	assert.equal((await findImport(open.database, id, undefined))!.begunByName, 'Robin')
	const profile = (await findProfile(open.database, 'tract-2020', tracts[3]!))!
	assert.equal(profile.rows.find(({ indicator }) => indicator.key === 'own-trees')!.estimate, 3)

	const citation = await open.database.transaction().execute((writer) => cite(writer, 'robin', { kind: 'number', indicator: 'own-trees', geography: 'tract-2020', geoid: tracts[3]! }, new Date()))
	await withdraw(id)
	assert.equal(await findIndicator(open.database, 'own-trees'), undefined)
	assert.ok(!(await listIndicators(open.database)).some(({ indicator }) => indicator.key === 'own-trees'))
	const kept = (await findCitation(open.database, citation))!
	assert.ok(kept.frozen.kind === 'number')
	assert.deepEqual([kept.frozen.estimate, kept.now, kept.intact], [3, undefined, true], 'the cited number stays')
	const { rows } = await open.pool.query('select encode(content_hash, \'hex\') as hash from atlas.import_series where import = $1', [id])
	assert.equal(rows[0].hash, kept.frozen.series.hash, 'the series is withdrawn, not erased')

	await publish(open, id)
	assert.equal((await findCitation(open.database, citation))!.now!.estimate, 3, 'redone under the same key')
	const { rows: events } = await open.pool.query('select kind from core.ledger where subject = $1 order by seq', [`atlas:import/${id}`])
	assert.deepEqual(events.map(({ kind }) => kind), ['import.published', 'import.withdrawn', 'import.published'])
	assert.equal((await verifyLedger(open.database)).verdict, 'whole')
	await withdraw(id)
})

test('nothing is added while a cell stands in the way; the report names row and column; the person may count it as missing', async () => {
	const cells: Record<number, string> = { 0: 'about 12', 1: '140', 2: '-3', 3: '-999', 4: '' }
	const id = await bring('Shade', table((i) => cells[i] ?? '50'))
	await assert.rejects(publish(open, id), refuses('import_rows_in_the_way'))
	assert.equal(await findIndicator(open.database, 'own-shade'), undefined)
	const findings = await listFindings(open.database, id)
	assert.deepEqual(findings.map(({ row, column, kind, blocks }) => [row, column, kind, blocks]), [
		[2, 'trees', 'not_a_number', true], [3, 'trees', 'share_over_100', true], [4, 'trees', 'negative_share', true], [5, 'trees', 'code', false],
	])
	await open.database.transaction().execute((writer) => takeBadCellsAsMissing(writer, id, ROBIN, true, new Date()))
	await publish(open, id)
	const [series] = await readSeries(open.database, (await findIndicator(open.database, 'own-shade'))!.series)
	assert.deepEqual([...series!.estimates.slice(0, 6)], [NaN, NaN, NaN, NaN, NaN, 50])
	assert.ok(Number.isNaN(series!.margins![0]!), 'no margin without its estimate')
	await withdraw(id)
})

test('damaged keys are repaired or named, a place that stands twice has no number, rows of other states are left out', async () => {
	const [a, b, c, d] = tracts as [string, string, string, string]
	const id = await upload(open, `GEO_ID,trees\n1400000US${a},1\n${b}.0,2\n${c},3\n${c},4\n9.9001E+10,5\n13121000100,6\n99999999999,7\n${d},8\n`)
	await prepare(open, id, {}, [share('trees', 'Damaged')])
	const checked = (await steps(open, id)).checked!.content
	assert.deepEqual([checked.rows, checked.matched, checked.repaired, checked.twice, checked.elsewhere, checked.unknown], [8, 4, 2, 1, 1, 2])
	assert.deepEqual((await listFindings(open.database, id)).map(({ row, kind }) => [row, kind]), [[2, 'key_repaired'], [3, 'key_repaired'], [5, 'key_twice'], [6, 'key_rounded'], [8, 'key_unknown']])
	await open.database.transaction().execute((writer) => takeBadCellsAsMissing(writer, id, ROBIN, true, new Date()))
	await publish(open, id)
	const [series] = await readSeries(open.database, (await findIndicator(open.database, 'own-damaged'))!.series)
	assert.deepEqual([...series!.estimates.slice(0, 4)], [1, 2, NaN, 8])
	await withdraw(id)
})

test('a table of 2010 tracts is not taken for 2020: the better match is named', async () => {
	const old = await geoids(open, 'tract-2010')
	const id = await upload(open, ['tract,trees', ...old.map((geoid, i) => `${geoid},${i % 100}`)].join('\n'))
	await prepare(open, id, { geography: 'tract-2020' }, [share('trees', 'Old trees')])
	await assert.rejects(publish(open, id), refuses('import_other_vintage'))
	await prepare(open, id, { geography: 'tract-2010' }, [])
	await publish(open, id)
	assert.equal((await findIndicator(open.database, 'own-old-trees'))!.series[0]!.geography, 'tract-2010')
	await withdraw(id)
})

test('further years of an indicator need its unit, and years that are not there yet', async () => {
	const years = (unit: ColumnUse['unit']): ColumnUse => ({ column: 'trees', unit, decimals: 1, becomes: { indicator: 'low-income' } })
	const id = await upload(open, table())
	await prepare(open, id, { years: '2020-2024' }, [])
	await assert.rejects(prepare(open, id, {}, [years('people')]), refuses('import_unit_differs'))
	await assert.rejects(prepare(open, id, {}, [{ ...years('percent'), becomes: { indicator: 'svi-2022' } }]), refuses('import_indicator_unknown'))
	await prepare(open, id, { years: '2020–2024' }, [years('percent')])
	await assert.rejects(publish(open, id), refuses('import_series_there'))
	await prepare(open, id, { years: '2031' }, [])
	await publish(open, id)
	assert.equal((await findIndicator(open.database, 'low-income'))!.series[0]!.vintage, '2031')
	await withdraw(id)
	assert.equal((await findIndicator(open.database, 'low-income'))!.series[0]!.vintage, '2020–2024')
})

test('a share is only joined to the counts that it is made of, and then counties and gaps work as for any other', async () => {
	const rows = tracts.map((geoid, i) => `${geoid},${(100 * (10 + (i % 80))) / 200},${10 + (i % 80)},200,400`)
	const id = await upload(open, ['GEOID,pct,n,households,people', ...rows].join('\n'))
	const use = (universe: string): ColumnUse => ({ ...share('pct', 'Joined'), parts: { numerator: 'n', universe } })
	await prepare(open, id, {}, [use('people')])
	await assert.rejects(publish(open, id), refuses('import_parts_differ'))
	await prepare(open, id, {}, [use('households')])
	await publish(open, id)
	const row = (await findProfile(open.database, 'tract-2020', tracts[0]!))!.rows.find(({ indicator }) => indicator.key === 'own-joined')!
	assert.deepEqual([row.estimate, row.region.how], [5, 'rate'])
	await withdraw(id)
})

test('an indicator that others added years to is not taken out before them', async () => {
	const first = await bring('Parks')
	await publish(open, first)
	const second = await upload(open, table())
	await prepare(open, second, { years: '2025' }, [{ column: 'trees', unit: 'percent', decimals: 1, becomes: { indicator: 'own-parks' } }])
	await publish(open, second)
	await assert.rejects(withdraw(first), refuses('import_indicator_in_use'))
	await withdraw(second)
	await withdraw(first)
	await assert.rejects(publish(open, second), refuses('import_indicator_unknown'))
})

test('only the person who brought it and administrators change, add or take it out; others see it when it is added', async () => {
	const other = { id: 'kim', administrator: false }
	const id = await bring('Benches')
	assert.equal(await findImport(open.database, id, other), undefined)
	assert.ok(!(await listImports(open.database, undefined)).some((one) => one.id === id))
	await assert.rejects(publish(open, id, other), refuses('import_not_yours'))
	await assert.rejects(discard(id, other), refuses('import_not_yours'))
	await publish(open, id, ALEX)
	assert.ok((await listImports(open.database, undefined)).some((one) => one.id === id && one.standing === 'published'))
	await assert.rejects(withdraw(id, other), refuses('import_not_yours'))
	await assert.rejects(discard(id), refuses('import_settled'))
	await assert.rejects(open.database.transaction().execute((writer) => planColumn(writer, id, ROBIN, 'trees', undefined, new Date())), refuses('import_settled'))
	await withdraw(id)
})

test('two at once: the same file added twice at the same moment becomes two indicators with two keys, one publication wins each', async () => {
	const [first, second] = [await bring('Twins'), await bring('Twins')]
	const outcomes = await Promise.allSettled([publish(open, first), publish(open, first), publish(open, second), publish(open, second, ALEX)])
	assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'fulfilled', 'rejected', 'rejected'])
	for (const outcome of outcomes) if (outcome.status === 'rejected') assert.ok(refuses('import_already_public')(outcome.reason))
	const keys = (await listIndicators(open.database)).map(({ indicator }) => indicator.key).filter((key) => key.startsWith('own-twins'))
	assert.deepEqual(keys.sort(), ['own-twins', 'own-twins-2'])
	await withdraw(first)
	await withdraw(second)
})

test('a plan that changed after its check is not published by the old check', async () => {
	const id = await bring('Stale')
	await open.database.transaction().execute((writer) => planColumn(writer, id, ROBIN, 'trees', { ...share('trees', 'Stale'), decimals: 0 }, new Date()))
	await assert.rejects(publish(open, id), refuses('import_not_checked'))
	await check(open, id)
	await publish(open, id)
	await withdraw(id)
})

test('discarding deletes the upload with the last import that needs it, and a person has a limited number in preparation', async () => {
	const kim = { id: 'kim-2', administrator: false }
	const bytes = async () => (await open.pool.query(`select count(*)::int as n from atlas.upload_piece p join atlas.upload u using (sha256) where u.bytes = 21`)).rows[0].n
	const own: string[] = []
	for (let i = 0; i < OPEN_IMPORTS; i++) own.push(await upload(open, `GEOID,v\n${tracts[0]},1`, 'same.csv', kim))
	await assert.rejects(upload(open, 'GEOID,v\n1,2', 'one-more.csv', kim), refuses('import_too_many'))
	assert.equal(await bytes(), 1, 'the same bytes are kept once')
	for (const id of own) await discard(id, kim)
	assert.equal(await bytes(), 0)
})

test('what people say is checked: publisher, name, licence, years, link, boundaries, key, names', async () => {
	const id = await upload(open, table())
	const good = { publisher: 'P', title: 'T', url: '', licence: 'L', years: '2024', geography: 'tract-2020', keyColumn: 'GEOID' }
	const say = (change: object) => open.database.transaction().execute((writer) => describeImport(writer, id, ROBIN, { ...good, ...change }, new Date()))
	await assert.rejects(say({ publisher: ' ' }), refuses('import_publisher_missing'))
	await assert.rejects(say({ title: '' }), refuses('import_title_missing'))
	await assert.rejects(say({ licence: '' }), refuses('import_licence_missing'))
	for (const years of ['', 'last year', '2022–2018', '22']) await assert.rejects(say({ years }), refuses('import_years_unclear'))
	await assert.rejects(say({ url: 'javascript:alert(1)' }), refuses('import_url_unclear'))
	await assert.rejects(say({ geography: 'tract-1990' }), refuses('import_geography_unknown'))
	await assert.rejects(say({ keyColumn: 'nothing' }), refuses('import_key_unknown'))
	await say({})
	await assert.rejects(prepare(open, id, {}, [share('trees', '')]), refuses('import_name_missing'))
	await assert.rejects(prepare(open, id, {}, [share('GEOID', 'Key')]), refuses('import_column_unknown'))
	await prepare(open, id, {}, [])
	await assert.rejects(publish(open, id), refuses('import_nothing_chosen'))
	await discard(id)
})

test('what people brought survives a reload of the region, and is set aside with its reason when the boundaries are another file', async () => {
	const folder = makeRegionFolder()
	const own = await openRegion()
	try {
		const id = await upload(own, table())
		await prepare(own, id, {}, [share('trees', 'Trees', 'trees_moe')])
		await publish(own, id)
		const before = (await findIndicator(own.database, 'own-trees'))!.series[0]!
		await load(own)
		assert.equal((await findIndicator(own.database, 'own-trees'))!.series[0]!.hash, before.hash)
		assert.equal((await findGeography(own.database, 'tract-2020'))!.places.length, 250)
		writeChangedRegion(folder, { boundaries: (json) => json.replace('"NAMELSAD":"Census Tract 101"', '"NAMELSAD":"Census Tract 101 (renamed)"') })
		await load(own, 'changed', folder, folder)
		assert.equal(await findIndicator(own.database, 'own-trees'), undefined)
		const aside = (await findImport(own.database, id, undefined))!
		assert.deepEqual([aside.standing, aside.steps.set_aside!.content.code], ['set_aside', 'import_boundaries_changed'])
		await assert.rejects(publish(own, id), refuses('import_boundaries_changed'))
		const half = await upload(own, table())
		await prepare(own, half, {}, [share('trees', 'Half')])
		await load(own)
		await assert.rejects(publish(own, half), refuses('import_boundaries_changed'), 'checked against places that are no more')
		await publish(own, id)
		assert.equal((await findIndicator(own.database, 'own-trees'))!.series[0]!.hash, before.hash, 'with the old boundaries it comes back')
	} finally {
		rmSync(folder, { recursive: true, force: true })
		await own.close()
	}
})

test('a backup carries what people bring: half prepared, published and withdrawn, with every byte', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'throughline-import-backup-'))
	const target = await createEmptyDatabase<never>()
	try {
		const [half, whole] = [await bring('Half'), await bring('Whole')]
		await publish(open, whole)
		const content = (from: Open) => from.pool.query(`select i.id, i.file_name, encode(p.data, 'hex') as bytes, (select string_agg(kind, ' ' order by ordinal) from atlas.import_step s where s.import = i.id) as steps
			from atlas.import i join atlas.upload_piece p using (sha256) order by i.id`).then(({ rows }) => rows)
		await writeBackup(open.pool, join(folder, 'atlas.throughline'), new Date())
		await restoreBackup(target as never, join(folder, 'atlas.throughline'))
		const restored = target as unknown as Open
		assert.deepEqual(await content(restored), await content(open))
		assert.equal((await findImport(restored.database, half, ROBIN))!.standing, 'checked')
		await publish(restored, half)
		assert.ok(await findIndicator(restored.database, 'own-half'), 'the sequence of steps goes on after a restore')
		await withdraw(whole)
		await discard(half)
	} finally {
		rmSync(folder, { recursive: true, force: true })
		await target.close()
	}
})
