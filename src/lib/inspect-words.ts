import type { Bilingual, Unit } from '#atlas'
import type { MapValues } from '#lib/map/choropleth.ts'
import { changeWords, verdictWord } from '#lib/change-words.ts'
import { formatMargin, formatValue } from '#lib/format.ts'
import { inLanguage } from '#lib/localized.ts'
import { m } from '#lib/paraglide/messages.js'

/** What two maps side by side say of a place: its name, and the number of each measure. */
export function besideWords(measures: readonly { name: Bilingual; unit: Unit; decimals: number; values: MapValues }[], index: number): string {
	const numbers = measures.map(({ name, unit, decimals, values }) => {
		const doubt = values.unreliable[index] ? ` (${m.map_unreliable()})` : ''
		return `${inLanguage(name)}: ${valueWords(values.values[index]!, values.margins[index], unit, decimals)}${doubt}`
	})
	const { names, counties } = measures[0]!.values
	return `${names[index]}, ${counties[index]}: ${numbers.join('; ')}`
}

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
