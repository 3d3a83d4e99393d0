import type { Reader } from '#database'
import type { Bilingual, Direction, Unit } from '../domains.ts'
import { listSeries, type SeriesHead } from './series.ts'
import type { AtlasTables, IndicatorDefinition } from './tables.ts'

export interface Indicator {
	key: string
	domain: string
	name: Bilingual
	about: Bilingual
	unit: Unit
	direction: Direction
	definition: IndicatorDefinition
}

/** Indicators that have at least one series, in the catalogue's order, each with its series (the default one first). */
export async function listIndicators(reader: Reader<AtlasTables>): Promise<{ indicator: Indicator; series: SeriesHead[] }[]> {
	const [rows, series] = await Promise.all([reader.selectFrom('atlas.indicator').selectAll().orderBy('ordinal').execute(), listSeries(reader)])
	const byIndicator = Map.groupBy(series, ({ indicator }) => indicator)
	return rows.flatMap((row) => {
		const own = byIndicator.get(row.key)
		return own ? [{ indicator: toIndicator(row), series: own }] : []
	})
}

/** One indicator with its series, or undefined when it has none. */
export async function findIndicator(reader: Reader<AtlasTables>, key: string): Promise<{ indicator: Indicator; series: SeriesHead[] } | undefined> {
	const [row, series] = await Promise.all([reader.selectFrom('atlas.indicator').selectAll().where('key', '=', key).executeTakeFirst(), listSeries(reader, key)])
	return row && series.length > 0 ? { indicator: toIndicator(row), series } : undefined
}

function toIndicator(row: { key: string; domain: string; name: Bilingual; description: Bilingual; unit: Unit; direction: Direction; definition: IndicatorDefinition }): Indicator {
	return { key: row.key, domain: row.domain, name: row.name, about: row.description, unit: row.unit, direction: row.direction, definition: row.definition }
}
