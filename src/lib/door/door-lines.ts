import type { GivenMark, PhoneGuest } from '#coalition/server'

/** The list of a convening as it lies on a telephone. */
export interface DoorList {
	convening: string
	title: string
	/** Milliseconds: after this moment the list is deleted from the telephone. */
	deleteAfter: number
	/** When it came from the server, milliseconds. */
	loadedAt: number
	guests: PhoneGuest[]
}

/** A note on the telephone, until it was sent and nobody needs to look at it any more. */
export interface KeptMark extends GivenMark {
	convening: string
	/** Who it is about, to be shown. */
	label: string
	state: 'waiting' | 'asks'
	/** What came back, where a person must look at it: an outcome, or a sentence why it was refused. */
	outcome?: string
	sentence?: string
	before?: string
}

export interface PhoneLine extends PhoneGuest {
	/** The note about this guest that waits to be sent. */
	mark: KeptMark | undefined
}

/** The list with what was noted since, narrowed to names that hold each of the words; those who are not there yet come first. */
export function linesOf(guests: readonly PhoneGuest[], marks: readonly KeptMark[], q: string): PhoneLine[] {
	const words = plain(q).split(' ').filter(Boolean)
	const waiting = new Map(marks.flatMap((mark) => (mark.rsvp && mark.state === 'waiting' ? [[mark.rsvp, mark] as const] : [])))
	const lines = guests.filter(({ name }) => words.every((word) => plain(name).includes(word))).map((guest) => ({ ...guest, mark: waiting.get(guest.rsvp) }))
	const isThere = ({ there, mark }: PhoneLine) => Number(there || mark !== undefined)
	return lines.toSorted((a, b) => isThere(a) - isThere(b) || a.name.localeCompare(b.name))
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()

/** The list after a note was taken: whoever it was about is there. */
export function afterTaking(guests: readonly PhoneGuest[], { rsvp, partySize }: Pick<GivenMark, 'rsvp' | 'partySize'>): PhoneGuest[] {
	return guests.map((guest) => (guest.rsvp === rsvp ? { ...guest, there: true, partySize: Number(partySize) || guest.partySize } : guest))
}

/** The code in what a camera read: the address that the picture of an RSVP holds, or the code itself. */
export function codeIn(text: string): string {
	const address = /[?&]guest=([a-z0-9]+)/i.exec(text)
	return (address?.[1] ?? text).toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** People by name: those that the server knows of with those that wait to be sent. */
export function countThere(guests: readonly PhoneGuest[], marks: readonly KeptMark[]): number {
	const waiting = marks.filter(({ state }) => state === 'waiting')
	const counted = guests.filter(({ rsvp, there }) => there || waiting.some((mark) => mark.rsvp === rsvp)).length
	return counted + waiting.filter(({ kind, rsvp }) => kind === 'walk_in' || (kind === 'code' && !rsvp)).length
}
