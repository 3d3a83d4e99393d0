import { error } from '@sveltejs/kit'
import { isEarlier, type Bilingual } from '#atlas'
import { findIndicator, readSeries, type Geography, type Indicator, type Series, type SeriesHead, type Source } from '#atlas/server'
import type { MapChoice } from '../map-choice.ts'

/** Why something that was asked for beside a map's numbers is not shown. */
export type MapNotice =
	| { code: 'boundaries'; vintage: string; year: number; own: number }
	| { code: 'not_earlier'; vintage: string; than: string }
	| { code: 'measure_boundaries'; name: Bilingual; year: number; own: number }
	| { code: 'one_at_a_time' }

/** What a map shows beside its own numbers: an earlier series of the same indicator, or the series of another. */
export interface MapCompanions {
	earlier?: Series | undefined
	other?: { indicator: Indicator; series: Series } | undefined
	notices: MapNotice[]
}

/** Who published what stands beside a map's own numbers; undefined where nothing does. */
export function publishedBeside({ change, pair }: { change: { earlier: Series } | undefined; pair: { series: Series } | undefined }, sources: readonly Source[]) {
	const series = change?.earlier ?? pair?.series
	const source = series && sources.find(({ key }) => key === series.source)
	return source && { key: source.key, publisher: source.publisher, title: source.title, vintage: source.vintage }
}

/** Reads what `?compare=…` and `?with=…` ask for, on the geography of the map only. Answers 404 for what does not exist. */
export async function readCompanions(database: App.Locals['database'], choice: MapChoice, listed: readonly SeriesHead[], head: SeriesHead, geography: Geography): Promise<MapCompanions> {
	if (choice.with && choice.with !== head.indicator) {
		const other = await readOther(database, choice.with, head, geography)
		if (choice.compare && choice.compare !== head.vintage) other.notices.push({ code: 'one_at_a_time' })
		return other
	}
	if (choice.compare && choice.compare !== head.vintage) return readEarlier(database, choice.compare, listed, head, geography)
	return { notices: [] }
}

async function readEarlier(database: App.Locals['database'], vintage: string, listed: readonly SeriesHead[], head: SeriesHead, geography: Geography): Promise<MapCompanions> {
	const those = listed.filter((series) => series.vintage === vintage)
	const same = those.find((series) => series.geography === head.geography)
	if (those.length === 0) error(404)
	if (!same) return { notices: [{ code: 'boundaries', vintage, year: those[0]!.geographyVintage, own: geography.vintage }] }
	if (!isEarlier(vintage, head.vintage)) return { notices: [{ code: 'not_earlier', vintage, than: head.vintage }] }
	const [earlier] = await readSeries(database, [same])
	return { earlier, notices: [] }
}

async function readOther(database: App.Locals['database'], key: string, head: SeriesHead, geography: Geography): Promise<MapCompanions> {
	const found = await findIndicator(database, key)
	if (!found) error(404)
	const here = found.series.filter((series) => series.geography === head.geography)
	const chosen = here.find((series) => series.vintage === head.vintage) ?? here[0]
	if (!chosen) return { notices: [{ code: 'measure_boundaries', name: found.indicator.name, year: found.series[0]!.geographyVintage, own: geography.vintage }] }
	const [series] = await readSeries(database, [chosen])
	return { other: { indicator: found.indicator, series: series! }, notices: [] }
}
