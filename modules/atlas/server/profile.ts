import type { Reader } from '#database'
import { compare, standingIn, type AreaValue, type Standing, type Verdict } from '../comparison.ts'
import { compareGroups, type GroupComparison } from '../group-gaps.ts'
import { findGaps, type Comparison, type Gap } from '../gaps.ts'
import type { PlaceName } from '../names.ts'
import { listIndicators, type Indicator } from './indicators.ts'
import { findGeography, type Geography, type Place } from './places.ts'
import { readSeries, type Series, type SeriesHead } from './series.ts'
import { figuresOf, type SeriesFigures } from './series-figures.ts'
import type { AtlasTables } from './tables.ts'
import { takeTurns } from './take-turns.ts'

export interface ProfileRow {
	indicator: Indicator
	series: SeriesHead
	estimate: number
	margin: number | undefined
	county: AreaValue & { verdict: Verdict }
	region: AreaValue & { verdict: Verdict }
	state: AreaValue & { verdict: Verdict }
	/** Among the places of the region; undefined for a place that is none of them. */
	standing: Standing | undefined
	/** Earlier vintages on the same geography, oldest first. */
	history: { vintage: string; estimate: number; margin: number | undefined; verdict: Verdict }[]
}

export interface Profile {
	place: Place
	geography: Geography
	/** The names that stand for this place, in the order of their sources. */
	names: PlaceName[]
	rows: ProfileRow[]
	/** Against the region, over the rows' measures; `index` is the position in `rows`. */
	gaps: { gaps: Gap[]; tested: number; untested: number }
	/** Groups beside everybody in this place; positions in `rows`. */
	groups: GroupComparison[]
}

/** Everything known of a place: each indicator's newest series on its geography beside county, region and state. Undefined for an unknown place. */
export async function findProfile(reader: Reader<AtlasTables>, geographyKey: string, geoid: string): Promise<Profile | undefined> {
	const geography = await findGeography(reader, geographyKey)
	const place = geography?.places.find((candidate) => candidate.geoid === geoid)
	if (!geography || !place) return undefined
	const listed = (await listIndicators(reader)).map(({ indicator, series }) => ({ indicator, series: series.filter((head) => head.geography === geographyKey) }))
	const known = listed.filter(({ series }) => series.length > 0)
	const values = await readSeries(reader, known.flatMap(({ series }) => series))
	const byIndicator = Map.groupBy(values, ({ indicator }) => indicator)
	const pause = takeTurns()
	const rows: ProfileRow[] = []
	const comparisons: Comparison[] = []
	for (const { indicator } of known) {
		const own = byIndicator.get(indicator.key)!
		const figures = figuresOf(geography, own[0]!)
		const row = makeRow(indicator, own, place, figures)
		rows.push(row)
		comparisons.push({
			// A group's share of the people is neither good nor bad, an index is made of the measures beside it, and a count is no part of a sum's size.
			direction: indicator.definition.group || indicator.domain === 'index' || figures.region.how === 'sum' ? 'neither' : indicator.direction,
			place: { estimate: row.estimate, moe: row.margin ?? NaN },
			area: row.region,
			standardDeviation: figures.standardDeviation,
		})
		await pause()
	}
	const gaps = findGaps(comparisons)
	const groups = compareGroups(rows.map(({ indicator: { key, direction, definition: { of, among } }, estimate, margin }, i) => ({ key, direction, of, among, estimate, moe: margin ?? NaN, standardDeviation: comparisons[i]!.standardDeviation })))
	const names = geography.names.filter(({ ordinals }) => ordinals.includes(place.ordinal))
	return { place, geography, names, rows, gaps, groups }
}

function makeRow(indicator: Indicator, [newest, ...earlier]: Series[], { ordinal, countyGeoid, inRegion }: Place, figures: SeriesFigures): ProfileRow {
	const series = newest!
	const own = valueAt(series, ordinal)
	const beside = (area: AreaValue) => ({ ...area, verdict: compare(own, area) })
	const history = earlier.toReversed().map((past) => {
		const then = valueAt(past, ordinal)
		return { vintage: past.vintage, estimate: then.estimate, margin: marginAt(past, ordinal), verdict: compare(own, then) }
	})
	const { geography, geographyVintage, main, vintage, version, source, decimals, hash } = series
	return {
		indicator, series: { indicator: indicator.key, geography, geographyVintage, main, vintage, version, source, decimals, hash }, estimate: own.estimate, margin: marginAt(series, ordinal),
		county: beside(figures.counties.get(countyGeoid)!), region: beside(figures.region), state: beside(figures.state),
		standing: inRegion ? standingIn(figures.sorted, own.estimate) : undefined,
		history,
	}
}

function valueAt(series: Series, ordinal: number) {
	return { estimate: series.estimates[ordinal]!, moe: series.margins?.[ordinal] ?? NaN }
}

function marginAt(series: Series, ordinal: number): number | undefined {
	const margin = series.margins?.[ordinal]
	return margin === undefined || Number.isNaN(margin) ? undefined : margin
}
