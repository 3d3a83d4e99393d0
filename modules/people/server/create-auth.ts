import { APIError, createAuthMiddleware } from 'better-auth/api'
import { betterAuth } from 'better-auth'
import { magicLink } from 'better-auth/plugins'
import { passkey } from '@better-auth/passkey'
import type { Refusal, Database } from '#database'
import { findPasswordFault, LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../password-rule.ts'
import type { Role } from '../person.ts'
import { FailedSignIns } from './failed-sign-ins.ts'
import type { OutgoingMail, SendMail } from './outgoing-mail.ts'
import type { PeopleTables } from './people-tables.ts'

export interface AuthOptions {
	database: Database<PeopleTables>
	/** At least 32 random characters, kept outside the database: signs cookies. */
	secret: string
	/** Where people open Throughline, e.g. `https://atlas.example.org`. */
	origin: string
	mail: SendMail
	now?: () => Date
}

/** Header in which our own code, never a client, names the caller's network address. */
export const CLIENT_HEADER = 'x-throughline-client'
export const MAGIC_LINK_MINUTES = 10
const HOUR = 3600

export type Auth = ReturnType<typeof createAuth>

/**
 * Sign-in by password, magic link and passkey. Nobody can sign up by themselves. Session tokens lie in the database, but a cookie
 * needs the secret's signature too, so a stolen copy of the database opens no session.
 */
export function createAuth({ database, secret, origin, mail, now = () => new Date() }: AuthOptions) {
	const failures = new FailedSignIns(database, secret)
	const library = betterAuth({
		appName: 'Throughline',
		baseURL: origin,
		basePath: '/api/auth',
		secret,
		database: { db: database.withSchema('people'), type: 'postgres', transaction: true },
		trustedOrigins: [origin],
		telemetry: { enabled: false },
		logger: { disabled: true },
		emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: SHORTEST_PASSWORD, maxPasswordLength: LONGEST_PASSWORD },
		user: {
			additionalFields: {
				role: { type: 'string', required: false, defaultValue: 'member', input: false },
				demonstration: { type: 'boolean', required: false, defaultValue: false, input: false },
			},
		},
		session: { expiresIn: 7 * 24 * HOUR, updateAge: HOUR, freshAge: HOUR / 4 },
		// By network address, generous: a library or an office may be behind one. Each account has its own limit besides.
		rateLimit: {
			enabled: true,
			storage: 'database',
			window: 60,
			max: 300,
			customRules: { '/sign-in/*': { window: 300, max: 150 }, '/magic-link/*': { window: 300, max: 150 }, '/passkey/*': { window: 300, max: 150 } },
		},
		advanced: {
			cookiePrefix: 'throughline',
			useSecureCookies: origin.startsWith('https:'),
			defaultCookieAttributes: { sameSite: 'lax', httpOnly: true },
			ipAddress: { ipAddressHeaders: [CLIENT_HEADER], ipv6Subnet: 64 },
		},
		hooks: {
			before: createAuthMiddleware(async ({ path, body }) => {
				if (path === '/sign-in/email' || path === '/sign-in/magic-link') await failures.requireFree(String(body?.email), now()).catch(asApiError)
				const fault = typeof body?.newPassword === 'string' ? findPasswordFault(body.newPassword) : undefined
				if (fault) throw new APIError('BAD_REQUEST', { code: fault.code, message: fault.code })
			}),
			after: createAuthMiddleware(async ({ path, body, context }) => {
				// Asking for links is counted like failing, so that nobody's mailbox is flooded.
				if (path === '/sign-in/magic-link') await failures.count(String(body?.email), now())
				if (path !== '/sign-in/email') return
				if (context.returned instanceof APIError) await failures.count(String(body?.email), now())
				else await failures.forget(String(body?.email))
			}),
		},
		plugins: [
			magicLink({
				disableSignUp: true,
				storeToken: 'hashed',
				expiresIn: MAGIC_LINK_MINUTES * 60,
				rateLimit: { window: 300, max: 50 },
				async sendMagicLink({ email, token }) {
					const letter = await writeLetter(database, email, `${origin}/sign-in/link?token=${token}`)
					if (letter) await mail(letter)
				},
			}),
			passkey({ rpID: new URL(origin).hostname, rpName: 'Throughline', origin }),
		],
	})
	return { library, database, origin, now, failures }
}

/** Nothing for an address that nobody has; no link for administrators, whose accounts an intercepted mail must not open. */
async function writeLetter(database: Database<PeopleTables>, email: string, url: string): Promise<OutgoingMail | undefined> {
	const user = await database.selectFrom('people.user').select('role').where('email', '=', email.toLowerCase()).executeTakeFirst()
	if (!user) return undefined
	const allowed = (user.role satisfies Role) !== 'administrator'
	return allowed ? { kind: 'magic_link', recipient: email, parameters: { url } } : { kind: 'magic_link_refused', recipient: email, parameters: {} }
}

function asApiError(cause: Refusal): never {
	if (cause.code !== 'too_many_attempts') throw cause
	throw new APIError('TOO_MANY_REQUESTS', { code: cause.code, minutes: cause.parameters.minutes } as never)
}
