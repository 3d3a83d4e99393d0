import { listDoor } from '#coalition/server'
import { getWorkPage } from '#lib/server/convening-page.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { convening, actor } = await getWorkPage({ locals, params, url }, 'check_in')
	const lines = await listDoor(locals.database, actor, params.id, { seesGuests: false }, new Date())
	const { id, title, startsAt, endsAt, zone, place, hosts } = convening
	return { convening: { id, title, startsAt, endsAt, zone, place, hosts }, guests: lines.map(({ person, name, partySize, answer, supports }) => ({ person, name, partySize, answer, supports })) }
}
