import { error, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit'
import type { Writer } from '#database'
import { may, type BodyAction } from '#coalition'
import { findBody, positionsOf, type Actor, type Body, type CoalitionTables } from '#coalition/server'
import { findPersonOfAccount, personOfAccount } from '#people/server'
import { deLocalizeHref, localizeHref } from '#lib/paraglide/runtime.js'
import { refuse } from './refusal-sentence.ts'

/** Who reads, as the coalition's functions want it. */
export async function readingActor({ account, database }: App.Locals): Promise<Actor> {
	return { account: account?.id, person: account && (await findPersonOfAccount(database, account.id)), administrator: account?.administrator ?? false }
}

/** The body of an address with what this reader may do in it; a page that does not exist where they may not know of it. */
export async function getBodyPage(locals: App.Locals, slug: string): Promise<{ body: Body; actor: Actor; can: (action: BodyAction) => boolean }> {
	const [actor, now] = [await readingActor(locals), new Date()]
	const body = await findBody(locals.database, slug, actor, now)
	if (!body) error(404)
	const positions = await positionsOf(locals.database, body.id, actor, now)
	return { body, actor, can: (action) => may(positions, action, body.visibility) }
}

type Event = Pick<RequestEvent, 'locals' | 'url' | 'request'>
type Given = Record<string, string>

/**
 * Does what a form asks in one transaction, as the signed-in person, and leads on; a refusal goes back to the page as a sentence, with
 * everything that was typed. A visitor is led to the sign-in and back.
 */
export async function act<T>(event: Event, work: (writer: Writer<CoalitionTables>, actor: Actor, given: Given, now: Date) => Promise<T>, onward: (result: T, given: Given) => string): Promise<ActionFailure<{ fault: string; given: Given }>> {
	const { account, database } = event.locals
	if (!account) redirect(303, localizeHref(`/sign-in?to=${encodeURIComponent(deLocalizeHref(event.url.pathname))}`))
	const fields = await event.request.formData()
	const given: Given = Object.fromEntries([...fields].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
	let result: T
	try {
		const now = new Date()
		result = await database.transaction().execute(async (writer) => {
			const person = await personOfAccount(writer, account, now)
			return work(writer, { account: account.id, person, administrator: account.administrator }, given, now)
		})
	} catch (cause) {
		return refuse(cause, { given })
	}
	redirect(303, localizeHref(onward(result, given)))
}
