import type { Unit } from '#atlas'
import type { MapValues } from '#lib/map/choropleth.ts'
import { changeWords, verdictWord } from '#lib/change-words.ts'
import { formatMargin, formatValue } from '#lib/format.ts'
import { inLanguage } from '#lib/localized.ts'
import { m } from '#lib/paraglide/messages.js'

/** What a map says of a place that is pointed at: its name, its number, and what stands beside it. */
export function inspectWords(values: MapValues, index: number, unit: Unit, decimals: number): string {
	const value = values.values[index]!
	const parts = [valueWords(value, values.margins[index], unit, decimals)]
	if (values.verdicts) {
		const change = changeWords(values.changes![index]!, values.changeMargins![index], unit, decimals)
		parts.push(m.explorer_inspect_change({ before: values.earlierVintage!, value: formatValue(values.earlierValues![index], unit, decimals), change, verdict: verdictWord(values.verdicts[index]!) }))
	}
	if (values.other) parts.push(`${inLanguage(values.other.name)}: ${valueWords(values.otherValues![index]!, values.otherMargins![index], values.other.unit, values.other.decimals)}`)
	const doubt = values.unreliable[index] ? ` (${m.map_unreliable()})` : ''
	return `${values.names[index]}, ${values.counties[index]}: ${parts.join('; ')}${doubt}`
}

function valueWords(value: number | null, margin: number | null | undefined, unit: Unit, decimals: number): string {
	return value === null ? m.map_no_data() : `${formatValue(value, unit, decimals)} ${formatMargin(margin, decimals)}`
}
