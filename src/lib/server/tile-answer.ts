import { findTile, type Geography } from '#atlas/server'

/** A tile of a geography for whoever asks: 304 when they have it, 204 where nothing is drawn. Zoom, row and column are checked by the caller. */
export async function answerTile(locals: App.Locals, request: Request, { key }: Pick<Geography, 'key'>, { z, x, y }: { z: number; x: number; y: number }): Promise<Response> {
	// Tiles change only when the region is loaded anew.
	const tag = `"${locals.region!.loadedAt.getTime().toString(36)}-${key}-${z}-${x}-${y}"`
	const headers: Record<string, string> = { etag: tag, 'cache-control': 'public, max-age=3600', 'access-control-allow-origin': '*' }
	if (request.headers.get('if-none-match') === tag) return new Response(null, { status: 304, headers })
	const data = await findTile(locals.database, key, z, x, y)
	if (!data) return new Response(null, { status: 204, headers })
	return new Response(new Uint8Array(data), { headers: { ...headers, 'content-type': 'application/vnd.mapbox-vector-tile' } })
}
