import { randomUUID } from 'node:crypto'
import { enqueue, newId, Refusal, type Database, type Reader, type Writer } from '#database'
import type { OutgoingMail, SendMail } from '#people/server'
import { LETTER_STATES, type Language, type LetterKind, type LetterParameters, type LetterState } from '../letter.ts'
import type { MailTables, Reason } from './mail-tables.ts'

/** A letter before it has words. */
export interface GivenLetter {
	kind: LetterKind
	/** Both languages where nobody knows which one the recipient reads. */
	language?: Language
	recipient: string
	contactPoint?: string
	person?: string
	/** `account`, `event_logistics`, `body:<id>`, `digest`. */
	purpose: string
	parameters: LetterParameters
	/** Two letters of the same mark are one: the second is not written. */
	once?: string
	/** When it no longer makes sense; three days from now where nothing is said. */
	until?: Date
}

const DAY = 86_400_000
const KEEPS_DAYS = 3

/**
 * Writes letters to the outbox and asks the job queue to send them, in the caller's transaction: both happen or neither. Returns their ids.
 */
export async function queueLetters(writer: Writer<MailTables>, letters: readonly GivenLetter[], now: Date): Promise<string[]> {
	const ids: string[] = []
	for (const { kind, language, recipient, contactPoint, person, purpose, parameters, once, until } of letters) {
		const id = newId('l', 14)
		const made = await writer.insertInto('mail.letter')
			.values({ id, kind, language: language ?? null, recipient, contact_point: contactPoint ?? null, person: person ?? null, purpose, parameters: JSON.stringify(parameters), once: once ?? null, next_try_at: now, until: until ?? new Date(now.getTime() + KEEPS_DAYS * DAY), made_at: now })
			.onConflict((conflict) => conflict.column('once').doNothing()).returning('id').executeTakeFirst()
		if (made) ids.push(id)
	}
	if (ids.length === 0) return ids
	await writer.insertInto('mail.letter_state').values(ids.map((letter) => ({ letter, state: 'waiting' as const, reason: null, at: now }))).execute()
	await enqueue(writer, { id: randomUUID(), task: 'send-mail', payload: {}, askedBy: 'system', at: now })
	return ids
}

const LINK_MINUTES = 10

/**
 * The outbox for the sign-in. `say` also prints links, so that the sample region and a developer can follow them without a mail server; never
 * give it where real people sign in. What goes wrong is told to `fail`.
 */
export function mailToOutbox(database: Database<MailTables>, now: () => Date, say?: (line: string) => void, fail: (cause: unknown) => void = console.error): SendMail {
	return async ({ kind, recipient, parameters }: OutgoingMail) => {
		if (parameters.url) say?.(`Mail to ${recipient}: ${parameters.url}`)
		const letter: GivenLetter = { kind, recipient, purpose: 'account', parameters, until: new Date(now().getTime() + LINK_MINUTES * 60_000) }
		void database.transaction().execute((writer) => queueLetters(writer, [letter], now())).catch(fail)
	}
}

/** A letter as the outbox lists it. */
export interface LetterLine {
	id: string
	kind: LetterKind
	recipient: string
	state: LetterState
	reason: Reason | null
	madeAt: Date
	changedAt: Date
}

export const LETTERS_ON_PAGE = 50

/** Letters, newest first, one page of them, with the reason of their state, and how many there are in all. */
export async function listLetters(reader: Reader<MailTables>, { state, page }: { state?: string; page: number }): Promise<{ letters: LetterLine[]; count: number }> {
	const wanted = LETTER_STATES.find((one) => one === state)
	let query = reader.selectFrom('mail.letter')
	if (wanted) query = query.where('mail.letter.state', '=', wanted)
	const { count } = await query.select(({ fn }) => fn.countAll<string>().as('count')).executeTakeFirstOrThrow()
	const rows = await query.innerJoinLateral((from) => from.selectFrom('mail.letter_state').select(['reason', 'at']).whereRef('letter', '=', 'mail.letter.id').orderBy('mail.letter_state.id', 'desc').limit(1).as('last'), (on) => on.onTrue())
		.select(['mail.letter.id', 'kind', 'recipient', 'mail.letter.state', 'made_at', 'last.reason', 'last.at'])
		.orderBy('made_at', 'desc').orderBy('mail.letter.id').limit(LETTERS_ON_PAGE).offset((page - 1) * LETTERS_ON_PAGE).execute()
	return { letters: rows.map(({ made_at, at, ...row }) => ({ ...row, madeAt: made_at, changedAt: at })), count: Number(count) }
}

/** A letter with what happened to it, oldest first. Errors: `mail_letter_unknown`. */
export async function getLetter(reader: Reader<MailTables>, id: string) {
	const letter = await reader.selectFrom('mail.letter').selectAll().where('id', '=', id).executeTakeFirst()
	if (!letter) throw new Refusal('mail_letter_unknown')
	const states = await reader.selectFrom('mail.letter_state').select(['state', 'reason', 'at']).where('letter', '=', id).orderBy('id').execute()
	return { ...letter, states }
}

/** Lets a letter that failed, or was held back, wait again. Errors: `mail_letter_unknown`, `mail_not_again`. */
export async function tryAgain(writer: Writer<MailTables>, id: string, now: Date): Promise<void> {
	const { state, kind } = await getLetter(writer, id)
	if (state !== 'failed' || kind === 'magic_link') throw new Refusal('mail_not_again')
	await writer.updateTable('mail.letter').set({ state: 'waiting', attempts: 0, next_try_at: now, until: new Date(now.getTime() + KEEPS_DAYS * DAY) }).where('id', '=', id).where('state', '=', 'failed').execute()
	await writer.insertInto('mail.letter_state').values({ letter: id, state: 'waiting', reason: null, at: now }).execute()
	await enqueue(writer, { id: randomUUID(), task: 'send-mail', payload: {}, askedBy: 'system', at: now })
}
