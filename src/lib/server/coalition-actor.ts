import { error, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit'
import type { Writer } from '#database'
import { may, type BodyAction } from '#coalition'
import { findBody, positionsOf, VISITOR, type Actor, type Body, type CoalitionTables } from '#coalition/server'
import { findPersonOfAccount, personOfAccount } from '#people/server'
import { deLocalizeHref, localizeHref } from '#lib/paraglide/runtime.js'
import { ofThisRequest } from './of-this-request.ts'
import { refuse } from './refusal-sentence.ts'

/** Who reads, as the coalition's functions want it. */
export async function readingActor({ account, database }: App.Locals): Promise<Actor> {
	return { account: account?.id, person: account && (await findPersonOfAccount(database, account.id)), administrator: account?.administrator ?? false }
}

/** The body of an address with what this reader may do in it; a page that does not exist where they may not know of it. */
export function getBodyPage(locals: App.Locals, slug: string): Promise<BodyPage> {
	return ofThisRequest(locals, `body ${slug}`, () => askForBodyPage(locals, slug))
}

interface BodyPage {
	body: Body
	actor: Actor
	can: (action: BodyAction) => boolean
}

async function askForBodyPage(locals: App.Locals, slug: string): Promise<BodyPage> {
	const [actor, now] = [await readingActor(locals), new Date()]
	const body = await findBody(locals.database, slug, actor, now)
	if (!body) error(404)
	const positions = await positionsOf(locals.database, body.id, actor, now)
	return { body, actor, can: (action) => may(positions, action, body.visibility) }
}

type Event = Pick<RequestEvent, 'locals' | 'url' | 'request'>
type Given = Record<string, string>

type Work<T> = (writer: Writer<CoalitionTables>, actor: Actor, given: Given, now: Date) => Promise<T>
type Onward<T> = (result: T, given: Given) => string | Promise<string>
type Answered = Promise<ActionFailure<{ fault: string; given: Given }>>

/**
 * Does what a form asks in one transaction, as the signed-in person, and leads on; a refusal goes back to the page as a sentence, with
 * everything that was typed. A visitor is led to the sign-in and back.
 */
export async function act<T>(event: Event, work: Work<T>, onward: Onward<T>): Answered {
	if (!event.locals.account) redirect(303, localizeHref(`/sign-in?to=${encodeURIComponent(deLocalizeHref(event.url.pathname))}`))
	return actAsAnybody(event, work, onward)
}

/** The same for what needs no account: somebody who is not signed in acts as a visitor. */
export async function actAsAnybody<T>(event: Event, work: Work<T>, onward: Onward<T>): Answered {
	const { account, database } = event.locals
	const fields = await event.request.formData()
	const given: Given = Object.fromEntries([...fields].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
	let result: T
	try {
		const now = new Date()
		result = await database.transaction().execute(async (writer) => {
			const actor = account ? { account: account.id, person: await personOfAccount(writer, account, now), administrator: account.administrator } : VISITOR
			return work(writer, actor, given, now)
		})
	} catch (cause) {
		return refuse(cause, { given })
	}
	redirect(303, localizeHref(await onward(result, given)))
}
