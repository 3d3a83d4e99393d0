import { Refusal, type Reader } from '#database'
import { readKey, type ReadKey } from '../../imports/repair-key.ts'
import type { BoundaryFit } from '../../imports/boundary-fit.ts'
import { findRegion } from '../regions.ts'
import type { AtlasTables } from '../tables.ts'

/** The places of the region's geographies by key, the main geography first. */
export interface PlaceKeys {
	state: string
	/** `file` is the checksum of the file that the geography was made from. */
	geographies: { key: string; file: string; ordinalOf: ReadonlyMap<string, number> }[]
}

/** Errors: `region_not_loaded`. */
export async function readPlaceKeys(reader: Reader<AtlasTables>): Promise<PlaceKeys> {
	const region = await findRegion(reader)
	if (!region) throw new Refusal('region_not_loaded', {})
	const rows = await reader
		.selectFrom('atlas.place as p')
		.innerJoin('atlas.geography as g', 'g.key', 'p.geography')
		.innerJoin('atlas.source as s', 's.key', 'g.source')
		.select(['p.geography', 'p.geoid', 'p.ordinal', 's.sha256'])
		.orderBy('g.main', 'desc')
		.orderBy('g.vintage', 'desc')
		.orderBy('p.ordinal')
		.execute()
	const byGeography = Map.groupBy(rows, ({ geography }) => geography)
	return { state: region.state.geoid, geographies: [...byGeography].map(([key, places]) => ({ key, file: places[0]!.sha256, ordinalOf: new Map(places.map(({ geoid, ordinal }) => [geoid, ordinal])) })) }
}

/** Whether a key that is no place of ours names one of another state, as tables of the whole country do. */
export function isElsewhere({ key, fault }: ReadKey, { state, geographies }: PlaceKeys): boolean {
	if (fault !== 'unknown' || !/^\d+$/.test(key)) return false
	const digits = geographies[0]!.ordinalOf.keys().next().value!.length
	return (key.length === digits || key.length === digits - 1) && !key.padStart(digits, '0').startsWith(state)
}

/** Counts, row by row, how the keys of a table fit every geography. */
export class FitCounter {
	private readonly keys: PlaceKeys
	private readonly matched: number[]
	private rows = 0

	constructor(keys: PlaceKeys) {
		this.keys = keys
		this.matched = keys.geographies.map(() => 0)
	}

	count(cell: string): void {
		const reads = this.keys.geographies.map(({ ordinalOf }) => readKey(cell, (key) => ordinalOf.has(key)))
		if (reads.every((read) => read.fault && isElsewhere(read, this.keys))) return
		this.rows++
		reads.forEach((read, i) => void (read.fault ?? this.matched[i]!++))
	}

	get fits(): BoundaryFit[] {
		return this.keys.geographies.map(({ key }, i) => ({ geography: key, matched: this.matched[i]!, rows: this.rows }))
	}
}
