import { decodeAcsNumber } from '../acs-annotations.ts'
import { marginOfShare, sumOfEstimates } from '../acs-moe.ts'
import { roundColumn, roundTo } from '../rounding.ts'
import type { Derivation } from './types.ts'

/** Columns by name, jam values of the ACS taken out. A margin that is blank beside its estimate is `blankMargin`: 0, a controlled one, unless said. */
export class RecipeColumns {
	private readonly raw: ReadonlyMap<string, Float64Array>
	private readonly known = new Map<string, Float64Array>()
	private readonly blankMargin: number
	readonly rowCount: number

	constructor(raw: ReadonlyMap<string, Float64Array>, rowCount: number, blankMargin = 0) {
		this.raw = raw
		this.rowCount = rowCount
		this.blankMargin = blankMargin
	}

	/** The column, or undefined. */
	find(name: string): Float64Array | undefined {
		const known = this.known.get(name)
		if (known) return known
		const raw = this.raw.get(name)
		if (!raw) return undefined
		const clean = holdsCodes(raw) ? raw.map((value) => decodeAcsNumber(value, 'estimate').value) : raw
		this.known.set(name, clean)
		return clean
	}

	get(name: string): Float64Array {
		const column = this.find(name)
		if (!column) throw new RangeError(`no column ${name}`)
		return column
	}

	set(name: string, values: Float64Array): void {
		this.known.set(name, values)
	}

	/** Margins of the stem `X`: column `XM`, with 0 where the estimate `XE` was controlled or its margin left blank. */
	margins(stem: string): Float64Array {
		const estimates = this.get(`${stem}E`)
		const margins = this.raw.get(`${stem}M`) ?? this.get(`${stem}M`)
		return margins.map((margin, row) => {
			if (estimates[row] !== estimates[row]) return NaN
			return margin === margin ? decodeAcsNumber(margin, 'margin').value : this.blankMargin
		})
	}
}

function holdsCodes(values: Float64Array): boolean {
	for (let row = 0; row < values.length; row++) if (values[row]! <= -111111111) return true
	return false
}

/** Computes one derived column. Errors: RangeError when an input is not there (`planRecipe` has seen to that). */
export function deriveColumn(derivation: Derivation, columns: RecipeColumns): Float64Array {
	switch (derivation.kind) {
		case 'copy': return columns.get(derivation.from)
		case 'sum': return roundColumn(signedSum(columns, derivation.sum, derivation.minus), derivation.decimals)
		case 'share': return shareColumn(derivation, columns)
		case 'tie-break': {
			const by = columns.get(derivation.by)
			return columns.get(derivation.printed).map((printed, row) => printed + (by[row] === by[row] ? by[row]! * 1e-4 : 0))
		}
		case 'margin': return columns.margins(derivation.margin)
		case 'margin-sum': return marginSum(derivation, columns)
		case 'margin-share': return marginShare(derivation, columns)
		case 'whole': return columns.get(derivation.whole).map(Math.floor)
	}
}

function signedSum(columns: RecipeColumns, plus: string[], minus: string[]): Float64Array {
	const total = new Float64Array(columns.rowCount)
	for (const name of plus) {
		const column = columns.get(name)
		for (let row = 0; row < total.length; row++) total[row]! += column[row]!
	}
	for (const name of minus) {
		const column = columns.get(name)
		for (let row = 0; row < total.length; row++) total[row]! -= column[row]!
	}
	return total
}

/** 100 · share / of; a denominator of zero gives `when-zero`; a missing result is taken from `otherwise`. */
function shareColumn(derivation: Derivation & { kind: 'share' }, columns: RecipeColumns): Float64Array {
	const of = columns.get(derivation.of)
	const otherwise = derivation.otherwise === undefined ? undefined : columns.find(derivation.otherwise)
	const { decimals, whenZero = NaN } = derivation
	return columns.get(derivation.share).map((part, row) => {
		const share = of[row] === 0 ? whenZero : (100 * part) / of[row]!
		if (share !== share) return otherwise?.[row] ?? NaN
		return decimals === undefined ? share : roundTo(share, decimals)
	})
}

function marginSum(derivation: Derivation & { kind: 'margin-sum' }, columns: RecipeColumns): Float64Array {
	const terms = derivation.marginSum.map((stem) => ({ estimates: columns.get(`${stem}E`), margins: columns.margins(stem) }))
	const rounded = { none: (moe: number) => moe, floor: Math.floor, tenth: (moe: number) => roundTo(moe, 1) }[derivation.whole]
	return Float64Array.from({ length: columns.rowCount }, (_, row) =>
		rounded(sumOfEstimates(terms.map(({ estimates, margins }) => ({ estimate: estimates[row]!, moe: margins[row]! })), derivation.zeros).moe))
}

function marginShare(derivation: Derivation & { kind: 'margin-share' }, columns: RecipeColumns): Float64Array {
	const [share, of, ofMargins] = [columns.get(derivation.share), columns.get(derivation.of), columns.margins(derivation.ofMargin)]
	return columns.get(derivation.marginShare).map((margin, row) => {
		const moe = 100 * marginOfShare(margin, share[row]! / 100, { estimate: of[row]!, moe: ofMargins[row]! })
		return roundTo(Math.min(derivation.cap, moe), derivation.decimals ?? 10)
	})
}
