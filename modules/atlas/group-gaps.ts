import type { Estimate } from '@throughline/stats'
import { findGaps, type Comparison, type Gap } from './gaps.ts'

/** A measure of a place: of everybody, or of one group apart. */
export interface GroupMeasure extends Estimate {
	key: string
	direction: Comparison['direction']
	/** Of one group: the key of the measure of everybody, and that of the group. */
	of?: string
	among?: string
	/** Standard deviation over the places of the region. */
	standardDeviation: number
}

/** A measure of a group beside that of everybody in the same place; positions in the list of measures. */
export interface GroupComparison {
	group: number
	everybody: number
	/** What remains significant after control of the false-discovery rate; `index` is the position of the group's measure. */
	gap: Gap | undefined
}

/**
 * Groups beside everybody in the same place, in the order of the measures; a group without a number is left out. All of them are tested
 * together by Benjamini–Hochberg. Everybody includes the group, which makes the test cautious: the larger the group, the more.
 */
export function compareGroups(measures: readonly GroupMeasure[]): GroupComparison[] {
	const positions = new Map(measures.map(({ key }, position) => [key, position]))
	const pairs = measures.flatMap(({ of, estimate }, group) => {
		const everybody = of === undefined ? undefined : positions.get(of)
		return everybody === undefined || Number.isNaN(estimate) || Number.isNaN(measures[everybody]!.estimate) ? [] : [{ group, everybody }]
	})
	const { gaps } = findGaps(pairs.map(({ group, everybody }) => ({ direction: measures[group]!.direction, place: measures[group]!, area: measures[everybody]!, standardDeviation: measures[everybody]!.standardDeviation })))
	return pairs.map((pair, i) => {
		const gap = gaps.find(({ index }) => index === i)
		return { ...pair, gap: gap && { ...gap, index: pair.group } }
	})
}
