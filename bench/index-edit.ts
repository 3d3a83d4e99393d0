import { quantileRankSorted } from 'simple-statistics'
import { readDraft, recipeOfDraft, scoreIndex, type DraftIndicator } from '#atlas'
import { classifyForMap } from '@throughline/stats'
import { timed, type Benchmark } from './measure.ts'

const PLACES = 2791
const MEASURES = 16
/** What one change of all colours uploads: a row of 1,024 colours of four bytes for each begun 1,024 places. */
const BYTES = 4 * 1024 * Math.ceil(PLACES / 1024)

function columns(): Map<string, Float64Array> {
	let state = 7
	const next = () => (state = (state * 48271) % 2147483647) / 2147483647
	return new Map(Array.from({ length: MEASURES }, (_, i) => [`m${i}`, Float64Array.from({ length: PLACES }, () => Math.round(next() ** 2 * 1000) / 10)]))
}

/** What the builder does between a moved slider and the upload of its palette: recipe, scores, ranks, classes, colours. */
export const benchmarks: Benchmark[] = [
	{
		name: `index edit, ${PLACES.toLocaleString('en')} places × ${MEASURES} measures: script from slider to palette`,
		peer: 'simple-statistics quantileRankSorted, percentiles and weighted mean alone',
		async run() {
			const data = columns()
			const keys = Array.from({ length: PLACES }, (_, i) => String(i))
			const indicators: DraftIndicator[] = [...data.keys()].map((key) => ({ key, domain: 'health', direction: 'higher_is_worse', name: key }))
			const query = new URLSearchParams([...data.keys()].map((key) => ['use', key]))
			const colours = new Uint8Array(4 * PLACES)
			let weight = 0
			const edit = () => {
				query.set('w-m0', String((weight = (weight + 0.5) % 10)))
				const { scores } = scoreIndex(recipeOfDraft(readDraft(query, indicators), indicators)!, keys, data)!
				const classes = classifyForMap(scores, 'quantile', 5)
				scores.forEach((score, row) => colours.fill(classes.classify(score), 4 * row, 4 * row + 4))
			}
			const peer = () => {
				const ranked = [...data.values()].map((values) => {
					const sorted = [...values].sort((a, b) => a - b)
					return [...values].map((value) => quantileRankSorted(sorted, value))
				})
				return keys.map((_, row) => ranked.reduce((sum, column) => sum + column[row]!, 0) / MEASURES)
			}
			return { oursMs: timed(edit, 51), peerMs: timed(peer, 11), note: `${BYTES.toLocaleString('en')} bytes go to the graphics processor at each edit; the outlines go there once` }
		},
	},
]
