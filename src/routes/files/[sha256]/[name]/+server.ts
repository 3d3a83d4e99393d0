import { error } from '@sveltejs/kit'
import { findFile } from '#files/server'
import { serveFile } from '#lib/server/serve-file.ts'
import type { RequestHandler } from './$types'

/** An attachment under a name of the reader's choice. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const file = await findFile(locals.database, params.sha256, locals.account?.id)
	if (!file) error(404)
	return serveFile(file, params.name, { 'cache-control': 'private, max-age=3600', etag: `"${params.sha256}"` })
}
