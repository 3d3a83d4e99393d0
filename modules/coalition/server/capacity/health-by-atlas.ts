import { findCitation } from '#atlas/server'
import type { Reader } from '#database'
import type { HealthCount } from '../../capacity/index.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { listLinks } from '../find-links.ts'
import { findHubGaps } from '../hub-gaps.ts'

/** Open goals whose number was cited from an older vintage than the atlas has now, by body. */
export async function findOldNumbers(reader: Reader<CoalitionTables>, bodies: readonly string[]): Promise<Map<string, HealthCount>> {
	if (bodies.length === 0) return new Map()
	const goals = await reader.selectFrom('coalition.goal').select(['body', 'citation']).where('body', 'in', [...bodies]).where('closed_at', 'is', null).where('citation', 'is not', null).execute()
	const found = new Map<string, HealthCount>()
	for (const { body, citation } of goals) {
		const cited = await findCitation(reader, citation!)
		const { count, of } = found.get(body) ?? { count: 0, of: 0 }
		const isOld = cited?.now !== undefined && 'vintage' in cited.frozen && cited.now.vintage !== cited.frozen.vintage
		found.set(body, { count: count + (isOld ? 1 : 0), of: of + 1 })
	}
	return found
}

/** Worst gaps of hubs that call for a circle which the hub is not linked with, by hub. */
export async function findUnlinkedGaps(reader: Reader<CoalitionTables>, bodies: readonly string[], now: Date): Promise<Map<string, HealthCount>> {
	if (bodies.length === 0) return new Map()
	const hubs = await reader.selectFrom('coalition.body').select(['id', 'area']).where('id', 'in', [...bodies]).where('area', 'is not', null).execute()
	const found = new Map<string, HealthCount>()
	// One after another: each reads every measure of its area.
	for (const { id, area } of hubs) {
		const place = await findHubGaps(reader, area!, await listLinks(reader, id, now))
		if (place) found.set(id, { count: place.gaps.filter(({ unlinked }) => unlinked).length, of: place.gaps.length })
	}
	return found
}
