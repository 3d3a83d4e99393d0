import type { Selectable } from 'kysely'
import type { Transporter } from 'nodemailer'
import { readSetting, type Database, type Reader, type Writer } from '#database'
import { consentAt, recordConsent } from '#people/server'
import { BASIS, TRANSACTIONAL, type DigestGroup, type LetterState } from '../letter.ts'
import { readFailure } from './mail-failure.ts'
import { mailKey, writeToken } from './mail-key.ts'
import { findMailServer, type MailServer } from './mail-server.ts'
import type { MailTables, Reason } from './mail-tables.ts'
import { writeLetter, type LetterFoot, type WrittenLetter } from './write-letter.ts'

/** Whether a person may still read what belongs to a topic; the room that owns the topic knows. */
export type MayRead = (reader: Reader<MailTables>, person: string, topic: string, now: Date) => Promise<boolean>

export interface SendingContext {
	database: Database<MailTables>
	now(): Date
	mayRead: MayRead
	signal?: AbortSignal
	environment?: NodeJS.ProcessEnv
}

type Letter = Selectable<MailTables['mail.letter']>

/** After this long a letter whose sending nobody ended was cut off by a stop of the server. */
const CUT_OFF_MINUTES = 15
/** Minutes until the next try, by the number of tries. */
const PAUSES = [2, 10, 30, 120, 360]

/** Sends every letter that is due, one after the other; without a mail server nothing happens. Any number may run at once: a letter is claimed under lock and goes out once. */
export async function sendMail({ database, now, mayRead, signal, environment = process.env }: SendingContext): Promise<void> {
	const server = await findMailServer(database, environment)
	if (!server) return
	await endCutOff(database, now())
	const transport = server.open()
	try {
		for (let letter = await claim(database, now(), mayRead); letter && !signal?.aborted; letter = await claim(database, now(), mayRead)) {
			await sendOne(database, letter, { server, transport, now, environment })
		}
	} finally {
		transport.close()
	}
}

/** Takes the oldest letter that is due and may go; those that may not go any more are held back on the way. */
async function claim(database: Database<MailTables>, now: Date, mayRead: MayRead): Promise<Letter | undefined> {
	for (;;) {
		const taken = await database.transaction().execute(async (writer) => {
			const letter = await writer.selectFrom('mail.letter').selectAll().where('state', '=', 'waiting').where('next_try_at', '<=', now).orderBy('made_at').orderBy('id').limit(1).forUpdate().skipLocked().executeTakeFirst()
			if (!letter) return undefined
			const groups = letter.kind === 'digest' ? await allowedGroups(writer, letter, mayRead, now) : undefined
			const held = letter.until < now ? 'mail_too_late' : (await isStopped(writer, letter, groups, mayRead, now)) ? 'mail_not_wanted' : undefined
			const parameters = groups ? { ...letter.parameters, groups } : letter.parameters
			await setState(writer, letter.id, held ? 'suppressed' : 'sending', held ? { code: held, parameters: {} } : null, now)
			await writer.updateTable('mail.letter').set({ attempts: letter.attempts + 1, parameters: JSON.stringify(parameters) }).where('id', '=', letter.id).execute()
			return { letter: { ...letter, parameters, attempts: letter.attempts + 1 }, held: held !== undefined }
		})
		if (!taken) return undefined
		if (!taken.held) return taken.letter
	}
}

type Waiting = Pick<Letter, 'kind' | 'contact_point' | 'person' | 'purpose' | 'parameters'>

/** Consent as it stands at this moment, whatever it was when the letter was written. */
async function isStopped(reader: Reader<MailTables>, { kind, contact_point: point, person, purpose }: Waiting, groups: DigestGroup[] | undefined, mayRead: MayRead, now: Date): Promise<boolean> {
	if (groups) return groups.length === 0
	if (BASIS[kind] === 'account' || !point) return false
	if (purpose.startsWith('body:') && person && !(await mayRead(reader, person, purpose, now))) return true
	return (await consentAt(reader, point, purpose)) === 'stopped'
}

/** What is left of a digest: bodies that the person still belongs to and still asks for. */
async function allowedGroups(reader: Reader<MailTables>, { contact_point: point, person, parameters }: Waiting, mayRead: MayRead, now: Date): Promise<DigestGroup[]> {
	const left: DigestGroup[] = []
	for (const group of parameters.groups ?? []) {
		if (point && person && (await mayRead(reader, person, group.topic, now)) && (await consentAt(reader, point, group.topic)) === 'granted') left.push(group)
	}
	return left
}

