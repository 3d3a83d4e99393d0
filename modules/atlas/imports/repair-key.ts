/** What a spreadsheet did to a GEOID and was undone. */
export type KeyRepair = 'prefix' | 'leading_zero' | 'decimals' | 'scientific' | 'quotes' | 'separators'

/** A key as a table spelled it: the GEOID it stands for and what was repaired, or why it cannot be known. */
export type ReadKey = { key: string; repairs: KeyRepair[]; fault?: undefined } | { key: string; repairs: KeyRepair[]; fault: 'empty' | 'rounded' | 'unknown' }

const QUOTED = /^=?["'“”‘’`]+(.*?)["'“”‘’`]*$/
const SCIENTIFIC = /^(\d)(?:\.(\d+))?e\+?(\d{1,2})$/i

/**
 * Reads a GEOID that a spreadsheet or a download may have damaged: quotes, the Census Bureau's prefix (`1400000US13121…`), thousands
 * separators, a trailing `.0`, a lost leading zero, `1.3121E+10`. A number whose last digits were rounded away is never guessed.
 * `isKnown` says whether a GEOID is a place; only a repair that leads to a known place adds a zero.
 */
export function readKey(cell: string, isKnown: (key: string) => boolean): ReadKey {
	const repairs: KeyRepair[] = []
	let key = cell.trim()
	const step = (repair: KeyRepair, next: string) => {
		if (next !== key) repairs.push(repair)
		key = next
	}
	step('quotes', key.replace(QUOTED, '$1').trim())
	if (key === '') return { key, repairs, fault: 'empty' }
	if (isKnown(key)) return { key, repairs }
	step('prefix', key.replace(/^\d{3,9}US(?=\d)/i, ''))
	step('separators', /^\d{1,3}([, \u00a0]\d{3})+(\.0*)?$/.test(key) ? key.replace(/[, \u00a0]/g, '') : key)
	step('decimals', key.replace(/^(\d+)\.0*$/, '$1'))
	const scientific = SCIENTIFIC.exec(key)
	if (scientific) return expand(scientific, repairs, isKnown)
	return withZero(key, repairs, isKnown)
}

/** `1.3121000100E+10` says every digit; `1.3121E+10` lost some, and nobody can know which. */
function expand([whole, first, rest = '', exponent]: RegExpExecArray, repairs: KeyRepair[], isKnown: (key: string) => boolean): ReadKey {
	if (rest.length < Number(exponent)) return { key: whole, repairs, fault: 'rounded' }
	if (!/^0*$/.test(rest.slice(Number(exponent)))) return { key: whole, repairs, fault: 'unknown' }
	return withZero(`${first}${rest.slice(0, Number(exponent))}`, [...repairs, 'scientific'], isKnown)
}

function withZero(key: string, repairs: KeyRepair[], isKnown: (key: string) => boolean): ReadKey {
	if (isKnown(key)) return { key, repairs }
	if (/^\d+$/.test(key) && isKnown(`0${key}`)) return { key: `0${key}`, repairs: [...repairs, 'leading_zero'] }
	return { key, repairs, fault: 'unknown' }
}
