import type { Reader } from '#database'
import type { Standing, Visibility } from '../../bodies.ts'
import { may, type BodyAction, type Position } from '../../permissions.ts'
import { currentMemberships, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'

export interface ReachedBody {
	id: string
	slug: string
	name: string
	visibility: Visibility
}

/** How far somebody's reading goes: the bodies that they may know of, and of those the ones that they may read inside. */
export interface Reach {
	known: ReachedBody[]
	inside: ReachedBody[]
}

/** The reach of a reader, by the table of permissions; roles add nothing to what their standing lets them read. */
export async function findReach(reader: Reader<CoalitionTables>, actor: Actor, now: Date): Promise<Reach> {
	const [bodies, own] = await Promise.all([
		reader.selectFrom('coalition.body').select(['id', 'slug', 'name', 'visibility']).orderBy('name').orderBy('id').execute(),
		actor.person ? currentMemberships(reader, now).select(['body', 'standing']).where('person', '=', actor.person).execute() : [],
	])
	const base: Position[] = [actor.account || actor.person ? 'account' : 'visitor', ...(actor.administrator ? (['administrator'] as const) : [])]
	const mayIn = ({ id, visibility }: ReachedBody, action: BodyAction) => may([...base, ...own.filter(({ body }) => body === id).map(({ standing }): Standing => standing)], action, visibility)
	const known = bodies.filter((body) => mayIn(body, 'see_page'))
	return { known, inside: known.filter((body) => mayIn(body, 'see_inside')) }
}

/** Whether a question may be read: inside the asked body, or inside the asking one by whoever may know of the asked one. */
export function reachesQuestion({ known, inside }: Reach, { to, from }: { to: string; from: string }): boolean {
	const has = (list: ReachedBody[], id: string) => list.some((body) => body.id === id)
	return has(inside, to) || (has(inside, from) && has(known, to))
}
