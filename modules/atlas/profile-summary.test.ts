import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Verdict } from './comparison.ts'
import { summarizeProfile, type SummarizedRow } from './profile-summary.ts'

const row = (region: Verdict, county: Verdict = region, change: Partial<SummarizedRow> = {}): SummarizedRow => ({
	indicator: { domain: 'health', definition: { group: false } }, estimate: 10, margin: 1, county: { how: 'rate', verdict: county }, region: { how: 'rate', verdict: region }, ...change,
})

test('a summary counts what differs from the county and from the region, each by itself', () => {
	const { total, county, region } = summarizeProfile([row('higher', 'within_margins'), row('lower', 'lower'), row('unknown', 'higher'), row('within_margins')])
	assert.equal(total, 4)
	assert.deepEqual(region, { higher: 1, lower: 1, within_margins: 1, unknown: 1 })
	assert.deepEqual(county, { higher: 1, lower: 1, within_margins: 2, unknown: 0 })
})

test('a missing number is counted as missing and as nothing else', () => {
	const { total, missing, region, unreliable } = summarizeProfile([row('unknown', 'unknown', { estimate: NaN, margin: undefined }), row('higher')])
	assert.deepEqual({ total, missing, region, unreliable }, { total: 2, missing: 1, region: { higher: 1, lower: 0, within_margins: 0, unknown: 0 }, unreliable: 0 })
})

test('a number whose margin is wide beside it is unreliable', () => {
	assert.equal(summarizeProfile([row('within_margins', 'within_margins', { estimate: 3, margin: 4 }), row('higher')]).unreliable, 1)
})

test('groups, indices and counts are no measures of the summary', () => {
	const group = row('higher', 'higher', { indicator: { domain: 'demographics', definition: { group: true } } })
	const index = row('higher', 'higher', { indicator: { domain: 'index', definition: { group: false } } })
	const people = row('lower', 'lower', { region: { how: 'sum', verdict: 'lower' } })
	assert.equal(summarizeProfile([group, index, people]).total, 0)
})

test('every measure is either missing or has one verdict against each area', () => {
	const verdict = fc.constantFrom<Verdict>('higher', 'lower', 'within_margins', 'unknown')
	fc.assert(
		fc.property(fc.array(fc.tuple(verdict, verdict, fc.boolean())), (measures) => {
			const { total, missing, county, region } = summarizeProfile(measures.map(([a, b, known]) => row(a, b, known ? {} : { estimate: NaN })))
			const sum = (verdicts: Record<Verdict, number>) => Object.values(verdicts).reduce((all, one) => all + one, missing)
			return total === measures.length && sum(county) === total && sum(region) === total
		}),
	)
})
