import { listPublicBodies } from '#coalition/server'
import type { PageServerLoad } from './$types'

const SHOWN = 6

export const load: PageServerLoad = async ({ locals }) => {
	const publicBodies = await listPublicBodies(locals.database, {}, new Date())
	const all = publicBodies.flatMap(({ commitments }) => commitments)
	return {
		publicBodies: publicBodies.map(({ id, slug, name, offices, commitments, quiet }) => ({ id, slug, name, offices: offices.length, quiet, commitments: commitments.map(({ rating, overdue }) => ({ rating, overdue })) })),
		latest: all.filter(({ ratedAt }) => ratedAt).sort((a, b) => b.ratedAt!.getTime() - a.ratedAt!.getTime()).slice(0, SHOWN),
		overdue: all.filter(({ overdue }) => overdue),
	}
}
