import { formatNumber } from '#lib/format.ts'
import type { MapLegendData } from '#lib/map-legend.ts'

export interface LegendRow {
	/** Position of the class, 0 for the lowest. */
	index: number
	/** Name of the colour, as in `MapLegendData.colours`. */
	colour: string
	/** What the class holds, in the language of the page. */
	words: string
	count: number
}

/** The classes of a map in words, lowest first; the same for pages, embedded maps and printed sheets. */
export function legendRows(legend: MapLegendData, decimals: number): LegendRow[] {
	const { minimum, breaks, colours, counts } = legend
	const words = (index: number) => `${formatNumber(index === 0 ? minimum : breaks[index - 1]!, decimals)} – ${formatNumber(breaks[index]!, decimals)}`
	return colours.map((colour, index) => ({ index, colour, words: words(index), count: counts[index]! }))
}
