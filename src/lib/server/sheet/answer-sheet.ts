import { renderAsync } from '@resvg/resvg-js'
import { choiceQuery } from '#lib/map-choice.ts'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { getMapView } from '../map-view.ts'
import { drawSheet } from './draw-sheet.ts'
import { EMBEDDED_FONTS, fontFiles } from './fonts.ts'
import { sheetOfMap } from './sheet-of-map.ts'

/** Twice the units of the sheet: 240 dots an inch on US Letter. */
const WIDTH = 2640

interface Asked {
	params: { key: string }
	url: URL
	locals: App.Locals
}

/** The map of an address as a sheet to print or to show elsewhere, as SVG with its faces inside or as PNG. */
export async function answerSheet({ params, url, locals }: Asked, form: 'svg' | 'png'): Promise<Response> {
	const view = await getMapView(locals, params.key, url.searchParams)
	const query = `vintage=${encodeURIComponent(view.series.vintage)}&geography=${view.geography.key}&${choiceQuery(view.choice)}`
	const address = decodeURI(new URL(localizeHref(`/indicators/${params.key}?${query}`), url).href)
	const sheet = await sheetOfMap(locals, view, address, new Date())
	const headers = { 'cache-control': 'public, max-age=300', 'content-disposition': `inline; filename="${params.key}.${form}"` }
	if (form === 'svg') return new Response(drawSheet(sheet, EMBEDDED_FONTS), { headers: { ...headers, 'content-type': 'image/svg+xml; charset=utf-8' } })
	const font = { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: 'Inter' }
	const picture = await renderAsync(drawSheet(sheet), { font, fitTo: { mode: 'width', value: WIDTH } })
	return new Response(new Uint8Array(picture.asPng()), { headers: { ...headers, 'content-type': 'image/png' } })
}
