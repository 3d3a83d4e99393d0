import { getWorkPage } from '#lib/server/convening-page.ts'
import type { PageServerLoad } from './$types'

/** The page holds no guest: the list comes apart from it, into the store of the telephone. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { convening, can } = await getWorkPage({ locals, params, url }, 'check_in')
	const { id, title, startsAt, endsAt, zone } = convening
	return { convening: { id, title, startsAt, endsAt, zone }, seesGuests: can('see_guests') }
}
