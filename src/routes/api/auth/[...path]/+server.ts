import { handleAuthRequest } from '#people/server'
import type { RequestHandler } from './$types'

/** What passkeys in the browser call; forms go through the pages. */
const handle: RequestHandler = ({ request, locals, getClientAddress }) => handleAuthRequest(locals.auth, request, getClientAddress())

export const GET = handle
export const POST = handle
