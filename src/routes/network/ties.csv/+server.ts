import { csvText } from '#atlas'
import { getNetwork } from '#lib/server/network-page.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ locals, url }) => {
	const { found, network } = await getNetwork(locals, url)
	const rows = [...network.from].map((one, tie) => [found.organizations[one]!.name, found.organizations[network.to[tie]!]!.name, String(network.strength[tie]), ...[0, 1, 2, 3].map((kind) => String(network.byKind[4 * tie + kind]))])
	return new Response(csvText([['organization', 'other', 'shared', 'bodies', 'statements', 'campaigns', 'links'], ...rows]), {
		headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="ties-${found.year}.csv"`, 'cache-control': 'private, no-cache' },
	})
}
