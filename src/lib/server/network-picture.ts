import type { Network } from '#coalition'
import { escapeXml } from './map-picture.ts'

/** Frames of the picture: for wide screens and paper, and for a phone. */
export const FRAMES = { wide: { width: 960, height: 560, edge: 44 }, narrow: { width: 344, height: 420, edge: 26 } } as const
export type FrameName = keyof typeof FRAMES

/** Ties that are drawn at most, the strongest first; more would be one grey patch. */
const MOST_TIES = 1500
const LETTER = 12.5
const LONGEST_NAME = 26

const style = (paper: string, ink: string, accent: string) =>
	`.t{fill:none;stroke:${ink};stroke-opacity:.22}.u{stroke-opacity:.38}.n{fill:${accent};stroke:${paper};stroke-width:1.5}text{fill:${ink};stroke:${paper};stroke-width:3.5;stroke-linejoin:round;paint-order:stroke;font:600 ${LETTER}px system-ui,sans-serif}`
const LIGHT = style('#fbf9f4', '#1d1b18', '#0b5b5e')
const DARK = style('#161513', '#efebe2', '#7cc9c4')

interface Box { left: number; top: number; right: number; bottom: number }

/** The network as an SVG of its own, for both papers: who has most ties is named first, and only where the name lies on nothing else. */
export function drawNetwork(network: Network, names: readonly string[], frameName: FrameName, title: string): string {
	const frame = FRAMES[frameName]
	const shown = names.map((_, one) => one).filter((one) => network.degree[one]! > 0)
	const x = (one: number) => frame.edge + network.places[2 * one]! * (frame.width - 2 * frame.edge)
	const y = (one: number) => frame.edge + network.places[2 * one + 1]! * (frame.height - 2 * frame.edge)
	const most = Math.max(1, ...shown.map((one) => network.degree[one]!))
	const radius = (one: number) => (frameName === 'wide' ? 4 : 3.2) + (shown.length > 120 ? 3 : 6) * Math.sqrt(network.degree[one]! / most)
	const circles = shown.map((one) => `<circle class="n" cx="${x(one).toFixed(1)}" cy="${y(one).toFixed(1)}" r="${radius(one).toFixed(1)}"><title>${escapeXml(names[one]!)}</title></circle>`)
	const nodes = shown.map((one): Box => ({ left: x(one) - radius(one), right: x(one) + radius(one), top: y(one) - radius(one), bottom: y(one) + radius(one) }))
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${frame.width} ${frame.height}" width="${frame.width}" height="${frame.height}" role="img"><title>${escapeXml(title)}</title>`,
		`<style>${LIGHT}@media screen and (prefers-color-scheme:dark){${DARK}}</style>`,
		...drawTies(network, x, y), ...circles, ...placeNames(shown, names, network, { x, y, radius, frame }, nodes), '</svg>',
	].join('')
}

/** Ties as one path for each strength, so that the picture stays small. */
function drawTies({ from, to, strength }: Network, x: (one: number) => number, y: (one: number) => number): string[] {
	const order = [...from.keys()].sort((a, b) => strength[b]! - strength[a]! || a - b).slice(0, MOST_TIES)
	return [1, 2, 3].map((level) => {
		const lines = order.filter((tie) => Math.min(3, strength[tie]!) === level).map((tie) => `M${x(from[tie]!).toFixed(1)} ${y(from[tie]!).toFixed(1)}L${x(to[tie]!).toFixed(1)} ${y(to[tie]!).toFixed(1)}`)
		return lines.length === 0 ? '' : `<path class="t${level > 1 ? ' u' : ''}" stroke-width="${level}" d="${lines.join('')}"/>`
	})
}

interface Where {
	x: (one: number) => number
	y: (one: number) => number
	radius: (one: number) => number
	frame: (typeof FRAMES)[FrameName]
}

function placeNames(shown: readonly number[], names: readonly string[], { degree }: Network, { x, y, radius, frame }: Where, taken: Box[]): string[] {
	const order = [...shown].sort((a, b) => degree[b]! - degree[a]! || a - b)
	return order.flatMap((one) => {
		const name = names[one]!.length > LONGEST_NAME ? `${names[one]!.slice(0, LONGEST_NAME - 1).trimEnd()}…` : names[one]!
		const width = name.length * LETTER * 0.64
		const [cx, cy, away] = [x(one), y(one), radius(one) + 4]
		const tries = [
			{ left: cx + away, top: cy - LETTER * 0.65 }, { left: cx - away - width, top: cy - LETTER * 0.65 },
			{ left: cx - width / 2, top: cy + away - 2 }, { left: cx - width / 2, top: cy - away - LETTER },
		]
		for (const { left, top } of tries) {
			const box = { left, top, right: left + width, bottom: top + LETTER * 1.25 }
			if (left < 2 || box.right > frame.width - 2 || top < 2 || box.bottom > frame.height - 2 || taken.some((other) => meets(box, other))) continue
			taken.push(box)
			return [`<text x="${left.toFixed(1)}" y="${(top + LETTER).toFixed(1)}">${escapeXml(name)}</text>`]
		}
		return []
	})
}

const meets = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
