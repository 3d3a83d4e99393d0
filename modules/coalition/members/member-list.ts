import { normalizeContact, normalizeName } from '#people'

/** What a column of a list of members may hold. */
export const MEMBER_FIELDS = ['name', 'first_name', 'last_name', 'email', 'phone', 'pronouns', 'language'] as const
export type MemberField = (typeof MEMBER_FIELDS)[number]

/** The column of each field, by its place. */
export type MemberMapping = Partial<Record<MemberField, number>>

/** Rows that one list may have; a coalition with more brings them in parts. */
export const MEMBER_ROWS_AT_MOST = 2000

export interface ListedMember {
	/** The row as a spreadsheet shows it; the header is 1. */
	row: number
	name: string
	email: string
	phone: string
	pronouns: string
	language: 'en' | 'es'
	faults: MemberFault[]
}
/** Why a row cannot be taken in: no name, a way to reach somebody that is none, or the same person in an earlier row. */
export type MemberFault = { kind: 'no_name' } | { kind: 'email' | 'phone'; value: string } | { kind: 'twice'; row: number }

/** Headers by which spreadsheets and mail programs name these fields, in English and Spanish. */
const HEADERS: Record<MemberField, readonly string[]> = {
	name: ['name', 'full name', 'display name', 'contact', 'member', 'nombre completo', 'nombre y apellidos', 'fn'],
	first_name: ['first name', 'given name', 'first', 'nombre', 'nombres'],
	last_name: ['last name', 'family name', 'surname', 'last', 'apellido', 'apellidos'],
	email: ['email', 'e mail', 'email address', 'e mail address', 'mail', 'correo', 'correo electronico', 'e mail 1 value', 'email 1'],
	phone: ['phone', 'phone number', 'telephone', 'tel', 'mobile', 'cell', 'cell phone', 'mobile phone', 'telefono', 'celular', 'movil', 'phone 1 value'],
	pronouns: ['pronouns', 'pronombres'],
	language: ['language', 'preferred language', 'idioma', 'lengua'],
}

/** The columns that their headers name. */
export function guessMemberColumns(columns: readonly string[]): MemberMapping {
	const headers = columns.map(normalizeName)
	const mapping: MemberMapping = {}
	for (const field of MEMBER_FIELDS) {
		const place = headers.findIndex((header, i) => HEADERS[field].includes(header) && !Object.values(mapping).includes(i))
		if (place >= 0) mapping[field] = place
	}
	// First and last names in two columns are the name; a column of first names alone is what a short list calls the name.
	if (mapping.first_name !== undefined && mapping.last_name !== undefined) delete mapping.name
	else if (mapping.first_name !== undefined && mapping.name === undefined) {
		mapping.name = mapping.first_name
		delete mapping.first_name
	}
	return mapping
}

const SPANISH = ['es', 'spa', 'spanish', 'espanol', 'castellano']

/** The rows of a list as people, each with what is wrong with it; empty rows are left out. */
export function readMemberRows(rows: readonly (readonly string[])[], mapping: MemberMapping): ListedMember[] {
	const first = new Map<string, number>()
	return rows.flatMap((cells, i) => {
		if (cells.every((cell) => cell.trim() === '')) return []
		const cell = (field: MemberField) => (mapping[field] === undefined ? '' : (cells[mapping[field]!] ?? '').replace(/\s+/g, ' ').trim())
		const member: ListedMember = {
			row: i + 2, name: (cell('name') || `${cell('first_name')} ${cell('last_name')}`.trim()).slice(0, 120), email: cell('email'), phone: cell('phone'), pronouns: cell('pronouns').slice(0, 40),
			language: SPANISH.includes(normalizeName(cell('language')).split(' ')[0]!) ? 'es' : 'en', faults: [],
		}
		member.faults = faultsOf(member, first)
		return [member]
	})
}

function faultsOf(member: ListedMember, first: Map<string, number>): MemberFault[] {
	const faults: MemberFault[] = []
	const { name, row } = member
	if (!name) faults.push({ kind: 'no_name' })
	for (const channel of ['email', 'phone'] as const) {
		if (member[channel] && !normalizeContact(channel, member[channel])) faults.push({ kind: channel, value: member[channel].slice(0, 80) })
	}
	// One family may share an address: only the same name at the same address is the same person.
	const key = JSON.stringify([normalizeName(name), normalizeContact('email', member.email), normalizeContact('phone', member.phone)])
	const earlier = first.get(key)
	if (earlier !== undefined && name && (member.email || member.phone)) faults.push({ kind: 'twice', row: earlier })
	else first.set(key, row)
	return faults
}
