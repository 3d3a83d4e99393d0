import { listCalls } from '#coalition/server'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => ({ calls: await listCalls(locals.database, {}, new Date()) })
