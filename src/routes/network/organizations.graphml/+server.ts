import { getNetwork } from '#lib/server/network-page.ts'
import { graphmlOf } from '#lib/server/network-graphml.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ locals, url }) => {
	const { found, network } = await getNetwork(locals, url)
	return new Response(graphmlOf(found, network), {
		headers: { 'content-type': 'application/graphml+xml; charset=utf-8', 'content-disposition': `attachment; filename="organizations-${found.year}.graphml"`, 'cache-control': 'private, no-cache' },
	})
}
