import type { CitedPlace, FrozenCitation, Unit } from '#atlas'
import { formatDate, formatMargin, formatNumber, formatValue } from '#lib/format.ts'
import { inLanguage } from '#lib/localized.ts'
import { m } from '#lib/paraglide/messages.js'
import { localizeHref } from '#lib/paraglide/runtime.js'

/** A value with its margin, as one text. */
export function valueWithMargin(estimate: number | null, margin: number | null, { unit, decimals }: { unit: Unit; decimals: number }): string {
	return [formatValue(estimate, unit, decimals), formatMargin(margin, decimals)].filter(Boolean).join(' ')
}

/** "Census Tract 35, Fulton County", or the name alone for a county or the region. */
export function placeWithCounty({ name, county }: CitedPlace): string {
	return county ? `${name}, ${county}` : name
}

/** Where a cited place has its page; counties and the region have none of their own. */
export function citedPlaceHref({ geography, geoid }: CitedPlace): string | undefined {
	if (geography === 'area') return localizeHref(`/areas/${geoid}`)
	if (geoid === 'region') return localizeHref('/')
	return geoid.length === 5 ? localizeHref(`/places?county=${geoid}`) : localizeHref(`/places/${geography}/${geoid}`)
}

/** What a citation is of, in a line. */
export function citationTitle(frozen: FrozenCitation): string {
	if (frozen.kind === 'profile') return m.cited_profile_title({ place: placeWithCounty(frozen.place) })
	if (frozen.kind === 'index') return frozen.place ? m.citation_title({ name: frozen.recipe.title, place: placeWithCounty(frozen.place) }) : m.cited_index_title({ name: frozen.recipe.title, region: inLanguage(frozen.region) })
	const name = inLanguage(frozen.indicator.name)
	if (frozen.kind === 'map') return m.cited_map_title({ name, region: inLanguage(frozen.region) })
	const title = m.citation_title({ name, place: placeWithCounty(frozen.place) })
	return frozen.kind === 'rank' ? m.cited_rank_title({ title }) : title
}

/** What it says, in a sentence without its source. */
export function citationFinding(frozen: FrozenCitation): string {
	if (frozen.kind === 'profile') return m.cited_profile_finding({ count: formatNumber(frozen.rows.filter(({ estimate }) => estimate !== null).length) })
	if (frozen.kind === 'index') {
		if (!frozen.standing) return m.cited_index_finding({ count: formatNumber(frozen.inputs.length), places: formatNumber(frozen.places), highest: frozen.highest[0]?.name ?? '' })
		return m.cited_rank_finding({ rank: formatNumber(frozen.standing.rank), of: formatNumber(frozen.standing.of), region: inLanguage(frozen.region), number: formatNumber(frozen.score!, 2) })
	}
	const value = (estimate: number | null, margin: number | null = null) => valueWithMargin(estimate, margin, frozen.indicator)
	if (frozen.kind === 'map') {
		const { lowest, middle, highest, places } = frozen.summary
		return m.cited_map_finding({ places: formatNumber(places ?? 0), lowest: value(lowest), middle: value(middle), highest: value(highest), vintage: frozen.vintage })
	}
	const number = `${value(frozen.estimate, frozen.margin)} (${frozen.vintage})`
	if (frozen.kind === 'number') return number
	const { rank, of, among } = frozen.standing
	return m.cited_rank_finding({ rank: formatNumber(rank), of: formatNumber(of), region: inLanguage(among), number })
}

/** Who published what it stands on. */
export function citationPublishers(frozen: FrozenCitation): string {
	return frozen.kind === 'profile' || frozen.kind === 'index' ? frozen.sources.map(({ publisher }) => publisher).join('; ') : frozen.source.publisher
}

/** The whole citation as one text to copy. */
export function citationText({ id, madeAt, frozen }: { id: string; madeAt: Date; frozen: FrozenCitation }, address: string): string {
	return m.cited_text({ title: citationTitle(frozen), finding: citationFinding(frozen), publisher: citationPublishers(frozen), id, date: formatDate(madeAt), url: address })
}
