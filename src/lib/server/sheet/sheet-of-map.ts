import { getDrawing, listSources } from '#atlas/server'
import { domainName } from '#lib/domain-names.ts'
import { formatDate, formatNumber, formatValue, unitName } from '#lib/format.ts'
import { besideLead, changeNotes, legendRows, mapTitle, thirdsInShort, thirdsWords, yearsOfMap } from '#lib/legend-rows.ts'
import { inLanguage } from '#lib/localized.ts'
import { mapFinding } from '#lib/map-finding.ts'
import { noticeSentence } from '#lib/map-notice.ts'
import { m } from '#lib/paraglide/messages.js'
import { drawLayers, styleOf } from '../map-picture.ts'
import { publishedBeside } from '../map-companions.ts'
import type { MapView } from '../map-view.ts'
import type { Sheet } from './draw-sheet.ts'

const DIRECTIONS = { higher_is_worse: m.direction_higher_is_worse, higher_is_better: m.direction_higher_is_better, neither: m.direction_neither }
const CLASSES = {
	quantile: m.classes_quantile, 'natural-breaks': m.classes_natural_breaks, 'equal-interval': m.classes_equal_interval,
	'standard-deviation': m.classes_standard_deviation, manual: m.sheet_classes_own,
}

/** The sheet of a map in the language of the request. `address` is where the same view stands. */
export async function sheetOfMap(locals: App.Locals, view: MapView, address: string, now: Date): Promise<Sheet> {
	const { indicator, series, summary, choice } = view
	const [drawing, sources] = await Promise.all([getDrawing(locals.database, view.geography.key), listSources(locals.database)])
	const region = locals.region!
	const source = sources.find(({ key }) => key === series.source)!
	const beside = publishedBeside(view, sources)
	const middle = formatValue(summary.middle, indicator.unit, series.decimals)
	return {
		eyebrow: [inLanguage(region.name), domainName(indicator.domain), yearsOfMap(view.legend, series.vintage)].join(' · '),
		title: mapFinding({ indicator, legend: view.legend, decimals: series.decimals, summary, region: region.name }),
		lead: `${view.legend.kind === 'ranges' ? m.map_middle({ places: formatNumber(summary.places), middle }) : besideLead(view.legend, formatNumber(summary.places))} ${inLanguage(indicator.about)}`,
		legend: legendOf(view),
		foot: [
			...view.notices.map(noticeSentence),
			...(region.fictional ? [m.sample_notice()] : []),
			m.map_source_line({ publisher: source.publisher, title: inLanguage(source.title), vintage: source.vintage }),
			...(beside && beside.key !== source.key ? [m.map_source_line({ publisher: beside.publisher, title: inLanguage(beside.title), vintage: beside.vintage })] : []),
			`${view.legend.kind === 'ranges' ? `${m.sheet_method({ classes: CLASSES[choice.method]() })} ` : ''}${series.margins ? m.legend_margins() : m.legend_no_margins()}${choice.show.length > 0 ? ` ${m.sheet_some_classes()}` : ''}`,
			m.sheet_made({ date: formatDate(now), address }),
		],
		map: { layers: drawLayers(view, drawing), style: styleOf(view.legend.colours, 'light'), width: drawing.width, height: drawing.height },
	}
}

function legendOf({ indicator, series, legend, summary, choice }: MapView): Sheet['legend'] {
	const places = (count: number) => (count === 1 ? m.legend_places_one() : m.legend_places({ count: formatNumber(count) }))
	const { universe } = indicator.definition
	const middle = legend.middle && (legend.middle.how === 'rate' ? m.explorer_middle_rate : m.explorer_middle_place)({ value: formatValue(legend.middle.value, indicator.unit, series.decimals) })
	return {
		title: mapTitle(legend, indicator.name),
		unit: legend.pair ? '' : universe ? m.legend_unit_of({ unit: unitName(indicator.unit), universe: inLanguage(universe) }) : unitName(indicator.unit),
		rows: legendRows(legend, series.decimals).map(({ index, colour, words, count }) => {
			const hidden = choice.show.length > 0 && !choice.show.includes(index)
			return { colour: hidden ? undefined : colour, words: legend.pair ? thirdsInShort(index) : words, count: hidden ? m.explorer_class_hidden() : places(count) }
		}),
		hatched: summary.unreliable > 0 ? `${m.legend_hatched()}: ${places(summary.unreliable)}` : '',
		missing: summary.missing > 0 ? `${m.legend_missing()}: ${places(summary.missing)}` : '',
		notes: [...(middle ? [middle] : []), ...besideNotes(legend), ...(legend.pair ? [] : [DIRECTIONS[indicator.direction]()])],
	}
}

/** What has to be known of a change or of two measures. */
function besideNotes({ change, pair }: MapView['legend']): string[] {
	if (pair) return [pair.first, pair.second].map(thirdsWords)
	return change ? [m.explorer_change_legend({ before: change.before, after: change.after }), ...changeNotes(change)] : []
}
