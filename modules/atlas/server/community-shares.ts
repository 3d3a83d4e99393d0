import type { CoreTables, Reader } from '#database'
import type { Estimate } from '@throughline/stats'
import { apportionedValue } from '../areas.ts'
import { chosenParts, weighArea } from './areas/weigh-area.ts'
import { listGeographies } from './geographies.ts'
import { listPlaceColumns } from './place-columns.ts'
import { findGeography } from './places.ts'
import { figuresOf } from './series-figures.ts'
import type { AtlasTables } from './tables.ts'

export interface CommunityShares {
	/** The area's name; undefined for the region. */
	area: string | undefined
	/** Indicator → its share from 0 to 1 with its margin, and the years that it is of; left out where it is not known. */
	shares: Map<string, Estimate & { vintage: string }>
}

/** Shares of these indicators, which are percentages, in an area or, without one, in the region. Undefined for an unknown area and without a region. */
export async function findCommunityShares(reader: Reader<AtlasTables & CoreTables>, area: string | undefined, indicators: readonly string[]): Promise<CommunityShares | undefined> {
	const weighed = area === undefined ? undefined : await weighArea(reader, area)
	const main = area === undefined ? (await listGeographies(reader))[0] : undefined
	const geography = weighed?.geography ?? (main && (await findGeography(reader, main.key)))
	if (!geography || (area !== undefined && !weighed)) return undefined
	const columns = (await listPlaceColumns(reader, geography.key)).filter(({ indicator }) => indicators.includes(indicator.key) && indicator.unit === 'percent')
	const shares = columns.flatMap(({ indicator, series }) => {
		const { estimate, moe } = weighed ? apportionedValue(series, chosenParts(weighed).parts) : figuresOf(geography, series).region
		return Number.isNaN(estimate) ? [] : [[indicator.key, { estimate: estimate / 100, moe: moe / 100, vintage: series.vintage }] as const]
	})
	return { area: weighed?.area.name, shares: new Map(shares) }
}
