import { error } from '@sveltejs/kit'
import { findOwnIndex } from '#atlas/server'
import type { RequestHandler } from './$types'

/** The recipe of one version as a file, for `./throughline index` and for other installations. */
export const GET: RequestHandler = async ({ params, locals, url }) => {
	const asked = url.searchParams.get('version')
	const found = await findOwnIndex(locals.database, params.id, asked === null ? undefined : Number(asked))
	if (!found) error(404)
	const { id, version, yaml } = found.index
	return new Response(yaml, { headers: { 'content-type': 'application/yaml; charset=utf-8', 'content-disposition': `attachment; filename="${id}-${version}.yml"` } })
}
