import { classifyForMap } from '@throughline/stats'
import { recipeOfDraft, scoreIndex, type DraftIndicator, type IndexDraft, type ScoredIndex } from '#atlas'
import { openPaletteMap, type Outlines } from './palette-map.ts'
import { rampIndex } from './ramps.ts'

export interface IndexColumns {
	ordinals: number[]
	keys: string[]
	names: string[]
	counties: string[]
	columns: Map<string, Float64Array>
}

export interface LiveIndex {
	/** Scores and recolours; milliseconds of script are kept in `lastEdit`. */
	edit(draft: IndexDraft): ScoredIndex | undefined
	/** Row of the place under a point of the canvas, in CSS pixels. */
	rowAt(x: number, y: number): number | undefined
	lastEdit: { milliseconds: number; bytes: number }
	remove(): void
}

const CLASSES = 5

/** Red, green, blue, opaque, of a colour written as `#rrggbb`. */
function bytesOf(hex: string): [number, number, number, number] {
	const value = Number.parseInt(hex.slice(1), 16)
	return [value >> 16, (value >> 8) & 255, value & 255, 255]
}

/** Opens the builder's map on a canvas. Errors: when WebGL 2 cannot start. */
export function openLiveIndex(canvas: HTMLCanvasElement, outlines: Outlines, data: IndexColumns, indicators: readonly DraftIndicator[]): LiveIndex {
	const map = openPaletteMap(canvas, outlines)
	const style = getComputedStyle(canvas)
	const ramp = Array.from({ length: 7 }, (_, i) => bytesOf(style.getPropertyValue(`--ramp-${i}`).trim()))
	const rowOf = new Map(data.ordinals.map((ordinal, row) => [ordinal, row]))
	const rows = outlines.ordinals.map((ordinal) => rowOf.get(ordinal)!)
	const colours = new Uint8Array(4 * rows.length)
	const live: LiveIndex = {
		lastEdit: { milliseconds: 0, bytes: map.bytesPerPaint },
		edit(draft) {
			const began = performance.now()
			const recipe = recipeOfDraft(draft, indicators)
			const scored = recipe && scoreIndex(recipe, data.keys, data.columns)
			const classes = scored && classifyForMap(scored.scores, 'quantile', CLASSES)
			rows.forEach((row, place) => {
				const key = classes ? classes.classify(scored!.scores[row]!) : -1
				colours.set(key < 0 ? [0, 0, 0, 0] : ramp[rampIndex(key, CLASSES)]!, 4 * place)
			})
			map.paint(colours)
			live.lastEdit = { milliseconds: performance.now() - began, bytes: map.bytesPerPaint }
			return scored
		},
		rowAt: (x, y) => {
			const place = map.placeAt(x, y)
			return place === undefined ? undefined : rows[place]
		},
		remove: () => map.remove(),
	}
	return live
}

/** The columns of `/indices/columns.json`; null becomes NaN. */
export function toColumns(columns: Record<string, (number | null)[]>): [string, Float64Array][] {
	return Object.entries(columns).map(([key, values]) => [key, Float64Array.from(values, (value) => value ?? NaN)])
}
