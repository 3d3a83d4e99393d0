import { ckmeans } from 'simple-statistics'
import { getPreset } from '#atlas/server'
import { computeIndex, naturalBreaks, percentileRanks } from '@throughline/stats'
import { timed, type Benchmark } from './measure.ts'

const COLUMNS = 30

/** Seeded values in [0, 100) with one decimal, as the Census Bureau prints percentages, or unrounded. */
function column(rows: number, seed: number, printed: boolean): Float64Array {
	let state = seed * 2654435761 % 2147483647 || 1
	return Float64Array.from({ length: rows }, () => {
		state = (state * 48271) % 2147483647
		const value = (state / 2147483647) ** 2 * 100
		return printed ? Math.round(value * 10) / 10 : value
	})
}

/** The plain way: sort a copy, then look each value up by binary search. */
function sortAndSearch(values: Float64Array): Float64Array {
	const sorted = values.slice().sort()
	return values.map((value) => {
		let [low, high] = [0, sorted.length]
		while (low < high) {
			const middle = (low + high) >> 1
			if (sorted[middle]! < value) low = middle + 1
			else high = middle
		}
		return low / (sorted.length - 1)
	})
}

function percentiles(rows: number): Benchmark {
	return {
		name: `${COLUMNS} percentile columns, ${rows.toLocaleString('en')} places`,
		peer: 'native sort and binary search',
		async run() {
			const columns = Array.from({ length: COLUMNS }, (_, index) => column(rows, index + 1, false))
			const oursMs = timed(() => columns.forEach((values) => percentileRanks(values, 'svi')))
			const peerMs = timed(() => columns.forEach(sortAndSearch))
			return { oursMs, peerMs }
		},
	}
}

const PLACES = 85_000

function sviRecipe(): Benchmark {
	return {
		name: `SVI 2022 recipe, ${PLACES.toLocaleString('en')} places in 51 states`,
		peer: 'sort and binary search of its 21 ranked columns alone',
		async run() {
			const recipe = getPreset('svi-2022')
			const keys = Array.from({ length: PLACES }, (_, row) => `${String(1 + (row % 51)).padStart(2, '0')}${String(row).padStart(9, '0')}`)
			const columns = new Map(recipe.indicators.map((indicator, index): [string, Float64Array] => [indicator.column, column(PLACES, index + 1, true)]))
			columns.set('E_TOTPOP', new Float64Array(PLACES).fill(4000))
			const all = [...columns.values(), ...Array.from({ length: 4 }, (_, index) => column(PLACES, index + 90, true))].slice(0, 21)
			const oursMs = timed(() => computeIndex(recipe, { keys, columns }))
			const peerMs = timed(() => all.forEach(sortAndSearch))
			return { oursMs, peerMs, note: 'ours: ranks, themes, flags and totals in every state; peer: ranks only, in one piece' }
		},
	}
}

function breaks(k: number, printed: boolean): Benchmark {
	return {
		name: `natural breaks, ${PLACES.toLocaleString('en')} places, k = ${k}${printed ? ', one decimal' : ''}`,
		peer: 'simple-statistics ckmeans',
		async run() {
			const values = column(PLACES, 5, printed)
			const list = Array.from(values)
			const oursMs = timed(() => naturalBreaks(values, k))
			const peerMs = timed(() => ckmeans(list, k))
			const theirs = ckmeans(list, k).map((group) => group.at(-1)!)
			const same = naturalBreaks(values, k).every((value, index) => value === theirs[index])
			return { oursMs, peerMs, note: same ? 'same breaks' : 'other breaks' }
		},
	}
}

/** Benchmarks of the statistics: each names its peer and runs it in the same process. */
export const benchmarks: Benchmark[] = [percentiles(85_000), percentiles(240_000), sviRecipe(), breaks(5, false), breaks(7, false), breaks(7, true)]
