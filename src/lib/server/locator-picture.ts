import type { Locator } from '#atlas/server'
import { escapeXml } from './map-picture.ts'

const RING = 34
const LETTER = 62

const style = (paper: string, ink: string, accent: string, wash: string, line: string) =>
	`.c{fill:none;stroke:${line};stroke-width:4;stroke-linejoin:round}.o{fill:${wash};stroke:${ink};stroke-width:6;stroke-linejoin:round}` +
	`.p{fill:${accent};stroke:${accent};stroke-width:3}.r{fill:none;stroke:${accent};stroke-width:8}text{fill:${ink};stroke:${paper};stroke-width:14;stroke-linejoin:round;paint-order:stroke;font:600 ${LETTER}px system-ui,sans-serif}`
const LIGHT = style('#fbf9f4', '#1d1b18', '#0b5b5e', '#e3efed', '#8a8376')
const DARK = style('#161513', '#efebe2', '#7cc9c4', '#17302f', '#857d70')

/** The region's counties with one of them tinted and a place in it filled and named, and ringed when it is small: an SVG of its own, for both papers. */
export function drawLocator({ width, height, counties, county, place, box: [left, top, right, bottom] }: Locator, name: string, title: string): string {
	const [x, y] = [(left + right) / 2, (top + bottom) / 2]
	const radius = Math.max(right - left, bottom - top) / 2
	const ring = radius < RING ? `<circle class="r" cx="${x}" cy="${y}" r="${RING}"/>` : ''
	const away = Math.max((right - left) / 2, RING) + 22
	// The name stands on the side that has more room, and never across the edge.
	const before = x < width / 2
	const text = `<text x="${before ? x + away : x - away}" y="${Math.min(height - 20, Math.max(LETTER, y + LETTER / 3))}" text-anchor="${before ? 'start' : 'end'}">${escapeXml(name)}</text>`
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width / 4}" height="${height / 4}" role="img"><title>${escapeXml(title)}</title>`,
		`<style>${LIGHT}@media screen and (prefers-color-scheme:dark){${DARK}}</style>`,
		county ? `<path class="o" fill-rule="evenodd" d="${county}"/>` : '',
		`<path class="c" d="${counties}"/><path class="p" d="${place}"/>${ring}${text}</svg>`,
	].join('')
}
