import { MEDIA_TYPES, type FileKind } from '#files/server'

/** An attachment under a name: nothing in it runs, and a page is only downloaded. */
export function serveFile({ kind, content }: { kind: FileKind; content: Buffer }, name: string, headers: Record<string, string> = {}): Response {
	const quoted = encodeURIComponent(name.slice(-120)).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
	return new Response(new Uint8Array(content), {
		headers: {
			'content-type': MEDIA_TYPES[kind], 'content-disposition': `${kind === 'html' ? 'attachment' : 'inline'}; filename*=UTF-8''${quoted}`,
			'content-security-policy': "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
			'x-robots-tag': 'noindex', 'cache-control': 'private, no-store', ...headers,
		},
	})
}
