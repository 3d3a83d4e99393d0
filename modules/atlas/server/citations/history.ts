import type { CoreTables, Reader } from '#database'
import type { FrozenNumber, FrozenRank } from '../../citation.ts'
import type { TrendPoint } from '../../trend.ts'
import { readSeries, listSeries } from '../series.ts'
import type { AtlasTables } from '../tables.ts'
import { findSubject } from './subject.ts'

/** The cited number in every vintage that is loaded on its geography, oldest first; empty where the place is no more. */
export async function findHistory(reader: Reader<AtlasTables & CoreTables>, { indicator, place }: Pick<FrozenNumber | FrozenRank, 'indicator' | 'place'>): Promise<TrendPoint[]> {
	const name = { en: place.name, es: place.name }
	const subject = await findSubject(reader, place.geography, place.geoid, { region: name, state: name })
	if (!subject) return []
	const heads = (await listSeries(reader, indicator.key)).filter(({ geography }) => geography === subject.geography.key)
	const series = await readSeries(reader, heads)
	return series.map((one) => {
		const { estimate, moe } = subject.valueIn(one)
		return { vintage: one.vintage, estimate, margin: moe }
	}).sort((a, b) => a.vintage.localeCompare(b.vintage))
}
