import type { Bilingual } from '#atlas'
import { findAreaProfile } from '#atlas/server'
import type { Reader } from '#database'
import type { CoalitionTables } from './coalition-tables.ts'
import type { LinkView } from './find-links.ts'

/** Gaps of a hub that are shown, the widest first. */
const SHOWN = 5

export interface HubGap {
	indicator: { key: string; name: Bilingual; unit: string; domain: string }
	decimals: number
	estimate: number
	margin: number | undefined
	region: number
	difference: number
	/** A circle about its topic that the hub is not linked with. */
	unlinked: { slug: string; name: string } | undefined
}

/** A hub's place and its worst gaps, each with the circle that it calls for where they are not linked. */
export async function findHubGaps(reader: Reader<CoalitionTables>, area: string, links: readonly LinkView[]): Promise<{ areaName: string; gaps: HubGap[] } | undefined> {
	const profile = await findAreaProfile(reader, area)
	if (!profile) return undefined
	const circles = await reader.selectFrom('coalition.body').select(['id', 'slug', 'name', 'topic']).where('topic', 'is not', null).where('closed_at', 'is', null).where('visibility', '<>', 'private').orderBy('name').execute()
	const linked = new Set(links.filter(({ endedAt }) => !endedAt).flatMap(({ a, b }) => [a.id, b.id]))
	const gaps = profile.gaps.gaps.filter(({ worse }) => worse).slice(0, SHOWN).map(({ index, difference }): HubGap => {
		const { indicator, series, estimate, margin, region } = profile.rows[index]!
		const about = circles.filter(({ topic }) => topic === indicator.domain)
		const unlinked = about.some(({ id }) => linked.has(id)) ? undefined : about[0]
		const { key, name, unit, domain } = indicator
		return { indicator: { key, name, unit, domain }, decimals: series.decimals, estimate, margin, region: region.estimate, difference, unlinked: unlinked && { slug: unlinked.slug, name: unlinked.name } }
	})
	return { areaName: profile.area.name, gaps }
}
