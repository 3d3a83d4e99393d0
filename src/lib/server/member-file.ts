import ICAL from 'ical.js'
import { MEMBER_ROWS_AT_MOST } from '#coalition'
import { Refusal } from '#database'
import { readTableFile, type TableFile } from './table-file.ts'

/** Megabytes that a list of members may have. */
export const MEMBER_LIST_MEGABYTES = 2

/** A list of people as a table, whatever file it came in. */
export interface MemberFile extends TableFile {
	fileName: string
}

/**
 * Reads a list of people: a table (CSV and the like, XLSX) or address cards (vCard 3.0 and 4.0, RFC 6350). Errors: `members_list_empty`,
 * `members_cards_unreadable`, those of the tables' readers.
 */
export async function readMemberFile(fileName: string, bytes: Uint8Array): Promise<MemberFile> {
	const head = new TextDecoder().decode(bytes.subarray(0, 40)).trimStart().toUpperCase()
	if (head.startsWith('BEGIN:VCARD')) return { fileName, ...readCards(fileName, new TextDecoder().decode(bytes)) }
	const limits = { maxRows: 10 * MEMBER_ROWS_AT_MOST, maxColumns: 100, maxCellCharacters: 2000, maxOutputBytes: 20e6 }
	return { fileName, ...(await readTableFile(fileName, bytes, limits)) }
}

type Property = [string, Record<string, unknown>, string, ...unknown[]]

function readCards(fileName: string, text: string): Pick<MemberFile, 'columns' | 'rows'> {
	let parsed: unknown
	try {
		parsed = ICAL.parse(text)
	} catch (cause) {
		throw new Refusal('members_cards_unreadable', { file: fileName, reason: cause instanceof Error ? cause.message : '' })
	}
	// One card comes alone, several in a list.
	const cards = (typeof (parsed as unknown[])[0] === 'string' ? [parsed] : parsed) as [string, Property[]][]
	const rows = cards.filter(([kind]) => kind === 'vcard').map(([, properties]) => {
		const first = (name: string) => properties.find(([key]) => key === name)?.[3]
		const [last = '', given = ''] = Array.isArray(first('n')) ? (first('n') as string[]) : []
		const text = (value: unknown) => (typeof value === 'string' ? value : '')
		return [text(first('fn')) || `${given} ${last}`.trim(), text(first('email')), text(first('tel')).replace(/^tel:/i, ''), text(first('lang'))]
	})
	return { columns: ['Name', 'Email', 'Phone', 'Language'], rows }
}