export async function setState(writer: Writer<MailTables>, letter: string, state: LetterState, reason: Reason | null, now: Date): Promise<void> {
	await writer.updateTable('mail.letter').set({ state }).where('id', '=', letter).execute()
	await writer.insertInto('mail.letter_state').values({ letter, state, reason: reason && JSON.stringify(reason), at: now }).execute()
}

interface Tools {
	server: MailServer
	transport: Transporter
	now(): Date
	environment: NodeJS.ProcessEnv
}

async function sendOne(database: Database<MailTables>, letter: Letter, { server, transport, now, environment }: Tools): Promise<void> {
	try {
		const { written, unsubscribe } = await wordsOf(database, letter, server.postal, environment)
		const { calendar, method = 'PUBLISH' } = letter.parameters
		await transport.sendMail({
			// The same for every try, so that a mailbox knows a letter that it has.
			messageId: `<${letter.id}@${server.sender.replace(/^.*@|>$/g, '')}>`,
			to: { name: '', address: letter.recipient }, ...written,
			...(unsubscribe ? { headers: { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } } : {}),
			...(calendar ? { icalEvent: { method, content: calendar, filename: 'convening.ics' } } : {}),
		})
	} catch (cause) {
		return settleFailure(database, letter, cause, now())
	}
	await database.transaction().execute(async (writer) => {
		await setState(writer, letter.id, 'sent', null, now())
		// Whoever reads the database later must not sign in with it.
		if (letter.kind === 'magic_link') await writer.updateTable('mail.letter').set({ parameters: '{}' }).where('id', '=', letter.id).execute()
	})
}

async function settleFailure(database: Database<MailTables>, letter: Letter, cause: unknown, now: Date): Promise<void> {
	const { reason, again, noSuchAddress } = readFailure(cause)
	const pause = again ? PAUSES[letter.attempts - 1] : undefined
	await database.transaction().execute(async (writer) => {
		await setState(writer, letter.id, pause === undefined ? 'failed' : 'waiting', reason, now)
		if (pause !== undefined) await writer.updateTable('mail.letter').set({ next_try_at: new Date(now.getTime() + pause * 60_000) }).where('id', '=', letter.id).execute()
		if (noSuchAddress && letter.contact_point) await recordConsent(writer, { contactPoint: letter.contact_point, purpose: letter.purpose, act: 'bounce', source: reason.parameters.said as string, by: 'system' }, now)
	})
}

/** A letter whose sending was cut off may have gone out, so a person decides whether it is tried again. */
async function endCutOff(database: Database<MailTables>, now: Date): Promise<void> {
	const since = new Date(now.getTime() - CUT_OFF_MINUTES * 60_000)
	await database.transaction().execute(async (writer) => {
		const cut = await writer.selectFrom('mail.letter').select('id').where('state', '=', 'sending')
			.where(({ not, exists, selectFrom }) => not(exists(selectFrom('mail.letter_state').select('mail.letter_state.id').whereRef('letter', '=', 'mail.letter.id').where('at', '>', since)))).forUpdate().skipLocked().execute()
		for (const { id } of cut) await setState(writer, id, 'failed', { code: 'mail_cut_off', parameters: {} }, now)
	})
}

/** A letter in words, with the address of one-click unsubscribing where it has one. */
export async function wordsOf(reader: Reader<MailTables>, { kind, language, person, purpose, parameters }: Pick<Letter, 'kind' | 'language' | 'person' | 'purpose' | 'parameters'>, postal: string, environment: NodeJS.ProcessEnv = process.env): Promise<{ written: WrittenLetter; unsubscribe: string | undefined }> {
	const { THROUGHLINE_DATA_DIR: directory } = environment
	if (TRANSACTIONAL.has(kind) || !person || !directory) return { written: writeLetter({ kind, language, parameters }), unsubscribe: undefined }
	const origin = (await readSetting<string>(reader, 'origin')) ?? ''
	const token = writeToken(mailKey(directory, 'tokens'), { person, topic: purpose.startsWith('body:') ? purpose : undefined })
	const foot: LetterFoot = { preferences: `${origin}${language === 'es' ? '/es' : ''}/mail/${token}`, postal }
	return { written: writeLetter({ kind, language, parameters }, foot), unsubscribe: `${origin}/mail/${token}/unsubscribe` }
}
