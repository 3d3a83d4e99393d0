import { may } from '#coalition'
import { listBodies, positionsOf, type Actor } from '#coalition/server'

/** Bodies that may stand as hosts beside one: open ones for which this person may convene. */
export async function listCoHosts({ database }: App.Locals, actor: Actor, body: string): Promise<{ id: string; slug: string; name: string }[]> {
	const now = new Date()
	const others = (await listBodies(database, actor, now)).filter(({ id, closedAt }) => id !== body && !closedAt)
	const allowed = await Promise.all(others.map(async ({ id, visibility }) => may(await positionsOf(database, id, actor, now), 'convene', visibility)))
	return others.filter((_, n) => allowed[n]).map(({ id, slug, name }) => ({ id, slug, name }))
}
