import { welchInterval } from '@throughline/stats'
import type { SurveyItem } from './instrument.ts'

/** Below so many answers nothing is shown, of a wave or of one question. */
export const LEAST_ANSWERS = 5
/** Fewest questions over which the spread is taken: over a few it would tell of one of them. */
const LEAST_ITEMS = 10
/** The spread is never said to be less, and nothing is said of one that is more. */
const [LEAST_SPREAD, MOST_SPREAD] = [0.8, 1.6]
const LEVEL = 0.95

/** How often each answer from 1 to 5 was given. */
export type AnswerCounts = readonly [number, number, number, number, number]

export interface PublishedItem {
	item: SurveyItem
	/** From 1 to 5, rounded to `step`; null below five answers. */
	mean: number | null
	step: number | null
	/** How many answered it, as far as is told: between `atLeast` and `atMost`; null below five. */
	atLeast: number | null
	atMost: number | null
}

/** What is told of a wave, to everybody and for good. Everything else about it can be computed from this. */
export interface PublishedWave {
	asked: number
	/** Null below five: then nothing else is told. */
	answered: number | null
	items: PublishedItem[]
	/** Standard deviation of the answers to a question, over all questions that are shown, rounded up; null where it is not told. */
	spread: number | null
}

/**
 * What a mean is rounded to where between `atMost - 4` and `atMost` answered: so coarse that neither how many skipped a question nor how many gave
 * an answer can be known to be from 1 to 4. The steps were found by trying every possible set of answers; the test tries them again.
 */
export function stepOf(atMost: number): number {
	if (atMost >= 14) return 0.1
	if (atMost >= 7) return 0.2
	return atMost === 6 ? 0.25 : 1
}

/** What may be told of a wave whose questions were answered so: counts by question, `answered` forms of `asked` people. */
export function publishWave(asked: number, answered: number, counts: ReadonlyMap<SurveyItem, AnswerCounts>, items: readonly SurveyItem[]): PublishedWave {
	if (answered < LEAST_ANSWERS) return { asked, answered: null, items: items.map((item) => ({ item, ...UNTOLD })), spread: null }
	return { asked, answered, items: items.map((item) => ({ item, ...publishItem(answered, counts.get(item) ?? [0, 0, 0, 0, 0]) })), spread: spreadOf(items.map((item) => counts.get(item) ?? [0, 0, 0, 0, 0])) }
}

const UNTOLD = { mean: null, step: null, atLeast: null, atMost: null }
const sizeOf = (counts: AnswerCounts): number => counts.reduce((sum, one) => sum + one, 0)

/** One question: its mean, and how many answered to the nearest five below the whole. */
export function publishItem(answered: number, counts: AnswerCounts): Omit<PublishedItem, 'item'> {
	const size = sizeOf(counts)
	if (size < LEAST_ANSWERS) return UNTOLD
	const atMost = answered - 5 * Math.floor((answered - size) / 5)
	const step = stepOf(atMost)
	return { mean: roundTo(meanOf(counts), step), step, atLeast: Math.max(LEAST_ANSWERS, atMost - 4), atMost }
}

export const meanOf = (counts: AnswerCounts): number => counts.reduce((sum, count, n) => sum + count * (n + 1), 0) / sizeOf(counts)

/** Halves go up; the sum beside keeps what binary fractions lose. */
const roundTo = (value: number, step: number): number => Number((Math.floor(value / step + 0.5 + 1e-9) * step).toFixed(2))

function spreadOf(all: readonly AnswerCounts[]): number | null {
	const shown = all.filter((counts) => sizeOf(counts) >= LEAST_ANSWERS)
	if (shown.length < LEAST_ITEMS) return null
	const variance = shown.reduce((sum, counts) => sum + varianceOf(counts), 0) / shown.length
	const rounded = Math.max(LEAST_SPREAD, Number((Math.ceil(Math.sqrt(variance) * 10 - 1e-9) / 10).toFixed(1)))
	return rounded > MOST_SPREAD ? null : rounded
}

export function varianceOf(counts: AnswerCounts): number {
	const mean = meanOf(counts)
	return counts.reduce((sum, count, n) => sum + count * (n + 1 - mean) ** 2, 0) / (sizeOf(counts) - 1)
}

export interface ItemChange {
	item: SurveyItem
	/** The newer mean less the older. */
	difference: number
	/** Half of the interval, with what both roundings may have moved. */
	margin: number
	/** Whether the difference exceeds the margin; nothing else is said to be a change. */
	changed: boolean
}

/** What changed from an older wave to a newer one, from nothing but what is published of both: so it tells no more than they do. */
export function compareWaves(older: PublishedWave, newer: PublishedWave): ItemChange[] {
	if (older.spread === null || newer.spread === null) return []
	return newer.items.flatMap((now): ItemChange[] => {
		const before = older.items.find(({ item }) => item === now.item)
		if (!before || before.mean === null || now.mean === null) return []
		const welch = welchInterval({ mean: before.mean, standardDeviation: older.spread!, count: before.atLeast! }, { mean: now.mean, standardDeviation: newer.spread!, count: now.atLeast! }, LEVEL)
		const margin = welch.margin + (before.step! + now.step!) / 2
		const difference = Number(welch.difference.toFixed(2))
		return [{ item: now.item, difference, margin, changed: Math.abs(difference) > margin }]
	})
}
