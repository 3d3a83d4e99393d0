import { colourOf, escapeXml } from '../map-picture.ts'
import { wrapText, type Face } from './wrap-text.ts'

/** A map as it is handed out on paper or as a picture: every word that it needs stands on it. */
export interface Sheet {
	eyebrow: string
	title: string
	lead: string
	legend: { title: string; unit: string; rows: { /** None for a class that is not shown. */ colour: string | undefined; words: string; count: string }[]; hatched: string; missing: string; notes: string[] }
	/** Source, method, address and date, a paragraph each. */
	foot: string[]
	map: { layers: string; style: string; width: number; height: number }
}

/** US Letter on its side, 120 units an inch. */
export const SHEET = { width: 1320, height: 1020 } as const
const EDGE = 60
const SIDE = 310
const GAP = 40
const INK = '#1d1b18'
const SOFT = '#57524a'
const FACES = ".sans,.bold{font-family:Inter,system-ui,sans-serif}.serif{font-family:'Source Serif 4',Georgia,serif}.serif,.bold{font-weight:600}"
const EMPTY = '<rect x=".5" y=".5" width="29" height="21" rx="2" fill="none" stroke="#8a8376"/>'
const WIDE = SHEET.width - 2 * EDGE

/** The sheet as SVG on white paper; `fonts` is style text that brings the faces, empty where the reader of the picture has them. */
export function drawSheet(sheet: Sheet, fonts = ''): string {
	const page = new Column(EDGE, EDGE)
	page.write(sheet.eyebrow, 'sans', 17, WIDE, SOFT, 6)
	page.write(sheet.title, 'serif', 36, WIDE, INK, 8)
	page.write(sheet.lead, 'sans', 18, WIDE, SOFT, 26)
	const foot = new Column(EDGE, 0)
	for (const text of sheet.foot) foot.write(text, 'sans', 14, WIDE, SOFT, 5)
	const bottom = SHEET.height - EDGE + 14 - foot.y
	const room = { width: WIDE - SIDE - GAP, height: bottom - 24 - page.y }
	const scale = Math.min(room.width / sheet.map.width, room.height / sheet.map.height)
	const [width, height] = [sheet.map.width * scale, sheet.map.height * scale]
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SHEET.width} ${SHEET.height}" width="${SHEET.width}" height="${SHEET.height}" role="img">`,
		`<title>${escapeXml(sheet.title)}</title><desc>${escapeXml([sheet.lead, ...sheet.foot].join(' '))}</desc><style>${fonts}${FACES}${sheet.map.style}</style>`,
		`<rect width="${SHEET.width}" height="${SHEET.height}" fill="#ffffff"/>`,
		page.drawn,
		`<svg x="${EDGE + (room.width - width) / 2}" y="${page.y}" width="${width}" height="${height}" viewBox="0 0 ${sheet.map.width} ${sheet.map.height}">${sheet.map.layers}</svg>`,
		drawLegend(sheet.legend, SHEET.width - EDGE - SIDE, page.y),
		`<path d="M${EDGE} ${bottom - 6}H${SHEET.width - EDGE}" stroke="#dcd6ca"/>`,
		`<g transform="translate(0 ${bottom + 8})">${foot.drawn}</g>`,
		'</svg>',
	].join('')
}

function drawLegend(legend: Sheet['legend'], x: number, y: number): string {
	const column = new Column(x, y)
	column.write(legend.title, 'bold', 18, SIDE, INK, 2)
	column.write(legend.unit, 'sans', 15, SIDE, SOFT, 12)
	for (const { colour, words, count } of legend.rows.toReversed()) {
		const counted = `<text x="${x + SIDE}" y="${column.y + 17}" text-anchor="end" class="sans" font-size="14" fill="${SOFT}">${escapeXml(count)}</text>`
		column.row(colour ? `<rect width="30" height="22" rx="2" fill="${colourOf(colour, 'light')}"/>` : EMPTY, words, 16, counted)
	}
	if (legend.hatched) column.row('<rect width="30" height="22" rx="2" fill="#e4eee9"/><rect width="30" height="22" fill="url(#h)"/>', legend.hatched, 14)
	if (legend.missing) column.row(`<rect x="1" y="1" width="28" height="20" rx="2" fill="none" stroke="#8a8376" stroke-dasharray="2 2.5"/>`, legend.missing, 14)
	column.y += 8
	for (const note of legend.notes) column.write(note, 'sans', 14, SIDE, SOFT, 6)
	return column.drawn
}

/** Text set line below line from a point downwards. */
class Column {
	drawn = ''
	readonly x: number
	y: number

	constructor(x: number, y: number) {
		this.x = x
		this.y = y
	}

	write(text: string, face: Face, size: number, width: number, fill: string, after: number, indent = 0): void {
		const leading = size * (face === 'serif' ? 1.16 : 1.36)
		for (const line of text ? wrapText(text, face, size, width) : []) {
			this.drawn += `<text x="${this.x + indent}" y="${this.y + size}" class="${face}" font-size="${size}" fill="${fill}">${escapeXml(line)}</text>`
			this.y += leading
		}
		this.y += after
	}

	/** A swatch with its words beside it. */
	row(swatch: string, words: string, size: number, beside = ''): void {
		const top = this.y
		this.drawn += `<g transform="translate(${this.x} ${top})">${swatch}</g>${beside}`
		this.y += (22 - size * 1.36) / 2
		this.write(words, 'sans', size, beside ? SIDE - 140 : SIDE - 42, INK, 0, 42)
		this.y = Math.max(this.y, top + 22) + 8
	}
}
