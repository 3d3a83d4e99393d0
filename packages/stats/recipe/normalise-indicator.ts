import { goalposts, minMax, ranks, standardDeviationClasses, zScores } from '../normalise.ts'
import { percentileRanks } from '../percentile-ranks.ts'
import { roundColumn } from '../rounding.ts'
import type { ReferenceGroups } from './reference-groups.ts'
import type { Indicator, Normalisation, RankColumn } from './types.ts'

/** Applies `rule` to the rows of each group by themselves and puts the results back; rows of no group are missing. */
export function withinGroups(values: Float64Array, { groupOfRow, names }: ReferenceGroups, rule: (values: Float64Array) => Float64Array): Float64Array {
	if (names.length === 1 && groupOfRow.every((group) => group === 0)) return rule(values)
	const rowsOfGroup = names.map((): number[] => [])
	groupOfRow.forEach((group, row) => void (group >= 0 && rowsOfGroup[group]!.push(row)))
	const result = new Float64Array(values.length).fill(NaN)
	for (const rows of rowsOfGroup) {
		const within = rule(Float64Array.from(rows, (row) => values[row]!))
		rows.forEach((row, index) => void (result[row] = within[index]!))
	}
	return result
}

/** An indicator on its common scale: normalised within each group, reversed when less means more need, rounded if the recipe says so. */
export function normaliseIndicator(values: Float64Array, { normalise, direction }: Indicator, groups: ReferenceGroups): Float64Array {
	const reversed = direction === 'less'
	const { decimals } = normalise
	if (normalise.method === 'percentile') return roundColumn(percentiles(values, normalise, reversed, groups.groupOfRow), decimals)
	return roundColumn(withinGroups(values, groups, (part) => normaliseColumn(part, normalise, reversed)), decimals)
}

type PercentileNormalisation = Normalisation & { method: 'percentile' }

function percentiles(values: Float64Array, { rule, reverse }: PercentileNormalisation, reversed: boolean, groupOfRow: Int32Array): Float64Array {
	if (!reversed) return percentileRanks(values, rule, { groupOfRow })
	if (reverse === 'negate') return percentileRanks(values.map((value) => -value), rule, { groupOfRow })
	const top = rule === 'ejscreen' ? 100 : 1
	return percentileRanks(values, rule, { groupOfRow }).map((rank) => top - rank)
}

/** A rank over an aggregate, within each group. */
export function rankComposite(values: Float64Array, rank: RankColumn, groups: ReferenceGroups): Float64Array {
	return roundColumn(percentileRanks(values, rank.rule, { groupOfRow: groups.groupOfRow }), rank.decimals)
}

function normaliseColumn(values: Float64Array, normalise: Exclude<Normalisation, PercentileNormalisation>, reversed: boolean): Float64Array {
	const negated = () => (reversed ? values.map((value) => -value) : values)
	switch (normalise.method) {
		case 'z-score': return zScores(negated())
		case 'min-max': return reversed ? minMax(values, normalise.high, normalise.low) : minMax(values, normalise.low, normalise.high)
		case 'goalposts': {
			const [low, high] = reversed ? [normalise.high, normalise.low] : [normalise.low, normalise.high]
			return goalposts(values, normalise.from, normalise.to, low, high)
		}
		case 'standard-deviation-classes': {
			const classes = standardDeviationClasses(values)
			return reversed ? classes.map((value) => 4 - value) : classes
		}
		case 'rank': return ranks(negated())
		case 'none': return negated()
	}
}
