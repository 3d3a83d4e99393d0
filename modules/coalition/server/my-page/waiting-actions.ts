import { sql } from 'kysely'
import type { Reader } from '#database'
import type { Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import type { Waiting } from './waiting.ts'

/** What somebody took on, by themselves or for an organization that they speak for, and has not ended. */
export async function waitingOfActions(reader: Reader<CoalitionTables>, { person }: Actor): Promise<Waiting[]> {
	if (!person) return []
	const rows = await reader.selectFrom('coalition.action_item as item').innerJoin('coalition.body as body', 'body.id', 'item.body').leftJoin('coalition.action_end as ended', 'ended.item', 'item.id')
		.select(['item.id', 'what', 'body.name', 'body.slug', 'set_at', sql<string | null>`due_on::text`.as('due')]).where('ended.item', 'is', null).where('body.closed_at', 'is', null)
		.where((where) => where.or([where('item.person', '=', person), where.exists(where.selectFrom('coalition.representation as speaks').select('speaks.id').whereRef('speaks.organization', '=', 'item.organization').whereRef('speaks.body', '=', 'item.body').where('speaks.person', '=', person).where('speaks.ended_at', 'is', null))])).execute()
	return rows.map(({ what, name, slug, set_at, due }) => ({ kind: 'action', body: name, title: what, path: `/coalition/${slug}/actions`, since: set_at, due: due ?? undefined }))
}
