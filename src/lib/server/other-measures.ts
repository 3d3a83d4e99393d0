import { DOMAINS, type Bilingual } from '#atlas'
import { listIndicators } from '#atlas/server'
import type { MapView } from './map-view.ts'

/** The measures that can be shown together with a map's own, those on the same boundaries, by domain. */
export async function listOthers(database: App.Locals['database'], view: MapView): Promise<{ domain: string; indicators: { key: string; name: Bilingual }[] }[]> {
	const listed = await listIndicators(database)
	const here = listed.filter(({ indicator, series }) => indicator.key !== view.indicator.key && series.some(({ geography }) => geography === view.geography.key))
	return [...DOMAINS, 'index']
		.map((domain) => ({ domain, indicators: here.filter(({ indicator }) => indicator.domain === domain).map(({ indicator: { key, name } }) => ({ key, name })) }))
		.filter(({ indicators }) => indicators.length > 0)
}
