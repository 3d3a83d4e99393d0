/** Why an ACS cell holds no number that arithmetic may use. */
export type AcsAnnotation =
	| 'controlled' | 'open-ended-interval' | 'too-few-observations' | 'no-sample' | 'not-available' | 'not-applicable' | 'unknown-code'

export interface AcsCell {
	/** The number, or NaN. A controlled margin is 0: the estimate was fixed to an independent count. */
	value: number
	annotation?: AcsAnnotation
}

const SYMBOLS: Record<string, AcsAnnotation> = {
	'*****': 'controlled', '***': 'open-ended-interval', '**': 'too-few-observations', '-': 'no-sample', 'N': 'not-available', '(X)': 'not-applicable',
}

const JAM_VALUES = new Map<number, AcsAnnotation>([
	[-222222222, 'too-few-observations'], [-333333333, 'open-ended-interval'], [-555555555, 'controlled'],
	[-666666666, 'no-sample'], [-888888888, 'not-applicable'], [-999999999, 'not-available'],
])

/**
 * Reads a number of an ACS table and takes out jam values (−666666666 and its kin), so that none reaches arithmetic. For a margin
 * of error "controlled" is 0, otherwise missing. Any other number at or below −111111111 is an unknown code and missing.
 */
export function decodeAcsNumber(value: number, role: 'estimate' | 'margin'): AcsCell {
	if (!(value <= -111111111)) return { value }
	return annotated(JAM_VALUES.get(value) ?? 'unknown-code', role)
}

/**
 * Reads one cell of an ACS table as text: a number (thousands separators and a leading + allowed), an annotation symbol (`*****`,
 * `***`, `**`, `-`, `N`, `(X)`), a jam value, an open interval (`250,000+`, `2,500-`, missing) or an empty cell (missing).
 * Returns undefined when the text is none of these: the caller says where it stands.
 */
export function decodeAcsText(text: string, role: 'estimate' | 'margin'): AcsCell | undefined {
	const trimmed = text.trim()
	if (trimmed === '' || /^(null|na|nan)$/i.test(trimmed)) return { value: NaN }
	const symbol = SYMBOLS[trimmed]
	if (symbol) return annotated(symbol, role)
	if (/^[\d,]+[+-]$/.test(trimmed)) return annotated('open-ended-interval', role)
	const plain = /^[+-]?(\d{1,3}(,\d{3})+)(\.\d*)?$/.test(trimmed) ? trimmed.replaceAll(',', '') : trimmed
	if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return undefined
	return decodeAcsNumber(Number(plain), role)
}

/**
 * Reads a number with the annotation that the Census Data API gives beside it (variables `…EA` and `…MA`; empty when there is none).
 * The annotation decides: a median printed as 250,001 under "250,000+" is an open interval and missing. A controlled estimate keeps its
 * number; its margin is 0. Returns undefined when the number's text is none.
 */
export function decodeAcsPair(text: string, annotation: string, role: 'estimate' | 'margin'): AcsCell | undefined {
	const said = decodeAcsText(annotation, role)?.annotation
	const cell = decodeAcsText(text, role)
	if (said === undefined || cell?.annotation !== undefined) return cell
	return said === 'controlled' && role === 'estimate' ? cell && { ...cell, annotation: said } : annotated(said, role)
}

function annotated(annotation: AcsAnnotation, role: 'estimate' | 'margin'): AcsCell {
	return { value: annotation === 'controlled' && role === 'margin' ? 0 : NaN, annotation }
}
