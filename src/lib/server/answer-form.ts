import { redirect, type RequestEvent } from '@sveltejs/kit'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { applyCookies } from './apply-cookies.ts'
import { refuse, type Refused } from './refusal-sentence.ts'

export type FormRefusal = Refused<{ email: string; name: string }>

/** Does what a form asks and leads on, or gives the reason and what was typed (never a password) back to the page. */
export async function answerForm(event: RequestEvent, fields: FormData, work: () => Promise<{ cookies: string[] }>, onward = '/'): Promise<FormRefusal> {
	let cookies: string[]
	try {
		cookies = (await work()).cookies
	} catch (cause) {
		return refuse(cause, { email: text(fields, 'email'), name: text(fields, 'name') })
	}
	applyCookies(event.cookies, cookies)
	redirect(303, localizeHref(onward))
}

export function text(fields: FormData, name: string): string {
	const value = fields.get(name)
	return typeof value === 'string' ? value : ''
}

/** Who asks, as the account functions want it. */
export function callerOf(event: RequestEvent): { headers: Headers; address: string } {
	return { headers: event.request.headers, address: event.getClientAddress() }
}

/** A path on this site to go on to; anything else becomes the first page. */
export function safeReturn(path: string | null): string {
	return path && /^\/(?![/\\])[\w\-/.,:~+?=&%]*$/.test(path) ? path : '/'
}
