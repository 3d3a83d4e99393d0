import { listRoles, VISITOR } from '#coalition/server'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => ({ roles: await listRoles(locals.database, VISITOR, { open: true }, new Date()) })
