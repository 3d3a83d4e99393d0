import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { medianFromBins } from './acs-median.ts'
import {
	coefficientOfVariationPercent, differSignificantly, differenceOfEstimates, marginFromReplicates, percentChange, productOfEstimates, proportionOfEstimates,
	ratioOfEstimates, reliabilityGrade, sumOfEstimates, zOfDifference, type Estimate,
} from './acs-moe.ts'
import { roundTo } from './rounding.ts'
import { sharedFile } from './testing/shared-data.ts'

interface GoldenRecord {
	op: string
	estimate: number
	moe: number
	places?: number
	sampling_percentage?: number
	[input: string]: unknown
}

const golden = sharedFile('spatial-stats/expected_acs_moe.json')
const records: GoldenRecord[] = golden.skip ? [] : JSON.parse(readFileSync(golden.path, 'utf8')).records
const pair = (value: unknown): Estimate => ({ estimate: (value as number[])[0]!, moe: (value as number[])[1]! })
const pairs = (value: unknown) => (value as unknown[]).map(pair)

const OPERATIONS: Record<string, (record: GoldenRecord) => Estimate> = {
	sum: ({ inputs }) => sumOfEstimates(pairs(inputs)),
	proportion: ({ numerator, denominator_terms }) => proportionOfEstimates(pair(numerator), sumOfEstimates(pairs(denominator_terms))),
	ratio: ({ numerator_terms, denominator }) => ratioOfEstimates(sumOfEstimates(pairs(numerator_terms)), pair(denominator)),
	product: ({ inputs }) => productOfEstimates(pairs(inputs)[0]!, pairs(inputs)[1]!),
	percent_change: ({ old, new: now }) => percentChange(pair(old), pair(now)),
	median_from_bins: ({ bins, sampling_percentage }) =>
		medianFromBins((bins as number[][]).map(([minimum, maximum, count]) => ({ minimum: minimum!, maximum: maximum!, count: count! })), { samplingPercent: sampling_percentage! }),
}

test('the published examples of margin arithmetic hold', { skip: golden.skip }, () => {
	assert.equal(records.length, 8)
	for (const record of records) {
		const { estimate, moe } = OPERATIONS[record.op]!(record)
		const printed = (value: number) => (record.places === undefined ? value : roundTo(value, record.places))
		assert.ok(Math.abs(printed(estimate) - record.estimate) < 1e-9 * Math.abs(record.estimate), `${record.op}: ${estimate}`)
		assert.ok(Math.abs(printed(moe) - record.moe) < 1e-9 * record.moe, `${record.op}: ± ${moe}`)
	}
})

test('zero estimates add one margin, the largest; tidycensus adds each distinct one; "all" adds every one', () => {
	const terms = [{ estimate: 0, moe: 22 }, { estimate: 0, moe: 22 }, { estimate: 0, moe: 29 }, { estimate: 41, moe: 37 }]
	assert.equal(sumOfEstimates(terms).moe, Math.sqrt(37 ** 2 + 29 ** 2))
	assert.equal(sumOfEstimates(terms, 'tidycensus').moe, Math.sqrt(37 ** 2 + 29 ** 2 + 22 ** 2))
	assert.equal(sumOfEstimates(terms, 'all').moe, Math.sqrt(37 ** 2 + 29 ** 2 + 2 * 22 ** 2))
})

test('a proportion whose radicand is negative takes the plus sign', () => {
	const denominator = { estimate: 100, moe: 50 }
	const { estimate, moe } = proportionOfEstimates({ estimate: 90, moe: 10 }, denominator)
	assert.equal(estimate, 0.9)
	assert.equal(moe, Math.sqrt(100 + 0.81 * 2500) / 100)
	assert.equal(moe, ratioOfEstimates({ estimate: 90, moe: 10 }, denominator).moe)
})

test('a denominator of zero makes share and margin missing, never infinite', () => {
	for (const divide of [proportionOfEstimates, ratioOfEstimates]) {
		const { estimate, moe } = divide({ estimate: 0, moe: 12 }, { estimate: 0, moe: 12 })
		assert.deepEqual([estimate, moe], [NaN, NaN])
	}
})

test('missing input never turns into a number', () => {
	const gap = { estimate: NaN, moe: 3 }
	const there = { estimate: 5, moe: 2 }
	for (const result of [sumOfEstimates([gap, there]), differenceOfEstimates(gap, there), proportionOfEstimates(gap, there), ratioOfEstimates(there, gap), productOfEstimates(gap, there)]) {
		assert.equal(result.estimate, NaN)
	}
	assert.equal(differSignificantly(gap, there), false)
})

test('variance replicates give 1.645 · √(0.05 · Σ squared differences) for eighty of them', () => {
	const replicates = Array.from({ length: 80 }, (_, index) => 100 + (index % 2 ? 3 : -3))
	assert.ok(Math.abs(marginFromReplicates(100, replicates) - 1.645 * Math.sqrt(0.05 * 80 * 9)) < 1e-12)
	assert.throws(() => marginFromReplicates(1, []), RangeError)
})

test('significance compares the difference with 1.645 standard errors', () => {
	assert.equal(differSignificantly({ estimate: 10, moe: 3 }, { estimate: 15, moe: 4 }), false)
	assert.equal(differSignificantly({ estimate: 10, moe: 3 }, { estimate: 15.01, moe: 4 }), true)
	assert.equal(zOfDifference({ estimate: 1, moe: 0 }, { estimate: 1, moe: 0 }), 0)
	assert.equal(zOfDifference({ estimate: 1, moe: 0 }, { estimate: 2, moe: 0 }), Infinity)
})

test('reliability follows the coefficient of variation and its thresholds', () => {
	assert.ok(Math.abs(coefficientOfVariationPercent({ estimate: 100, moe: 1.645 * 12 }) - 12) < 1e-12)
	assert.equal(reliabilityGrade({ estimate: 100, moe: 1.645 * 11.9 }), 'high')
	assert.equal(reliabilityGrade({ estimate: 100, moe: 1.645 * 12.1 }), 'medium')
	assert.equal(reliabilityGrade({ estimate: 100, moe: 1.645 * 41 }), 'low')
	assert.equal(reliabilityGrade({ estimate: 100, moe: 1.645 * 15 }, [15, 30]), 'high')
	assert.equal(reliabilityGrade({ estimate: 0, moe: 12 }), 'unknown')
	assert.equal(reliabilityGrade({ estimate: 0, moe: 0 }), 'high')
})

test('a median needs observations, and a margin needs both limits in closed bins', () => {
	assert.throws(() => medianFromBins([{ minimum: 0, maximum: 1, count: 0 }], { samplingPercent: 12.5 }), RangeError)
	assert.equal(medianFromBins([{ minimum: 0, maximum: 10, count: 4 }], { samplingPercent: 12.5 }).moe, NaN)
	assert.equal(medianFromBins([{ minimum: 0, maximum: 10, count: 4 }], { samplingPercent: 12.5 }).estimate, 5)
})

test('the margin of a sum is at least every margin in it and at most their total', () => {
	const estimate = fc.record({ estimate: fc.integer({ min: 1, max: 1e6 }), moe: fc.integer({ min: 0, max: 1e5 }) })
	fc.assert(fc.property(fc.array(estimate, { minLength: 1, maxLength: 8 }), (terms) => {
		const { moe } = sumOfEstimates(terms)
		assert.ok(moe >= Math.max(...terms.map((term) => term.moe)) - 1e-6)
		assert.ok(moe <= terms.reduce((sum, term) => sum + term.moe, 0) + 1e-6)
	}))
})
