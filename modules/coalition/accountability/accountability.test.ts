import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DUE_RULES, dueDay } from './due.ts'
import { isDivision } from './findings.ts'
import { toPopolo } from './popolo.ts'
import { quietPeriodOn } from './quiet-mode.ts'
import { GIVEN_RATINGS, isOverdue, ratingFault } from './ratings.ts'

const day = fc.date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2060-12-31T00:00:00Z'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10))

test('soon is three months, the coming months are six, and a day that a shorter month lacks is its last one', () => {
	const termEnds = '2030-12-31'
	const due = (rule: (typeof DUE_RULES)[number], madeOn: string) => dueDay(rule, { madeOn, stated: '2027-05-05', termEnds })
	assert.deepEqual(['2026-11-30', '2027-11-30', '2026-01-31'].map((madeOn) => due('soon', madeOn)), ['2027-02-28', '2028-02-29', '2026-04-30'])
	assert.equal(due('coming_months', '2026-08-31'), '2027-02-28')
	assert.deepEqual([due('stated', '2026-01-01'), due('term_end', '2026-01-01')], ['2027-05-05', termEnds])
	assert.equal(dueDay('coming_months', { madeOn: '2026-11-15', stated: '', termEnds: '2026-12-31' }), '2026-12-31', 'not after the term')
})

test('by its rule nothing falls due before the day on which it was promised, nor after the term', () => {
	fc.assert(fc.property(fc.constantFrom('soon', 'coming_months', 'term_end'), day, day, (rule, one, other) => {
		const [madeOn, termEnds] = one < other ? [one, other] : [other, one]
		const due = dueDay(rule, { madeOn, stated: '', termEnds })
		assert.ok(madeOn <= due && due <= termEnds, `${madeOn} ${due} ${termEnds}`)
	}))
})

test('kept is all of it by the day, compromise three quarters or all of it late; all or nothing knows no part', () => {
	const fault = (rating: (typeof GIVEN_RATINGS)[number], sharePercent: number | undefined, doneOn: string | undefined, more = {}) => ratingFault({ rating, sharePercent, doneOn }, { dueOn: '2026-06-30', allOrNothing: false, today: '2026-07-15', abandoned: false, ...more })
	assert.equal(fault('kept', 100, '2026-06-30'), undefined)
	assert.equal(fault('kept', 99, '2026-06-30'), 'verdict_kept_in_part')
	assert.equal(fault('kept', 100, '2026-07-01'), 'verdict_late')
	assert.equal(fault('kept', 100, undefined), 'verdict_done_day_missing')
	assert.equal(fault('kept', undefined, '2026-06-01'), 'verdict_share_missing')
	assert.equal(fault('compromise', 75, undefined), undefined)
	assert.equal(fault('compromise', 74.9, undefined), 'verdict_too_little')
	assert.equal(fault('compromise', 90, undefined, { allOrNothing: true }), 'verdict_all_or_nothing')
	assert.equal(fault('compromise', 100, '2026-07-01', { allOrNothing: true }), undefined)
	assert.equal(fault('broken', undefined, undefined), undefined)
	assert.equal(fault('broken', undefined, undefined, { today: '2026-06-30' }), 'verdict_not_due')
	assert.equal(fault('broken', undefined, undefined, { today: '2026-06-01', abandoned: true }), undefined)
})

test('a promise is overdue on the day after its day by itself, until it is settled', () => {
	const over = (rating: 'kept' | 'stalled' | 'not_yet_rated' | 'broken' | 'compromise' | 'in_the_works') => ['2026-06-30', '2026-07-01'].map((today) => isOverdue({ dueOn: '2026-06-30', rating }, today))
	for (const rating of ['not_yet_rated', 'in_the_works', 'stalled'] as const) assert.deepEqual(over(rating), [false, true], rating)
	for (const rating of ['kept', 'compromise', 'broken'] as const) assert.deepEqual(over(rating), [false, false], rating)
})

test('a public body is quiet from so many days before an election until the day after it', () => {
	const on = (today: string, days = 60) => quietPeriodOn(['2026-11-03', '2026-12-01'], days, today)
	assert.equal(on('2026-09-03'), undefined)
	assert.deepEqual(on('2026-09-04'), { from: '2026-09-04', until: '2026-11-04', election: '2026-11-03' })
	assert.equal(on('2026-10-20')!.until, '2026-12-02', 'where two overlap, the one that lasts longer')
	assert.equal(on('2026-12-02')!.election, '2026-12-01')
	assert.equal(on('2026-12-03'), undefined)
	assert.deepEqual([on('2026-11-02', 0), on('2026-11-04', 0)?.from], [undefined, '2026-11-03'])
})

test('a division is an identifier of Open Civic Data', () => {
	for (const text of ['ocd-division/country:us', 'ocd-division/country:us/state:ga/place:atlanta', 'ocd-division/country:us/state:ga/county:fulton/council_district:4']) assert.ok(isDivision(text), text)
	for (const text of ['', 'atlanta', 'ocd-division/country:USA', 'ocd-division/country:us/', 'ocd-division/country:us/state', `ocd-division/country:us/place:${'a'.repeat(300)}`]) assert.ok(!isDivision(text), text)
})

test('Popolo joins the terms of one person in one public body, and no party is told', () => {
	const office = { id: 'of-1', publicBody: 'pb-1', post: 'Mayor', division: 'ocd-division/country:us' }
	const term = (id: string, holder: string, beginsOn: string) => ({ id, office: 'of-1', holder, beginsOn, endsOn: '2030-01-01' })
	const popolo = toPopolo({ publicBodies: [{ id: 'pb-1', name: 'City', slug: 'city' }], offices: [office], terms: [term('ot-1', 'Ada Moss', '2020-01-01'), term('ot-2', 'Ada Moss', '2025-01-01'), term('ot-3', 'Bo Lee', '2026-01-01')] }, 'https://example.org')
	assert.deepEqual(popolo.persons.map(({ name }) => name), ['Ada Moss', 'Bo Lee'])
	assert.deepEqual(popolo.memberships.map(({ person_id }) => person_id), ['person-of-ot-1', 'person-of-ot-1', 'person-of-ot-3'])
	assert.ok(popolo.memberships.every(({ post_id, organization_id }) => post_id === 'of-1' && organization_id === 'pb-1'))
	assert.doesNotMatch(JSON.stringify(popolo), /party|on_behalf_of/)
})
