import { Refusal } from '#database'
import type { Person } from '../person.ts'
import { CLIENT_HEADER, type Auth } from './create-auth.ts'

/** Who asks: the request's headers and the network address as the web server knows it. */
export interface Caller {
	headers: Headers
	address: string
}

/** `Set-Cookie` values for the answer. */
export interface Cookies {
	cookies: string[]
}

/** Errors: `email_invalid`, `sign_in_refused` (the same for a wrong password and an unknown address), `too_many_attempts`. */
export async function signInWithPassword(auth: Auth, given: { email: string; password: string }, caller: Caller): Promise<Cookies> {
	const answer = await ask(auth, '/sign-in/email', caller, { email: normal(given.email), password: given.password })
	if (answer.status === 401) throw new Refusal('sign_in_refused')
	return cookiesOf(answer)
}

/** Sends a link that signs in once, within ten minutes; says the same whether anybody has the address. Errors: `email_invalid`, `too_many_attempts`. */
export async function requestMagicLink(auth: Auth, email: string, caller: Caller): Promise<void> {
	cookiesOf(await ask(auth, '/sign-in/magic-link', caller, { email: normal(email) }))
}

/** Call it from a form, not from the link itself: mail scanners open links. Errors: `link_used_up`, `too_many_attempts`. */
export async function followMagicLink(auth: Auth, token: string, caller: Caller): Promise<Cookies> {
	const answer = await ask(auth, `/magic-link/verify?token=${encodeURIComponent(token)}`, caller)
	if (answer.status === 302) throw new Refusal('link_used_up')
	return cookiesOf(answer)
}

/** Ends the session on the server too; without a session nothing happens. */
export async function signOut(auth: Auth, caller: Caller): Promise<Cookies> {
	return { cookies: (await ask(auth, '/sign-out', caller, {})).headers.getSetCookie() }
}

/** The person whose session the request carries, with cookies when the session was prolonged; undefined for a visitor. */
export async function findSession(auth: Auth, headers: Headers): Promise<({ person: Person } & Cookies) | undefined> {
	if (!headers.get('cookie')?.includes('throughline.session_token')) return undefined
	const { response, headers: answered } = await auth.library.api.getSession({ headers, returnHeaders: true })
	if (!response) return undefined
	const { id, name, email, role, demonstration } = response.user
	return { person: { id, name, email, role: role as Person['role'], demonstration: demonstration === true }, cookies: answered?.getSetCookie() ?? [] }
}

/** Answers `/api/auth/…`, which passkeys in the browser call. The caller's address replaces whatever the client claims. */
export function handleAuthRequest(auth: Auth, request: Request, address: string): Promise<Response> {
	const headers = new Headers(request.headers)
	headers.set(CLIENT_HEADER, address)
	return auth.library.handler(new Request(request, { headers }))
}

/** Through the library's own door, where its limits and checks stand. SvelteKit has already checked the form's origin. */
function ask(auth: Auth, path: string, caller: Caller, body?: Record<string, unknown>): Promise<Response> {
	const headers = new Headers({ origin: auth.origin, [CLIENT_HEADER]: caller.address })
	for (const name of ['cookie', 'user-agent']) if (caller.headers.has(name)) headers.set(name, caller.headers.get(name)!)
	if (body) headers.set('content-type', 'application/json')
	return auth.library.handler(new Request(`${auth.origin}/api/auth${path}`, { method: body ? 'POST' : 'GET', headers, body: body && JSON.stringify(body) })).then(refuseKnown)
}

async function refuseKnown(answer: Response): Promise<Response> {
	if (answer.status === 429) {
		const said = (await answer.clone().json().catch(() => ({}))) as { minutes?: number }
		throw new Refusal('too_many_attempts', { minutes: said.minutes ?? Math.ceil(Number(answer.headers.get('x-retry-after') ?? 60) / 60) })
	}
	if (answer.status === 400) throw new Refusal('email_invalid')
	return answer
}

function cookiesOf(answer: Response): Cookies {
	if (answer.status !== 200) throw new Error(`the account library answered ${answer.status}`)
	return { cookies: answer.headers.getSetCookie() }
}

function normal(email: string): string {
	return email.trim().toLowerCase()
}
