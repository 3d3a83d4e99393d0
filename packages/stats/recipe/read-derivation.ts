import { join, type RecipeReading } from './reading.ts'
import type { Derivation } from './types.ts'

const FIELDS: Record<string, readonly string[]> = {
	copy: ['copy'],
	sum: ['sum', 'minus', 'decimals'],
	share: ['share', 'of', 'decimals', 'when-zero', 'otherwise'],
	'tie-break': ['tie-break', 'by'],
	margin: ['margin'],
	'margin-sum': ['margin-sum', 'whole', 'zeros'],
	'margin-share': ['margin-share', 'share', 'of', 'of-margin', 'cap', 'decimals'],
	whole: ['whole'],
}
/** `margin-share` before `share`, `margin-sum` before `whole`: a field may belong to several kinds. */
const ORDER = ['margin-share', 'margin-sum', 'margin', 'copy', 'sum', 'share', 'tie-break', 'whole']

/** Reads one entry of `derive`. An entry without a known kind is a problem and gives undefined. */
export function readDerivation(reading: RecipeReading, value: unknown, path: string): Derivation | undefined {
	const keys = Object.keys((value ?? {}) as object)
	const kind = ORDER.find((candidate) => keys.includes(candidate))
	if (!kind) {
		reading.problem('recipe_derivation_unknown', path, { known: ORDER.join(', ') })
		return undefined
	}
	const raw = reading.mapping(value, path, ['column', ...FIELDS[kind]!])
	const column = reading.text(raw, 'column', path)
	const text = (field: string) => reading.text(raw, field, path)
	const names = (field: string) => {
		const list = reading.names(raw, field, path)
		if (raw[field] !== undefined && list.length === 0) reading.problem('recipe_list_empty', join(path, field))
		return list
	}
	const decimals = reading.decimals(raw, path)
	switch (kind) {
		case 'copy': return { column, kind, from: text('copy') }
		case 'sum': return { column, kind, sum: names('sum'), minus: names('minus'), decimals }
		case 'share': return { column, kind, share: text('share'), of: text('of'), decimals, whenZero: reading.number(raw, 'when-zero', path), otherwise: reading.optionalText(raw, 'otherwise', path) }
		case 'tie-break': return { column, kind, printed: text('tie-break'), by: text('by') }
		case 'margin': return { column, kind, margin: text('margin') }
		case 'margin-sum': return { column, kind, marginSum: names('margin-sum'), whole: reading.choice(raw, 'whole', path, ['none', 'floor', 'tenth'], 'none'), zeros: reading.choice(raw, 'zeros', path, ['census', 'all'], 'census') }
		case 'margin-share': return { column, kind, marginShare: text('margin-share'), share: text('share'), of: text('of'), ofMargin: text('of-margin'), cap: reading.number(raw, 'cap', path) ?? Infinity, decimals }
		default: return { column, kind: 'whole', whole: text('whole') }
	}
}
