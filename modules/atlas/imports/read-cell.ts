import { decodeAcsText } from '@throughline/stats'

/** Why a cell is listed in the report. `code` is a publisher's code for "no value" and does not stand in the way. */
export type CellFault = 'not_a_number' | 'share_over_100' | 'negative_share' | 'negative_count' | 'negative_margin' | 'code'

export interface ReadCell {
	/** The number, NaN when there is none. */
	value: number
	fault?: CellFault
}

const EMPTY = /^(|na|n\/a|null|nan|none|\.)$/i
/** What CDC/ATSDR and others write for "no value"; the codes of the ACS are known to the library. */
const CODES = new Set([-999, -9999])

/** Reads one cell of a column of that kind, as a number or with the reason why it is none. A sign of dollars or percent is taken off. */
export function readCell(text: string, kind: 'share' | 'count' | 'amount', role: 'estimate' | 'margin'): ReadCell {
	const trimmed = text.trim()
	if (EMPTY.test(trimmed)) return { value: NaN }
	const cell = decodeAcsText(trimmed.replace(/^\$\s?/, '').replace(/\s?%$/, ''), role)
	if (!cell) return { value: NaN, fault: 'not_a_number' }
	if (cell.annotation) return { value: cell.value, fault: 'code' }
	if (CODES.has(cell.value)) return { value: NaN, fault: 'code' }
	const fault = Number.isNaN(cell.value) ? undefined : faultOf(cell.value, kind, role)
	return fault ? { value: NaN, fault } : { value: cell.value }
}

function faultOf(value: number, kind: 'share' | 'count' | 'amount', role: 'estimate' | 'margin'): CellFault | undefined {
	if (role === 'margin') return value < 0 ? 'negative_margin' : undefined
	if (kind === 'share') return value > 100 ? 'share_over_100' : value < 0 ? 'negative_share' : undefined
	return kind === 'count' && value < 0 ? 'negative_count' : undefined
}
