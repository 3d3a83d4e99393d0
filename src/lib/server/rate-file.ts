import { RATE_ROWS_AT_MOST } from '#coalition/server'
import { Refusal } from '#database'
import { readTableFile } from './table-file.ts'

/** Megabytes that a file of response rates may have. */
export const RATE_FILE_MEGABYTES = 4

export interface RateFile {
	fileName: string
	columns: string[]
	rows: (string | null)[][]
}

/**
 * Reads a file of response rates: the JSON of the Census Bureau's interface (an array of arrays, names of columns first), or a table with the
 * same names. Errors: `rates_json_unreadable`, `rates_too_long`, those of the tables' readers.
 */
export async function readRateFile(fileName: string, bytes: Uint8Array): Promise<RateFile> {
	const text = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart()
	if (text.startsWith('[') || text.startsWith('{')) return { fileName, ...readJson(fileName, new TextDecoder().decode(bytes)) }
	return { fileName, ...(await readTableFile(fileName, bytes, { maxRows: RATE_ROWS_AT_MOST, maxColumns: 100, maxCellCharacters: 1000, maxOutputBytes: 40e6 })) }
}

function readJson(fileName: string, text: string): Pick<RateFile, 'columns' | 'rows'> {
	let parsed: unknown
	try {
		parsed = JSON.parse(text)
	} catch {
		throw new Refusal('rates_json_unreadable', { file: fileName.slice(0, 80) })
	}
	const isCell = (cell: unknown) => cell === null || typeof cell === 'string' || typeof cell === 'number'
	if (!Array.isArray(parsed) || parsed.length === 0 || !parsed.every((row) => Array.isArray(row) && row.every(isCell))) throw new Refusal('rates_json_unreadable', { file: fileName.slice(0, 80) })
	const [names, ...rows] = parsed as (string | number | null)[][]
	return { columns: names!.map(String), rows: rows.map((row) => row.map((cell) => (cell === null ? null : String(cell)))) }
}
