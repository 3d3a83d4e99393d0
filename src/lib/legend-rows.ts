import type { Bilingual } from '#atlas'
import { formatNumber, formatValue } from '#lib/format.ts'
import { inLanguage } from '#lib/localized.ts'
import { m } from '#lib/paraglide/messages.js'
import type { MapLegendData, PairedMeasure } from '#lib/map-legend.ts'

export interface LegendRow {
	/** Position of the class, 0 for the lowest. */
	index: number
	/** Name of the colour, as in `MapLegendData.colours`. */
	colour: string
	/** What the class holds, in the language of the page. */
	words: string
	count: number
}

const CHANGES = [m.explorer_change_lower, m.explorer_change_within, m.explorer_change_higher, m.explorer_change_unknown]
const THIRDS = [m.explorer_third_0, m.explorer_third_1, m.explorer_third_2]

/** A third of a measure in a word: low, middle or high. */
export function thirdWord(third: number): string {
	return THIRDS[third]!()
}

/** A class of two measures in two words, the first measure's third first. */
export function thirdsInShort(index: number): string {
	return `${thirdWord(index % 3)} · ${thirdWord(Math.floor(index / 3))}`
}

/** The classes of a map in words, lowest first; the same for pages, embedded maps and printed sheets. */
export function legendRows(legend: MapLegendData, decimals: number): LegendRow[] {
	const { minimum, breaks, colours, counts, pair } = legend
	const range = (index: number) => `${formatNumber(index === 0 ? minimum : breaks[index - 1]!, decimals)} – ${formatNumber(breaks[index]!, decimals)}`
	const thirds = (index: number) => m.explorer_pair_class({ first: inLanguage(pair!.first.name), a: thirdWord(index % 3), second: inLanguage(pair!.second.name), b: thirdWord(Math.floor(index / 3)) })
	const words = (index: number) => (legend.kind === 'change' ? CHANGES[index]!() : legend.kind === 'pair' ? thirds(index) : range(index))
	const rows = colours.map((colour, index) => ({ index, colour, words: words(index), count: counts[index]! }))
	// That nothing could be told stands in the legend only where it is so.
	return legend.kind === 'change' ? rows.filter(({ index, count }) => index < 3 || count > 0) : rows
}

/** What a map shows, by name: one measure, or both of two. */
export function mapTitle({ pair }: MapLegendData, name: Bilingual): string {
	return pair ? m.explorer_pair_title({ first: inLanguage(pair.first.name), second: inLanguage(pair.second.name) }) : inLanguage(name)
}

/** The years that a map shows: one series, or the earlier and the later one. */
export function yearsOfMap({ change, pair }: MapLegendData, vintage: string): string {
	if (change) return `${change.before} · ${change.after}`
	return pair && pair.second.vintage !== vintage ? `${vintage} · ${pair.second.vintage}` : vintage
}

/** The alternative text of a map's picture. */
export function pictureWords(legend: MapLegendData, region: string, name: Bilingual, vintage: string): string {
	if (legend.change) return m.explorer_change_picture({ region, name: inLanguage(name), before: legend.change.before, after: legend.change.after })
	if (legend.pair) return m.explorer_pair_picture({ region, first: inLanguage(legend.pair.first.name), second: inLanguage(legend.pair.second.name) })
	return m.map_picture_alt({ region, name: inLanguage(name), vintage })
}

/** What a map of a change or of two measures finds, as a heading. */
export function besideFinding({ counts, change, pair }: MapLegendData, name: Bilingual, region: string): string {
	if (pair) return m.explorer_pair_finding({ first: inLanguage(pair.first.name), second: inLanguage(pair.second.name), both: formatNumber(counts[8]!), region })
	return m.explorer_change_finding({ name: inLanguage(name), before: change!.before, higher: formatNumber(counts[2]!), lower: formatNumber(counts[0]!) })
}

/** The sentence under that heading; `places` is how many the region has. */
export function besideLead({ counts, change, pair }: MapLegendData, places: string): string {
	if (pair) return m.explorer_pair_lead({ places, lows: formatNumber(counts[0]!) })
	return m.explorer_change_lead({ within: formatNumber(counts[1]!), places, before: change!.before, after: change!.after })
}

/** What a map of a change asks to bear in mind: shared years, and prices. */
export function changeNotes({ shared, dollars }: NonNullable<MapLegendData['change']>): string[] {
	const years = shared && (shared.first === shared.last ? m.explorer_change_shared_year({ first: shared.first }) : m.explorer_change_shared_years({ first: shared.first, last: shared.last }))
	return [...(years ? [years] : []), ...(dollars ? [m.explorer_change_dollars()] : [])]
}

const DIRECTIONS = { higher_is_worse: m.direction_higher_is_worse, higher_is_better: m.direction_higher_is_better, neither: m.direction_neither }

/** Where the thirds of a measure lie and which way it is worse. */
export function thirdsWords({ name, unit, decimals, vintage, direction, bounds: [low, high] }: PairedMeasure): string {
	const bounds = m.explorer_pair_thirds({ name: inLanguage(name), vintage, low: formatValue(low, unit, decimals), high: formatValue(high, unit, decimals) })
	return `${bounds} ${DIRECTIONS[direction]()}`
}
