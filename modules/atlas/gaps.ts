import { benjaminiHochberg, twoSidedPValue, zOfDifference, type Estimate } from '@throughline/stats'
import type { Direction } from './domains.ts'

/** One measure of a place beside the same measure of an area. */
export interface Comparison {
	direction: Direction
	place: Estimate
	area: Estimate
	/** Standard deviation of the measure over the places of the area: the yardstick. */
	standardDeviation: number
}

export interface Gap {
	/** Position in the list of comparisons. */
	index: number
	/** Place minus area, in the unit of the measure, with its margin at 90 %. */
	difference: number
	margin: number
	/** The difference in standard deviations of the places of the area; positive is worse for the people who live there. */
	standardized: number
	/** Chance of so large a difference without any gap, after control of the false-discovery rate over all measures tested. */
	adjustedP: number
	worse: boolean
}

/** Of the gaps shown, at most one in twenty is expected to be none. */
export const FALSE_DISCOVERY_RATE = 0.05

/**
 * The gaps of a place: differences from the area that remain significant after Benjamini–Hochberg over all measures that have a better
 * and a worse side and margins on both, the worst first. The area contains the place, and the covariance this brings is left out, which
 * makes the test slightly cautious. Measures that cannot be tested are counted, never guessed.
 */
export function findGaps(comparisons: readonly Comparison[]): { gaps: Gap[]; tested: number; untested: number } {
	const judged = comparisons.flatMap((comparison, index) => (comparison.direction === 'neither' || Number.isNaN(comparison.place.estimate) ? [] : [{ comparison, index }]))
	const testable = judged.filter(({ comparison: { place, area } }) => !Number.isNaN(zOfDifference(place, area)))
	const adjusted = benjaminiHochberg(Float64Array.from(testable, ({ comparison: { place, area } }) => twoSidedPValue(zOfDifference(place, area))))
	const gaps = testable.flatMap(({ comparison, index }, i) => (adjusted[i]! <= FALSE_DISCOVERY_RATE ? [describe(comparison, index, adjusted[i]!)] : []))
	gaps.sort((a, b) => b.standardized - a.standardized || a.index - b.index)
	return { gaps, tested: testable.length, untested: judged.length - testable.length }
}

function describe({ direction, place, area, standardDeviation }: Comparison, index: number, adjustedP: number): Gap {
	const difference = place.estimate - area.estimate
	const worse = direction === 'higher_is_worse' === difference > 0
	const size = standardDeviation > 0 ? Math.abs(difference) / standardDeviation : 0
	return { index, difference, margin: Math.hypot(place.moe, area.moe), standardized: worse ? size : -size, adjustedP, worse }
}
