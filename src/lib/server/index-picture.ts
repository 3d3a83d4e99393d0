import type { Drawing } from '#atlas/server'
import { RAMP } from '../map/ramps.ts'
import { AGREEMENT_COLOURS } from '../map/agreement-colours.ts'

const escapeXml = (text: string) => text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
const fills = (colours: readonly string[]) => colours.map((colour, i) => `.f${i}{fill:${colour}}`).join('')
const papers = { light: { paper: '#fbf9f4', ink: '#1d1b18' }, dark: { paper: '#161513', ink: '#efebe2' } } as const

function styleOf(colours: { light: readonly string[]; dark: readonly string[] }): string {
	const common = ({ paper, ink }: { paper: string; ink: string }) =>
		`.p{stroke:${paper};stroke-width:1.1;stroke-linejoin:round}.c{fill:none;stroke:${ink};stroke-width:2.4;stroke-linejoin:round}.m{fill:none;stroke:${ink};stroke-opacity:.55;stroke-width:1.5;stroke-dasharray:3 5}`
	return `${common(papers.light)}${fills(colours.light)}@media(prefers-color-scheme:dark){${common(papers.dark)}${fills(colours.dark)}}`
}

/** A drawing with one colour per place: `colourOf(ordinal)` is a position in the colours, or negative for a place without a score. */
export function drawColours(drawing: Drawing, title: string, kind: 'ramp' | 'agreement', colourOf: (ordinal: number) => number): string {
	const colours = kind === 'ramp' ? RAMP : AGREEMENT_COLOURS
	const paths = new Map<number, string[]>()
	drawing.ordinals.forEach((ordinal, i) => {
		const key = Math.max(-1, colourOf(ordinal))
		const same = paths.get(key)
		if (same) same.push(drawing.paths[i]!)
		else paths.set(key, [drawing.paths[i]!])
	})
	const layers = [...paths].sort(([a], [b]) => b - a).map(([key, list]) => `<path class="${key < 0 ? 'm' : `p f${key}`}" d="${list.join('')}"/>`)
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${drawing.width} ${drawing.height}" width="${drawing.width / 2}" height="${drawing.height / 2}" role="img"><title>${escapeXml(title)}</title><style>${styleOf(colours)}</style>${layers.join('')}<path class="c" d="${drawing.counties}"/></svg>`
}
