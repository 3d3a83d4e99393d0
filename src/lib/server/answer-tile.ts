import { error } from '@sveltejs/kit'

/** The tile that an address names. Answers 404 for one that is none. */
export function tileOf(params: { z: string; x: string; y: string }): { z: number; x: number; y: number } {
	const number = (text: string) => (/^\d{1,7}$/.test(text) ? Number(text) : NaN)
	const [z, x, y] = [number(params.z), number(params.x), number(params.y)]
	if (!(z <= 22) || !(x < 2 ** z) || !(y < 2 ** z)) error(404)
	return { z, x, y }
}

/** Answers with a vector tile, or 204 where there is nothing to draw; `find` is not asked when the browser has the tile already. */
export async function answerTile(request: Request, loadedAt: Date, name: string, find: () => Promise<Buffer | undefined>): Promise<Response> {
	// Tiles change only when the region is loaded anew; maps anywhere may show them.
	const etag = `"${loadedAt.getTime().toString(36)}-${name}"`
	const headers = { etag, 'cache-control': 'public, max-age=3600', 'access-control-allow-origin': '*' }
	if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
	const data = await find()
	if (!data) return new Response(null, { status: 204, headers })
	return new Response(new Uint8Array(data), { headers: { ...headers, 'content-type': 'application/vnd.mapbox-vector-tile' } })
}
