import { keepFile } from '#files/server'
import type { Writer } from '#database'
import { nameOf, type Actor } from '../../actor.ts'
import type { CoalitionTables } from '../../coalition-tables.ts'
import { NOW } from '../../testing.ts'
import { recordCommitment, type GivenCommitment } from '../commitments.ts'
import { addFinding } from '../findings.ts'
import { addOffice, addTerm, openPublicBody } from '../offices.ts'

let made = 0

/** A public body with one office and a term from 2025 to 2028, kept by a body of the coalition. */
export async function makeOffices(writer: Writer<CoalitionTables>, actor: Actor, body: string): Promise<{ publicBody: string; slug: string; office: string; term: string }> {
	const { id: publicBody, slug } = await openPublicBody(writer, actor, body, { name: `Council ${++made} ${body}`, about: '' }, NOW)
	const office = await addOffice(writer, actor, publicBody, { post: 'Member for the harbor', division: 'ocd-division/country:us/state:ga/place:brightwater' }, NOW)
	const term = await addTerm(writer, actor, office, { holder: 'Pat Example', beginsOn: '2025-01-01', endsOn: '2028-12-31' }, NOW)
	return { publicBody, slug, office, term }
}

/** Keeps a text as an archived copy handed in by this actor; returns its SHA-256. */
export const archive = (writer: Writer<CoalitionTables>, actor: Actor, text: string) => keepFile(writer, nameOf(actor), { name: 'minutes.txt', content: Buffer.from(text) }, NOW)

/** The form of a commitment that is complete. */
export const PROMISE = { quote: 'We will open the library on Sundays.', source: 'https://example.org/minutes', madeOn: '2026-01-15', dueRule: 'stated', dueOn: '2026-02-15', test: 'The library is open on four Sundays in a row.', allOrNothing: false }

/** A commitment with one piece of evidence, and the hash of the copy that both stand on. */
export async function makeCommitment(writer: Writer<CoalitionTables>, actor: Actor, body: string, more: Partial<GivenCommitment> = {}) {
	const offices = await makeOffices(writer, actor, body)
	const file = await archive(writer, actor, `Minutes ${made}`)
	const commitment = await recordCommitment(writer, actor, body, { ...PROMISE, term: offices.term, file, ...more }, NOW)
	await addFinding(writer, actor, commitment, { kind: 'evidence', value: 'supports', text: 'Open on all Sundays of February.', onDay: '2026-02-22', source: 'https://example.org/hours', file }, NOW)
	return { ...offices, file, commitment }
}

/** The form of a verdict that is complete. */
export const KEPT = { rating: 'kept', share: '100', doneOn: '2026-02-08', note: 'Four Sundays, seen by three of us.', noStake: true }
