/** Codes that publishers write where there is no value: CDC's -999, blanks, and what R, Python and SQL print. */
export const MISSING_CODES: readonly string[] = ['', '-999', 'NA', 'N/A', 'NULL', 'NaN', 'nan', 'null', 'None', '.']

/**
 * Values that the American Community Survey prints in place of an estimate or margin that does not exist
 * (Census Bureau, "Notes on ACS Estimate and Annotation Values"). They are never numbers to compute with.
 */
export const ACS_JAM_VALUES: readonly number[] = [-222222222, -333333333, -555555555, -666666666, -888888888, -999999999]

const JAM = new Set(ACS_JAM_VALUES)

export function isJamValue(value: number): boolean {
	return JAM.has(value)
}

/** Answers whether a trimmed cell is one of the missing codes; numeric codes also match as numbers ("-999.0"). */
export function missingTest(codes: readonly string[]): (text: string, value: number) => boolean {
	const texts = new Set(codes)
	const values = new Set(codes.filter((code) => code !== '').map(Number).filter((code) => !Number.isNaN(code)))
	return (text, value) => values.has(value) || texts.has(text)
}

/** A decimal number as written in a cell, or undefined when it is anything else ("12 %", "0x1F", "Infinity"). */
export function parseNumber(text: string, decimal: '.' | ',' = '.'): number | undefined {
	if (text === '') return undefined
	const value = Number(decimal === ',' ? text.replace(',', '.') : text)
	if (!Number.isFinite(value)) return undefined
	const second = text.charCodeAt(1) | 32
	return second === 120 || second === 98 || second === 111 ? undefined : value
}
