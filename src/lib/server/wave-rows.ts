import { csvText } from '#atlas'
import type { WaveResult } from '#coalition/server'
import { itemText } from '#lib/survey-words.ts'

const HEAD = ['opened_on', 'closed_on', 'asked', 'answered', 'item', 'sentence', 'mean', 'rounded_to', 'answered_at_least', 'answered_at_most', 'spread', 'change', 'margin_95', 'changed']
const cell = (value: number | null | undefined) => (value === null || value === undefined ? '' : String(Number(value.toFixed(3))))

/** Results of waves as text: nothing but what the page tells, empty where it hides. */
export function waveCsv(results: readonly WaveResult[]): string {
	return csvText([HEAD, ...results.flatMap(({ opensOn, closesOn, published, changes }) => published.items.map((one) => {
		const change = changes.find(({ item }) => item === one.item)
		return [opensOn, closesOn, cell(published.asked), cell(published.answered), one.item, itemText(one.item), cell(one.mean), cell(one.step), cell(one.atLeast), cell(one.atMost), cell(published.spread), cell(change?.difference), cell(change?.margin), change ? String(change.changed) : '']
	}))])
}
