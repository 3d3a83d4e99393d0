/**
 * How a set of source areas lies across a set of target areas, pair by pair, in any order: entry k joins source sources[k] to target
 * targets[k]. Shares are of area, or of people when the weights were made from a population.
 */
export interface ApportionWeights {
	sourceCount: number
	targetCount: number
	sources: Uint32Array
	targets: Uint32Array
	/** Share of the whole source that lies in the target, 0 to 1. */
	sourceShares: Float64Array
	/** Share of the whole target that lies in the source, 0 to 1. */
	targetShares: Float64Array
}

/** How much of a source's count is given out: all of it, what its covered share holds, or (`covered`) all of it where targets cover the source but for differences of drawing. */
export const ALLOCATE_RULES = ['covered', 'total', 'area'] as const
export type AllocateRule = (typeof ALLOCATE_RULES)[number]

/** A source counts as covered when the shares of its targets sum to 1 within this. */
const DRAWING_TOLERANCE = 0.05

export interface ApportionOptions {
	/** Default `covered`. */
	allocate?: AllocateRule
	/** A target is missing when sources without a value hold more than this share of what sources hold of it (default 0: any). */
	maxMissingShare?: number
	/** A target is missing when sources with a value hold less than this share of it (default 0). */
	minCoverage?: number
}

/**
 * The part of each source's count that goes to each target, entry by entry. `total` makes the parts of a source sum to 1 over the
 * targets it meets, `area` takes the shares as they are, `covered` is `total` for sources whose shares sum to 0.95 to 1.05 and `area`
 * for the others: those lie partly outside, or under targets that overlap.
 */
export function allocationShares({ sourceCount, sources, sourceShares }: ApportionWeights, allocate: AllocateRule = 'covered'): Float64Array {
	if (allocate === 'area') return sourceShares
	const sums = new Float64Array(sourceCount)
	for (let k = 0; k < sources.length; k++) sums[sources[k]!] = sums[sources[k]!]! + sourceShares[k]!
	return sourceShares.map((share, k) => {
		const sum = sums[sources[k]!]!
		return sum > 0 && (allocate === 'total' || Math.abs(sum - 1) <= DRAWING_TOLERANCE) ? share / sum : share
	})
}

/** Of each target: the share held by sources for which `isKnown`, and whether a value may be told under the options. */
export function targetCoverage(weights: ApportionWeights, isKnown: (source: number) => boolean, options: ApportionOptions = {}): { coverage: Float64Array; isTold: Uint8Array } {
	const { maxMissingShare = 0, minCoverage = 0 } = options
	const coverage = new Float64Array(weights.targetCount)
	const missing = new Float64Array(weights.targetCount)
	for (let k = 0; k < weights.sources.length; k++) {
		const held = isKnown(weights.sources[k]!) ? coverage : missing
		held[weights.targets[k]!] = held[weights.targets[k]!]! + weights.targetShares[k]!
	}
	const isTold = Uint8Array.from(coverage, (known, target) =>
		known > 0 && missing[target]! <= maxMissingShare * (known + missing[target]!) && known >= minCoverage - 1e-9 ? 1 : 0,
	)
	return { coverage: coverage.map((known) => Math.min(1, known)), isTold }
}
