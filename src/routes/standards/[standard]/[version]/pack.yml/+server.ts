import { getStandard } from '#lib/server/standard-view.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ locals, params, url, request }) => {
	const { text, sha256, pack } = await getStandard(locals, params, url.searchParams.get('edition'))
	const headers = { etag: `"${sha256}"`, 'cache-control': 'no-cache' }
	if (request.headers.get('if-none-match') === headers.etag) return new Response(null, { status: 304, headers })
	return new Response(text, { headers: { ...headers, 'content-type': 'application/yaml; charset=utf-8', 'content-disposition': `attachment; filename="${pack.standard}-${pack.version}-${pack.edition}.yml"` } })
}
