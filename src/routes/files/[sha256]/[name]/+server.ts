import { error } from '@sveltejs/kit'
import { findFile, MEDIA_TYPES } from '#files/server'
import type { RequestHandler } from './$types'

/** An attachment under a name of the reader's choice: nothing in it runs, and a page is only downloaded. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const file = await findFile(locals.database, params.sha256, locals.account?.id)
	if (!file) error(404)
	const name = encodeURIComponent(params.name.slice(-120)).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
	return new Response(new Uint8Array(file.content), {
		headers: {
			'content-type': MEDIA_TYPES[file.kind], 'content-disposition': `${file.kind === 'html' ? 'attachment' : 'inline'}; filename*=UTF-8''${name}`,
			'content-security-policy': "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
			'x-robots-tag': 'noindex', 'cache-control': 'private, max-age=3600', etag: `"${params.sha256}"`,
		},
	})
}
