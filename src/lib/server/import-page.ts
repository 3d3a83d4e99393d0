import { error, redirect, type RequestEvent } from '@sveltejs/kit'
import { findImport, mayChange, type ImportActor, type ImportView } from '#atlas/server'
import { deLocalizeHref, localizeHref } from '#lib/paraglide/runtime.js'
import { refusalSentence, refuse, type Refused } from './refusal-sentence.ts'

/** Who asks, as the import functions want it; undefined for a visitor. */
export function actorOf({ account }: App.Locals): ImportActor | undefined {
	return account && { id: account.id, administrator: account.administrator }
}

/** The signed-in person, or a way to the sign-in that leads back to this page. */
export function requireActor(event: Pick<RequestEvent, 'locals' | 'url'>, path: string): ImportActor {
	const actor = actorOf(event.locals)
	if (!actor) redirect(303, localizeHref(`/sign-in?to=${encodeURIComponent(path)}`))
	return actor
}

/** The import of the page, for those who may change it; everybody else is led to where they can see what there is. */
export async function getOwnImport(event: Pick<RequestEvent, 'locals' | 'url'> & { params: { id: string } }): Promise<ImportView> {
	const actor = requireActor(event, deLocalizeHref(event.url.pathname) + event.url.search)
	const view = await findImport(event.locals.database, event.params.id, actor)
	if (!view) error(404)
	if (!mayChange(view, actor)) redirect(303, localizeHref(`/data/${view.id}`))
	return view
}

export type ImportRefusal = Refused<{ given: Record<string, string> }>

/** Does what a form asks in one transaction and leads on, or gives the reason and everything that was typed back to the page. */
export async function answerImport(event: Pick<RequestEvent, 'locals' | 'url' | 'request'> & { params: { id: string } }, onward: string, work: (writer: Parameters<Parameters<ReturnType<App.Locals['database']['transaction']>['execute']>[0]>[0], actor: ImportActor, fields: FormData) => Promise<void>): Promise<ImportRefusal> {
	const actor = requireActor(event, `/data/${event.params.id}`)
	const fields = await event.request.formData()
	try {
		await event.locals.database.transaction().execute((writer) => work(writer, actor, fields))
	} catch (cause) {
		return refused(cause, fields)
	}
	redirect(303, localizeHref(onward))
}

/** A refusal as the page shows it; anything else is thrown on. */
export function refused(cause: unknown, fields?: FormData): ImportRefusal {
	const given = Object.fromEntries([...(fields ?? [])].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
	return refuse(cause, { given })
}

/** What the head of every page of one import shows. */
export function headOf(view: ImportView) {
	const { id, fileName, bytes, sha256, begunByName, begunAt, standing, title, settledAt, job, steps } = view
	return { id, fileName, bytes, sha256, begunByName, begunAt, standing, title, settledAt, job, fault: job?.reason && refusalSentence(job.reason), described: steps.planned !== undefined, used: (steps.planned?.content.uses.length ?? 0) > 0 }
}

export type ImportHead = ReturnType<typeof headOf>
