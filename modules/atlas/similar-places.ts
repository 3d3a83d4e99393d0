/** A measure by which places are compared, with its standard deviation over the places compared. */
export interface SimilarityMeasure {
	key: string
	/** In place order; NaN is missing. */
	estimates: Float64Array
	standardDeviation: number
}

export interface SimilarPlace {
	ordinal: number
	/** Root of the mean squared difference, in standard deviations, over the measures that both have. */
	distance: number
	/** Measures that both have. */
	compared: number
}

/** Fewer measures than these say too little about a place. */
export const FEWEST_MEASURES = 3
/** Of the measures that the place has, a similar one must have at least this part. */
export const LEAST_SHARE = 0.75

/**
 * The places nearest to one by standardized measures, nearest first, at most `limit`; of equals the one first in place order. Measures
 * that the place lacks, or that do not differ anywhere, are left out: `used` names the others. Nothing is filled in for missing values:
 * a place that lacks more than a quarter of the measures is not compared. Margins are not taken into account.
 */
export function findSimilarPlaces(measures: readonly SimilarityMeasure[], ordinal: number, among: readonly number[], limit = 5): { used: string[]; places: SimilarPlace[] } {
	const used = measures.filter(({ estimates, standardDeviation }) => !Number.isNaN(estimates[ordinal]!) && standardDeviation > 0)
	if (used.length < FEWEST_MEASURES) return { used: [], places: [] }
	const places = among.flatMap((other) => {
		const found = other === ordinal ? undefined : distanceOf(used, ordinal, other)
		return found && found.compared >= LEAST_SHARE * used.length ? [{ ordinal: other, ...found }] : []
	})
	places.sort((a, b) => a.distance - b.distance || a.ordinal - b.ordinal)
	return { used: used.map(({ key }) => key), places: places.slice(0, limit) }
}

function distanceOf(measures: readonly SimilarityMeasure[], a: number, b: number): { distance: number; compared: number } {
	let [squares, compared] = [0, 0]
	for (const { estimates, standardDeviation } of measures) {
		const difference = (estimates[a]! - estimates[b]!) / standardDeviation
		if (Number.isNaN(difference)) continue
		squares += difference * difference
		compared++
	}
	return { distance: Math.sqrt(squares / compared), compared }
}
