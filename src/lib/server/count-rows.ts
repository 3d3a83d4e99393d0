import { csvText } from '#atlas'
import { COUNT_KEYS, shareOf, type Period } from '#coalition'
import type { Counts } from '#coalition/server'
import { countDefinition, countName } from '#lib/capacity-words.ts'

const cell = (value: number | undefined) => (value === undefined ? '' : String(Math.round(1000 * value) / 1000))

/** Counts as a download, a row for each count of each period; of a share also how many of how many, and what it means in the reader's language. */
export function answerCounts(fileName: string, lines: readonly { name: string; period: Period; counts: Counts }[]): Response {
	const rows = lines.flatMap(({ name, period, counts }) => COUNT_KEYS.map((key) => {
		const { value, of } = counts[key]
		return [name, period.key, period.from, period.until, key, cell(value), cell(of), cell(shareOf(counts[key])), `${countName(key)}: ${countDefinition(key)}`]
	}))
	return new Response(csvText([['body', 'period', 'from', 'until', 'count', 'value', 'of', 'share', 'definition'], ...rows]), {
		headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${fileName}"`, 'cache-control': 'private, no-cache' },
	})
}
