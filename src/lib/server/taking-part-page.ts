import { error } from '@sveltejs/kit'
import { may, type BodyAction } from '#coalition'
import { findStatement, getBodyRef, positionsOf, signPetition, type Actor, type CoalitionTables, type StatementView } from '#coalition/server'
import { Refusal, type Writer } from '#database'
import { canDeliverMail, queueLetters } from '#mail/server'
import { m } from '#lib/paraglide/messages.js'
import { getLocale, localizeHref } from '#lib/paraglide/runtime.js'
import { RateLimit } from './api/rate-limit.ts'
import { readingActor } from './coalition-actor.ts'

/** What a reader may do in the body of a public record; nothing in a closed one. */
export async function permissionsIn(locals: App.Locals, body: string, actor: Actor, now: Date): Promise<(action: BodyAction) => boolean> {
	const ref = await getBodyRef(locals.database, body)
	const positions = await positionsOf(locals.database, body, actor, now)
	return (action) => !ref.closed && may(positions, action, ref.visibility)
}

/** What a page asks for; a page that does not exist where it is refused. */
export async function orMissing<T>(asked: Promise<T>): Promise<T> {
	try {
		return await asked
	} catch (cause) {
		if (cause instanceof Refusal) error(404)
		throw cause
	}
}

export async function getStatementPage(locals: App.Locals, id: string): Promise<{ statement: StatementView; actor: Actor; can: (action: BodyAction) => boolean }> {
	const [actor, now] = [await readingActor(locals), new Date()]
	const statement = await orMissing(findStatement(locals.database, actor, id, now))
	return { statement, actor, can: await permissionsIn(locals, statement.body.id, actor, now) }
}

type Given = Record<string, string>

const FORMS_A_MINUTE = 30
const limit = new RateLimit(FORMS_A_MINUTE)

/** Counts a form of somebody without an account, by network: a hall behind one address gets through, a program that floods does not. Errors: `taking_part_too_many`. */
export function takePartTurn(address: string): void {
	if (!limit.take(address, Date.now()).allowed) throw new Refusal('taking_part_too_many')
}

/** Whether a program filled the field that no person sees; it is answered as if it had worked. */
export const isProgram = (given: Given): boolean => (given.website ?? '') !== ''

const LETTER_DAYS = 7

/** Signs as a form gives it, writes the letter to confirm it by where one can be sent, and says where to go on. */
export async function signByForm(event: { locals: App.Locals; url: URL }, writer: Writer<CoalitionTables>, actor: Actor, statement: string, given: Given, now: Date): Promise<string> {
	if (isProgram(given)) return `/statements/${statement}?done=letter#sign`
	const { body } = await findStatement(writer, actor, statement, now)
	const mails = await canDeliverMail(event.locals.database)
	const signature = { name: given.name ?? '', contact: given.contact ?? '', zip: given.zip ?? '', shown: given.shown === 'on', version: given.version ?? '', mailWording: mails && given.mail === 'on' ? m.sign_mail_wording({ name: body.name }) : '', language: getLocale() }
	const { code, letter } = await signPetition(writer, actor, statement, signature, mails, now)
	const path = `/statements/${statement}/signature/${code}`
	if (!letter) return path
	const { title, ...to } = letter
	await queueLetters(writer, [{ ...to, kind: 'signature_confirm', language: getLocale(), purpose: 'signature', parameters: { title, url: `${event.url.origin}${localizeHref(path)}` }, until: new Date(now.getTime() + LETTER_DAYS * 86_400_000) }], now)
	return `/statements/${statement}?done=letter#sign`
}
