import { Refusal } from '#database'

export interface CountColumn {
	column: string
	margin: string | undefined
}

export interface RateColumn extends CountColumn {
	/** The column of whom the rate is a rate of; undefined when none was named. */
	universe: CountColumn | undefined
}

export interface ApportionColumns {
	counts: CountColumn[]
	rates: RateColumn[]
	/** Every column to read from the table, once. */
	inputs: string[]
}

/**
 * What `--counts a,b`, `--rates c:universe` and `--margins a:m_a` ask of a table. A margin that is not named is looked for among the
 * table's columns: `a_moe`, for `E_X` also `M_X`, for `EP_X` also `MP_X`. Errors: Refusal when nothing is asked, one column twice, or a margin
 * of a column that is not asked for.
 */
export function planColumns(options: { counts?: string | undefined; rates?: string | undefined; margins?: string | undefined }, header: readonly string[]): ApportionColumns {
	const named = new Map(pairsOf(options.margins))
	const withMargin = (column: string): CountColumn => ({ column, margin: named.get(column) ?? marginNames(column).find((name) => header.includes(name)) })
	const counts = pairsOf(options.counts).map(([column]) => withMargin(column))
	const rates = pairsOf(options.rates).map(([column, universe]) => ({ ...withMargin(column), universe: universe ? withMargin(universe) : undefined }))
	const asked = [...counts, ...rates].map(({ column }) => column)
	if (asked.length === 0) throw new Refusal('apportion_nothing_asked')
	const twice = asked.find((column, place) => asked.indexOf(column) !== place || column === 'coverage')
	if (twice !== undefined) throw new Refusal('apportion_column_twice', { column: twice })
	const universes = rates.flatMap(({ universe }) => universe ?? [])
	for (const [column, margin] of named) {
		if (margin === '') throw new Refusal('apportion_margin_unnamed', { column })
		if (![...asked, ...universes.map((universe) => universe.column)].includes(column)) throw new Refusal('apportion_margin_of_nothing', { column })
	}
	const read = [...counts, ...rates, ...universes]
	return { counts, rates, inputs: [...new Set(read.flatMap(({ column, margin }) => (margin === undefined ? [column] : [column, margin])))] }
}

function marginNames(column: string): string[] {
	const svi = /^E(P?)_(.+)$/.exec(column)
	return [`${column}_moe`, ...(svi ? [`M${svi[1]}_${svi[2]}`] : [])]
}

/** `a:b,c` as pairs; the second of a pair is empty when there is no colon. */
function pairsOf(list: string | undefined): [string, string][] {
	return (list ?? '').split(',').map((item) => item.trim()).filter(Boolean).map((item) => {
		const colon = item.lastIndexOf(':')
		return colon < 0 ? [item, ''] : [item.slice(0, colon).trim(), item.slice(colon + 1).trim()]
	})
}
