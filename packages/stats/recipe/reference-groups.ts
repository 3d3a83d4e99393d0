/** Rows that are ranked among each other. Rows of no group get no score. */
export interface ReferenceGroups {
	/** Group of each row, or −1. */
	groupOfRow: Int32Array
	/** Names of the groups: state codes, or one empty name. */
	names: string[]
	/** First row whose key names no state, with its key; only when states are the reference. */
	keyWithoutState?: { row: number; key: string }
}

/** One group with every row, or with the rows whose key is in `keys`. */
export function groupByKeys(rowKeys: readonly string[], keys?: { has(key: string): boolean }): ReferenceGroups {
	return { groupOfRow: Int32Array.from(rowKeys, (key) => (!keys || keys.has(key) ? 0 : -1)), names: [''] }
}

/** A group for each state, by the first two digits of the FIPS code in the key. */
export function groupByState(rowKeys: readonly string[]): ReferenceGroups {
	const groupOfState = new Map<string, number>()
	const groupOfRow = new Int32Array(rowKeys.length).fill(-1)
	let keyWithoutState: ReferenceGroups['keyWithoutState']
	rowKeys.forEach((key, row) => {
		const state = stateOfKey(key)
		if (state === undefined) {
			keyWithoutState ??= { row, key }
			return
		}
		if (!groupOfState.has(state)) groupOfState.set(state, groupOfState.size)
		groupOfRow[row] = groupOfState.get(state)!
	})
	const names = [...groupOfState.keys()]
	return keyWithoutState ? { groupOfRow, names, keyWithoutState } : { groupOfRow, names }
}

/**
 * The two-digit state code of a FIPS or GEOID key, or undefined. Understands state, county, tract, block group and block codes,
 * the long form (`1400000US13121001100`), a trailing `.0` of a spreadsheet, and a lost leading zero of county (4) and tract (10 digits).
 */
export function stateOfKey(key: string): string | undefined {
	if (/^(\d{5}|\d{11}|\d{12})$/.test(key)) return key.slice(0, 2)
	const digits = key.trim().replace(/^\d{7}US/, '').replace(/\.0+$/, '')
	if (!/^\d+$/.test(digits)) return undefined
	if ([1, 4, 10].includes(digits.length)) return `0${digits[0]}`
	return [2, 5, 11, 12, 15].includes(digits.length) ? digits.slice(0, 2) : undefined
}
