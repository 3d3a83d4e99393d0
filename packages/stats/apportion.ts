import { marginOfShare } from './acs-moe.ts'
import { allocationShares, targetCoverage, type ApportionOptions, type ApportionWeights } from './apportion-weights.ts'

/** Values of sources, with their margins of error at 90 % when they have any; NaN is "missing". */
export interface SourceValues {
	values: Float64Array
	margins?: Float64Array | undefined
}

export interface Apportioned {
	/** One value per target; NaN where it cannot be told. */
	values: Float64Array
	/** Lower bounds of the margins of error: the error of the weights themselves is not in them. Absent when the input has none. */
	margins: Float64Array | undefined
	/** Share of each target that sources with a value hold. */
	coverage: Float64Array
}

/** Why something was not apportioned: `code` names the sentence `error_<code>`, `parameters` what it speaks of. */
export class ApportionRefusal extends Error {
	readonly code: string
	readonly parameters: Record<string, string | number>

	constructor(code: string, parameters: Record<string, string | number>) {
		super(`${code} ${JSON.stringify(parameters)}`)
		this.name = 'ApportionRefusal'
		this.code = code
		this.parameters = parameters
	}
}

/**
 * Carries counts from sources to targets: v_j = Σ v_i · w_ij with margins √Σ (w_ij · MOE_i)². A missing source makes every target that it
 * touches missing (unless `maxMissingShare` allows), and a missing margin its margin. Errors: RangeError when lengths do not fit.
 */
export function apportionCounts(weights: ApportionWeights, { values, margins }: SourceValues, options: ApportionOptions = {}): Apportioned {
	checkLengths(weights, values, margins)
	const isKnown = (source: number) => values[source] === values[source]
	const { coverage, isTold } = targetCoverage(weights, isKnown, options)
	const shares = allocationShares(weights, options.allocate)
	const sums = sumOver(weights, (k, source) => (isKnown(source) ? shares[k]! * values[source]! : 0))
	const squares = margins && sumOver(weights, (k, source) => (isKnown(source) && shares[k]! > 0 ? (shares[k]! * margins[source]!) ** 2 : 0))
	return { values: told(sums, isTold), margins: squares && told(squares.map(Math.sqrt), isTold), coverage }
}

/**
 * Carries rates from sources to targets: the numerators (rate times universe) and the universes are apportioned as counts, each over the
 * sources where both are known, and divided. Rates may be shares, percentages or any amount per member of the universe. A source
 * whose universe is 0 holds nobody and adds nothing, whatever its rate. Margins of numerators follow from those of rate and universe
 * (a universe without margins is taken as exact), those of the result from the formula of a proportion.
 * Errors: ApportionRefusal `rate_without_universe`; RangeError when lengths do not fit.
 */
export function apportionRates(weights: ApportionWeights, column: string, rate: SourceValues, universe: SourceValues | undefined, options: ApportionOptions = {}): Apportioned {
	if (!universe) throw new ApportionRefusal('rate_without_universe', { column })
	checkLengths(weights, universe.values, universe.margins)
	const isEmpty = universe.values.map((people) => (people === 0 ? 1 : 0))
	const known = rate.values.map((value, source) => (isEmpty[source] ? 0 : value * universe.values[source]!))
	const universes = universe.values.map((people, source) => (known[source] === known[source] ? people : NaN))
	const universeMargins = universe.margins ?? (rate.margins && new Float64Array(universes.length))
	const numeratorMargins = rate.margins && universeMargins && rate.margins.map((moe, source) =>
		isEmpty[source] ? 0 : Math.hypot(universe.values[source]! * moe, rate.values[source]! * universeMargins[source]!),
	)
	const emptyFree = universeMargins?.map((moe, source) => (isEmpty[source] ? 0 : moe))
	const above = apportionCounts(weights, { values: known, margins: numeratorMargins }, options)
	const below = apportionCounts(weights, { values: universes, margins: numeratorMargins && emptyFree }, options)
	const values = above.values.map((numerator, target) => (below.values[target] === 0 ? NaN : numerator / below.values[target]!))
	const margins = above.margins?.map((moe, target) => marginOfShare(moe, values[target]!, { estimate: below.values[target]!, moe: below.margins![target]! }))
	return { values, margins, coverage: above.coverage }
}

function sumOver({ sources, targets, targetCount }: ApportionWeights, term: (k: number, source: number) => number): Float64Array {
	const sums = new Float64Array(targetCount)
	for (let k = 0; k < sources.length; k++) sums[targets[k]!] = sums[targets[k]!]! + term(k, sources[k]!)
	return sums
}

function told(values: Float64Array, isTold: Uint8Array): Float64Array {
	return values.map((value, target) => (isTold[target] ? value : NaN))
}

function checkLengths({ sourceCount }: ApportionWeights, values: Float64Array, margins: Float64Array | undefined): void {
	if (values.length !== sourceCount || (margins && margins.length !== sourceCount)) throw new RangeError(`expected ${sourceCount} values, one per source`)
}
