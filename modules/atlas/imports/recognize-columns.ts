/** Columns of a table that belong together, by their names. */
export interface RecognizedColumn {
	/** The column with the number. */
	estimate: string
	/** The column with its margin of error, where there is one. */
	margin?: string
	/** The columns with what a share counts: its numerator. */
	numerator?: string
	numeratorMargin?: string
	/** `share` in percent, `count`, or undefined when the name does not say. */
	kind?: 'share' | 'count' | 'amount'
	/** The years that the name says, e.g. `2018–2022`. */
	years?: string
	/** Which publisher's way of naming it is; `none` for a column on its own. */
	convention: 'svi' | 'acs' | 'arc' | 'moe' | 'none'
}

export interface RecognizedTable {
	columns: RecognizedColumn[]
	/** Columns that are no indicator, and why: a test of significance, a margin, a note, a rank or a flag. */
	leftOut: Map<string, 'significance' | 'margin' | 'annotation' | 'rank'>
}

type Match = Pick<RecognizedColumn, 'kind' | 'years' | 'convention'> & { margins: string[] }

const ARC = /^(.+)_(e|m)(\d{2})$/i
const ACS_AGE = 4

/**
 * Recognises which columns are estimates, their margins, and what is no indicator: `EP_`/`MP_` and `E_`/`M_` (CDC/ATSDR SVI),
 * `_001E`/`_001M` and `_001PE`/`_001PM` (American Community Survey), `_e22`/`_m22` (Atlanta Regional Commission, where the prefix
 * `s` marks a change that is significant at 90 % and is no indicator), and `X`/`X_moe`. Letter case is ignored. Every column of the
 * table is in `columns` or in `leftOut`, once.
 */
export function recognizeColumns(names: readonly string[]): RecognizedTable {
	const byLowerCase = new Map(names.map((name) => [name.toLowerCase(), name]))
	const find = (name: string) => byLowerCase.get(name.toLowerCase())
	const leftOut: RecognizedTable['leftOut'] = new Map()
	const estimates = names.map((name) => ({ name, match: matchName(name) }))
	for (const name of names) if (isSignificance(name, find)) leftOut.set(name, 'significance')
	for (const { name, match } of estimates) {
		const margin = match && !leftOut.has(name) && firstFound(match.margins, find, name)
		if (margin) leftOut.set(margin, 'margin')
	}
	for (const name of names) if (!leftOut.has(name)) leaveOut(name, leftOut)
	const columns = estimates.filter(({ name }) => !leftOut.has(name)).map(({ name, match }) => describeColumn(name, match, find, leftOut))
	return { columns, leftOut }
}

function describeColumn(name: string, match: Match | undefined, find: (name: string) => string | undefined, leftOut: RecognizedTable['leftOut']): RecognizedColumn {
	if (!match) return { estimate: name, convention: 'none' }
	const margin = firstFound(match.margins, find, name)
	const code = match.convention === 'svi' && match.kind === 'share' ? name.slice(3) : undefined
	const numerator = code && find(`E_${code}`)
	const numeratorMargin = code && find(`M_${code}`)
	return {
		estimate: name,
		...(margin && leftOut.get(margin) === 'margin' && { margin }),
		...(numerator && { numerator, ...(numeratorMargin && { numeratorMargin }) }),
		...(match.kind && { kind: match.kind }),
		...(match.years && { years: match.years }),
		convention: match.convention === 'moe' && !margin ? 'none' : match.convention,
	}
}

/** What a name says of an estimate, and how its margin may be called; undefined for a name that follows no convention. */
function matchName(name: string): Match | undefined {
	if (/^EP_./i.test(name)) return { convention: 'svi', kind: 'share', margins: [`MP_${name.slice(3)}`] }
	if (/^E_./i.test(name)) return { convention: 'svi', kind: 'count', margins: [`M_${name.slice(2)}`] }
	const acs = /^(.*_\d{3,4})(P?)E$/i.exec(name)
	if (acs) return { convention: 'acs', ...(acs[2] && { kind: 'share' as const }), margins: [`${acs[1]}${acs[2]}M`] }
	const arc = ARC.exec(name)
	if (arc && arc[2]!.toLowerCase() === 'e') return { convention: 'arc', ...kindOfArc(arc[1]!), years: yearsEnding(arc[3]!), margins: [`${arc[1]}_m${arc[3]}`] }
	if (arc) return undefined
	if (/^estimate$/i.test(name)) return { convention: 'moe', margins: ['moe', 'margin', 'margin_of_error', 'estimate_moe'] }
	return { convention: 'moe', margins: [`${name}_moe`, `${name}moe`, `moe_${name}`, `${name} moe`, `${name}_margin`] }
}

/** The Atlanta Regional Commission marks a percent by `p` before a capital, a median by `m`, an average by `a`; a count by nothing. */
function kindOfArc(stem: string): { kind?: 'share' | 'count' | 'amount' } {
	if (/^p[A-Z]/.test(stem)) return { kind: 'share' }
	if (/^(m|a|r|ch|pch|chp)[A-Z]/.test(stem)) return { kind: 'amount' }
	return /^[A-Z]/.test(stem) ? { kind: 'count' } : {}
}

/** The five years of the American Community Survey that end with a year of two digits. */
function yearsEnding(digits: string): string {
	const last = 2000 + Number(digits)
	return `${last - ACS_AGE}–${last}`
}

/** `sTotPop_e22` says whether a change is significant: `s` before a capital or before another column's name. */
function isSignificance(name: string, find: (name: string) => string | undefined): boolean {
	const arc = ARC.exec(name)
	if (!arc || !/^s/i.test(arc[1]!)) return false
	const of = name.slice(1)
	return /^s(ch|pch|chp|p|m|a|r)?[A-Z]/.test(arc[1]!) || (find(of) !== undefined && ARC.test(of))
}

function leaveOut(name: string, leftOut: RecognizedTable['leftOut']): void {
	const arc = ARC.exec(name)
	if (/^(EPL|SPL|RPL|SPLS|RPLS|F)_./i.test(name)) leftOut.set(name, 'rank')
	else if (/_\d{3,4}P?(EA|MA)$/i.test(name)) leftOut.set(name, 'annotation')
	else if (/^MP?_./i.test(name) || /_\d{3,4}P?M$/i.test(name) || arc?.[2]!.toLowerCase() === 'm') leftOut.set(name, 'margin')
}

function firstFound(candidates: readonly string[], find: (name: string) => string | undefined, own: string): string | undefined {
	return candidates.map(find).find((name) => name !== undefined && name !== own)
}
