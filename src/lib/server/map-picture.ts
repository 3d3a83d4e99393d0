import { PALETTES } from '../map/ramps.ts'
import type { Drawing } from '#atlas/server'
import type { MapView } from './map-view.ts'

/** Styles of a picture, holding only the named colours: for both papers, or for white paper alone. */
export function styleOf(colours: readonly string[], papers: 'both' | 'light' = 'both'): string {
	const fills = (paper: 'light' | 'dark') => [...new Set(colours)].map((name) => `.${name}{fill:${colourOf(name, paper)}}`).join('')
	const common = (paper: string, ink: string) =>
		`.p{stroke:${paper};stroke-width:1.1;stroke-linejoin:round}.c{fill:none;stroke:${ink};stroke-width:2.4;stroke-linejoin:round}` +
		`.o{fill:${ink};fill-opacity:.06;stroke:${paper};stroke-width:1.1}.m{fill:none;stroke:${ink};stroke-opacity:.55;stroke-width:1.5;stroke-dasharray:3 5}.h{stroke:${ink};stroke-opacity:.7;stroke-width:1.5}.g{stroke:${paper};stroke-opacity:.7;stroke-width:1.5}`
	const light = `${common('#fbf9f4', '#1d1b18')}${fills('light')}`
	return papers === 'light' ? light : `${light}@media(prefers-color-scheme:dark){${common('#161513', '#efebe2')}${fills('dark')}}`
}

/** The colour that a name of a legend stands for, as `#rrggbb`. */
export function colourOf(name: string, paper: 'light' | 'dark'): string {
	const [palette, position] = name.split('-') as [keyof typeof PALETTES, string]
	return PALETTES[palette][paper][Number(position)]!
}

const HIDDEN = -2

/** The map as an SVG picture with a title of its own. */
export function drawMap(view: MapView, drawing: Drawing, title: string): string {
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${drawing.width} ${drawing.height}" width="${drawing.width / 2}" height="${drawing.height / 2}" role="img">`,
		`<title>${escapeXml(title)}</title><style>${styleOf(view.legend.colours)}</style>`,
		drawLayers(view, drawing),
		'</svg>',
	].join('')
}

/** The layers of a map: a path per class, hatching where values are unreliable, dotted edges where they are missing, county lines. */
export function drawLayers(view: MapView, drawing: Drawing): string {
	const byClass = new Map<number, string[]>()
	const hatched: string[] = []
	drawing.ordinals.forEach((ordinal, i) => {
		const path = drawing.paths[i]!
		const missing = view.classOf(ordinal) < 0
		const key = missing || view.shown(ordinal) ? view.classOf(ordinal) : HIDDEN
		const same = byClass.get(key)
		if (same) same.push(path)
		else byClass.set(key, [path])
		if (key >= 0 && view.unreliable(ordinal)) hatched.push(path)
	})
	const layers = [...byClass].sort(([a], [b]) => b - a).map(([key, paths]) => {
		const style = key === HIDDEN ? 'o' : key < 0 ? 'm' : `p ${view.legend.colours[key]}`
		return `<path class="${style}" d="${paths.join('')}"/>`
	})
	return [
		`<defs><pattern id="h" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="h" d="M1 0V9"/><path class="g" d="M3 0V9"/></pattern></defs>`,
		...layers,
		hatched.length ? `<path fill="url(#h)" d="${hatched.join('')}"/>` : '',
		`<path class="c" d="${drawing.counties}"/>`,
	].join('')
}

/** A text as it may stand in an SVG. */
export function escapeXml(text: string): string {
	return text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
