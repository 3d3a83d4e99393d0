import { normalizeContact } from '#people'

/** A telephone number or e-mail address as one field takes either. */
export type Contact = { channel: 'email' | 'phone'; value: string; normalized: string }

/** What somebody typed as a way to reach them: undefined for nothing, `fault` for what is neither an address nor a number. */
export function readContact(text: string): Contact | { fault: string } | undefined {
	const value = text.trim()
	if (!value) return undefined
	const channel = value.includes('@') ? 'email' : 'phone'
	const normalized = normalizeContact(channel, value)
	return normalized ? { channel, value, normalized } : { fault: value.slice(0, 80) }
}

/** A line of a sheet that people signed by hand. */
export interface PaperLine {
	/** From 1, as it stands in the field. */
	line: number
	name: string
	contact: Contact | undefined
	/** What was written where a contact belongs and is none. */
	fault: string | undefined
}

export const MOST_PAPER_LINES = 400

/** The lines of a typed-up sheet, `name, contact` or `name` alone; tabs and semicolons part as commas do, empty lines are left out. */
export function readPaperSheet(text: string): PaperLine[] {
	return text.split(/\r?\n/).flatMap((row, index) => {
		const [name = '', ...rest] = row.split(/[,;\t]/).map((part) => part.trim())
		if (!row.trim()) return []
		const contact = readContact(rest.filter(Boolean).join(' '))
		const faulty = contact && 'fault' in contact
		return [{ line: index + 1, name: name.slice(0, 120), contact: faulty ? undefined : contact, fault: faulty ? contact.fault : undefined }]
	})
}

/** Names by which two spellings are taken to be perhaps one person: case, accents and blanks aside. */
export function nameKey(name: string): string {
	return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
}
