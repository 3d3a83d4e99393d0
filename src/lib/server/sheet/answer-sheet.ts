import { Refusal } from '#database'
import { choiceQuery } from '#lib/map-choice.ts'
import { getLocale, localizeHref } from '#lib/paraglide/runtime.js'
import { getMapView, tagOfView, type MapView } from '../map-view.ts'
import { refusalSentence } from '../refusal-sentence.ts'
import { drawPicture } from './draw-picture.ts'
import { drawSheet } from './draw-sheet.ts'
import { EMBEDDED_FONTS, fontFiles } from './fonts.ts'
import { sheetOfMap } from './sheet-of-map.ts'

/** Twice the units of the sheet: 240 dots an inch on US Letter. */
const WIDTH = 2640

interface Asked {
	params: { key: string }
	url: URL
	locals: App.Locals
	request: Request
}

/** The map of an address as a sheet to print or to show elsewhere, as SVG with its faces inside or as PNG. */
export async function answerSheet({ params, url, locals, request }: Asked, form: 'svg' | 'png'): Promise<Response> {
	const view = await getMapView(locals, params.key, url.searchParams)
	const now = new Date()
	const tag = `"${tagOfView(view, locals.region!)}-${getLocale()}-${now.toISOString().slice(0, 10)}"`
	const headers = { etag: tag, 'cache-control': 'public, max-age=300', 'content-disposition': `inline; filename="${params.key}.${form}"` }
	if (request.headers.get('if-none-match') === tag) return new Response(null, { status: 304, headers })
	const sheet = await sheetOfMap(locals, view, addressOf(view, url), now)
	if (form === 'svg') return new Response(drawSheet(sheet, EMBEDDED_FONTS), { headers: { ...headers, 'content-type': 'image/svg+xml; charset=utf-8' } })
	try {
		const picture = await drawPicture({ svg: drawSheet(sheet), width: WIDTH, fontFiles: fontFiles() })
		return new Response(picture, { headers: { ...headers, 'content-type': 'image/png' } })
	} catch (cause) {
		if (!(cause instanceof Refusal)) throw cause
		return new Response(refusalSentence(cause), { status: 503, headers: { 'retry-after': '10', 'content-type': 'text/plain; charset=utf-8' } })
	}
}

/** Where the same view stands, in the language of the request. */
function addressOf({ indicator, series, geography, choice }: MapView, url: URL): string {
	const query = `vintage=${encodeURIComponent(series.vintage)}&geography=${geography.key}&${choiceQuery(choice)}`
	return decodeURI(new URL(localizeHref(`/indicators/${indicator.key}?${query}`), url).href)
}
