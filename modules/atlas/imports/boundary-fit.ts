/** How well the keys of a table fit one geography. */
export interface BoundaryFit {
	geography: string
	/** Rows whose key is a place of the geography. */
	matched: number
	/** Rows that could be: those of the region's state, or all when none is. */
	rows: number
}

export const fitShare = ({ matched, rows }: BoundaryFit) => (rows === 0 ? 0 : matched / rows)

/** Below this share a table does not belong to any geography that is loaded. */
export const ENOUGH_FIT = 0.5

/** The geography that most rows fit; of equals the first, so pass the main one first. Undefined when too few rows fit any. */
export function bestFit(fits: readonly BoundaryFit[]): BoundaryFit | undefined {
	const best = fits.reduce<BoundaryFit | undefined>((found, fit) => (!found || fitShare(fit) > fitShare(found) ? fit : found), undefined)
	return best && fitShare(best) >= ENOUGH_FIT ? best : undefined
}

/** The geography that fits better than the stated one, if any: joining numbers of one vintage to places of another is refused. */
export function betterFit(fits: readonly BoundaryFit[], stated: string): BoundaryFit | undefined {
	const own = fits.find(({ geography }) => geography === stated)
	const best = bestFit(fits)
	return best && best.geography !== stated && (!own || fitShare(best) > fitShare(own)) ? best : undefined
}
