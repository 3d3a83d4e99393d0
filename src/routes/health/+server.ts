import { json } from '@sveltejs/kit'
import type { RequestHandler } from './$types'

/** Whether the server answers and which region it has: for monitors and for tests that wait. */
export const GET: RequestHandler = ({ locals }) => json({ status: 'ok', region: locals.region?.key ?? null })
