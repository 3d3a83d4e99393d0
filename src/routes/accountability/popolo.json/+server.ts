import { json } from '@sveltejs/kit'
import { toPopolo } from '#coalition'
import { listPopoloFacts } from '#coalition/server'
import type { RequestHandler } from './$types'

/** Persons, organizations, posts and memberships as Popolo. */
export const GET: RequestHandler = async ({ locals, url }) =>
	json(toPopolo(await listPopoloFacts(locals.database, new Date()), url.origin), { headers: { 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=300' } })
