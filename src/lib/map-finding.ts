import type { Bilingual, Unit } from '#atlas'
import { inLanguage } from '#lib/localized.ts'
import { formatValue } from '#lib/format.ts'
import { besideFinding } from '#lib/legend-rows.ts'
import type { MapLegendData } from '#lib/map-legend.ts'
import { m } from '#lib/paraglide/messages.js'

interface Finding {
	indicator: { name: Bilingual; unit: Unit }
	legend: MapLegendData
	decimals: number
	summary: { lowest: number; highest: number }
	region: Bilingual
}

/** What a map shows, as its title says it. */
export function mapFinding({ indicator: { name, unit }, legend, decimals, summary, region }: Finding): string {
	if (legend.kind !== 'ranges') return besideFinding(legend, name, inLanguage(region))
	const value = (number: number) => formatValue(number, unit, decimals)
	const words = { name: inLanguage(name), region: inLanguage(region), low: value(summary.lowest), high: value(summary.highest) }
	return unit.startsWith('percent') ? m.map_finding_share(words) : m.map_finding(words)
}
