import type { Bilingual, Direction, Unit } from '#atlas'
import { rampIndex } from './map/ramps.ts'

/** One of two measures on a map, with the bounds between its thirds. */
export interface PairedMeasure {
	key: string
	name: Bilingual
	unit: Unit
	direction: Direction
	vintage: string
	decimals: number
	bounds: [number, number]
}

/** What the colours of a map stand for, class by class; words for it are made by `legendRows`. */
export interface MapLegendData {
	/** Ranges of values; how sure a change is (lower, within the margins, higher, cannot tell); thirds of two measures (the first within the second). */
	kind: 'ranges' | 'change' | 'pair'
	/** Smallest value and upper bounds of the ranges; NaN and none for the other kinds. */
	minimum: number
	breaks: number[]
	/** How many places each class holds. */
	counts: number[]
	/** Name of each class's colour, such as `ramp-0`: the custom property without its dashes, and a key of `PALETTES` with a position. */
	colours: string[]
	/** Where a diverging ramp has its middle, and how that value stands for the region. */
	middle?: { value: number; how: 'rate' | 'sum' | 'middle' } | undefined
	/** Why a diverging ramp that was asked for is not shown. */
	refused?: 'direction' | 'bounds' | undefined
	/** Of a change: both series, the years that they share, and whether prices stand between them. */
	change?: { before: string; after: string; shared: { first: number; last: number } | undefined; dollars: boolean }
	/** Of two measures: class i is third i mod 3 of the first and third ⌊i / 3⌋ of the second. */
	pair?: { first: PairedMeasure; second: PairedMeasure }
}

/** Colours of the sequential ramp for so many classes. */
export function sequentialColours(count: number): string[] {
	return Array.from({ length: count }, (_, i) => `ramp-${rampIndex(i, count)}`)
}

const MIDDLE = 3

/**
 * Colours on both sides of a middle, stronger farther out, the worse side brown. A class that reaches across the middle has the middle's
 * colour. Undefined where one side has more classes than the three colours that can be told apart.
 */
export function divergingColours(minimum: number, breaks: readonly number[], middle: number, higherIsWorse: boolean): string[] | undefined {
	const sides = breaks.map((upper, i) => (upper <= middle ? -1 : (i === 0 ? minimum : breaks[i - 1]!) >= middle ? 1 : 0))
	const [below, above] = [-1, 1].map((side) => sides.filter((other) => other === side).length) as [number, number]
	const most = Math.max(below, above)
	if (most > MIDDLE) return undefined
	return sides.map((side, i) => {
		const outward = side < 0 ? below - i : side > 0 ? i - (sides.length - above) + 1 : 0
		const step = Math.round((outward * MIDDLE) / Math.max(1, most))
		return `split-${MIDDLE + side * step * (higherIsWorse ? 1 : -1)}`
	})
}
