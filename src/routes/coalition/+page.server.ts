import { may } from '#coalition'
import { listBodies, listCalls, positionsOf } from '#coalition/server'
import { readingActor } from '#lib/server/coalition-actor.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
	const [actor, now] = [await readingActor(locals), new Date()]
	const bodies = await listBodies(locals.database, actor, now)
	return {
		signedIn: actor.account !== undefined,
		calls: (await listCalls(locals.database, { open: true }, now)).map(({ id, title, place }) => ({ id, title, place })),
		bodies: bodies.map(({ slug, name, kind, closedAt, charter, people, organizations }) => ({ slug, name, kind, closedAt, aim: charter.aim, people, organizations })),
		mayFound: may(await positionsOf(locals.database, '', actor, now), 'found_body', 'public'),
	}
}
