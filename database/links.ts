import type { Reader, Writer } from './connect.ts'
import type { CoreTables, LinkTable } from './tables.ts'
import type { Selectable } from 'kysely'

export type ThreadLink = Selectable<LinkTable>

/** Writes that `from` stands in `relation` to `to`. The later record writes it; saying it twice changes nothing. */
export async function linkRecords(
	writer: Writer<CoreTables>,
	link: { from: string; relation: string; to: string; at: Date; by: string },
): Promise<void> {
	await writer
		.insertInto('core.link')
		.values({ from_record: link.from, relation: link.relation, to_record: link.to, at: link.at, by: link.by })
		.onConflict((conflict) => conflict.columns(['from_record', 'relation', 'to_record']).doNothing())
		.execute()
}

/**
 * All links that can be reached from a record, walking both ways; at most `limit` records are visited. A record for which `endsAt` holds is
 * reached and not walked through: many threads touch it, as they touch a place, and are not one for that.
 */
export async function listThread(reader: Reader<CoreTables>, record: string, { limit = 500, endsAt = () => false }: { limit?: number; endsAt?: (record: string) => boolean } = {}): Promise<ThreadLink[]> {
	const seen = new Set([record])
	const links = new Map<number, ThreadLink>()
	let frontier = [record]
	while (frontier.length > 0 && seen.size < limit) {
		const found = await reader
			.selectFrom('core.link')
			.selectAll()
			.where((where) => where.or([where('from_record', 'in', frontier), where('to_record', 'in', frontier)]))
			.orderBy('id')
			.execute()
		frontier = []
		for (const link of found) {
			links.set(link.id, link)
			for (const end of [link.from_record, link.to_record]) {
				if (!seen.has(end)) {
					seen.add(end)
					if (!endsAt(end)) frontier.push(end)
				}
			}
		}
	}
	return [...links.values()].sort((a, b) => a.id - b.id)
}
