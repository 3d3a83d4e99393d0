import type { Reader } from '#database'
import { listIndicators, type Indicator } from './indicators.ts'
import { readSeries, type Series } from './series.ts'
import type { AtlasTables } from './tables.ts'

export interface PlaceColumn {
	indicator: Indicator
	series: Series
}

/** The newest series of every indicator on a geography, in the catalogue's order: what is known of its places, column by column. */
export async function listPlaceColumns(reader: Reader<AtlasTables>, geography: string): Promise<PlaceColumn[]> {
	const newest = (await listIndicators(reader)).flatMap(({ indicator, series }) => {
		const head = series.find((candidate) => candidate.geography === geography)
		return head ? [{ indicator, head }] : []
	})
	const series = await readSeries(reader, newest.map(({ head }) => head))
	return newest.map(({ indicator }, i) => ({ indicator, series: series[i]! }))
}
