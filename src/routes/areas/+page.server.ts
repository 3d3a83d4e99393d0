import { listAreas } from '#atlas/server'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => ({ areas: await listAreas(locals.database) })
