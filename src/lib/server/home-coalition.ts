import { findNewestGoal, listBodies, listConvenings, VISITOR, type CoalitionTables } from '#coalition/server'
import type { CoreTables, Reader } from '#database'
import { threadOf } from './thread.ts'

const BODIES_SHOWN = 6

/** What a newcomer sees of the coalition on the first page: open public bodies, what comes next, and the thread of the newest goal. */
export async function getHomeCoalition(reader: Reader<CoalitionTables & CoreTables>, now: Date) {
	const [bodies, convenings, goal] = await Promise.all([listBodies(reader, VISITOR, now), listConvenings(reader, VISITOR, { from: now }, now), findNewestGoal(reader)])
	const open = bodies.filter(({ visibility, closedAt }) => visibility === 'public' && !closedAt)
	const next = convenings.find(({ state }) => state === 'planned')
	return {
		bodies: open.slice(0, BODIES_SHOWN).map(({ slug, name, charter }) => ({ slug, name, aim: charter.aim })),
		more: open.length > BODIES_SHOWN,
		next: next && { id: next.id, title: next.title, startsAt: next.startsAt, zone: next.zone, hosts: next.hosts.map(({ name }) => name) },
		goal: goal && { id: goal.id, title: goal.title, body: goal.body, links: await threadOf(reader, `coalition:goal/${goal.id}`) },
	}
}
