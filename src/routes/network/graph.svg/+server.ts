import { m } from '#lib/paraglide/messages.js'
import { getNetwork } from '#lib/server/network-page.ts'
import { drawNetwork } from '#lib/server/network-picture.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ locals, url }) => {
	const { found, network } = await getNetwork(locals, url)
	const frame = url.searchParams.get('frame') === 'narrow' ? 'narrow' : 'wide'
	return new Response(drawNetwork(network, found.organizations.map(({ name }) => name), frame, m.network_picture({ year: found.year })), { headers: { 'content-type': 'image/svg+xml; charset=utf-8', 'cache-control': 'private, no-cache' } })
}
