import { listAreas } from '#atlas/server'
import type { PageServerLoad } from './$types'

const SHOWN = 100

export const load: PageServerLoad = async ({ locals }) => listAreas(locals.database, { offset: 0, limit: SHOWN })
