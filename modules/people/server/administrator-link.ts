import { createHash, randomBytes } from 'node:crypto'
import { appendToLedger, Refusal, type Database, type Reader } from '#database'
import { checkAccount, writeAccount } from './accounts.ts'
import type { Auth } from './create-auth.ts'
import type { PeopleTables } from './people-tables.ts'
import { signInWithPassword, type Caller, type Cookies } from './sign-in.ts'

export const ADMINISTRATOR_LINK_HOURS = 24

/** Whether a person, not a demonstration, administers this installation. */
export async function hasAdministrator(reader: Reader<PeopleTables>): Promise<boolean> {
	const row = await reader.selectFrom('people.user').select('id').where('role', '=', 'administrator').where('demonstration', '=', false).limit(1).executeTakeFirst()
	return row !== undefined
}

/**
 * Makes the address at which one person may register as administrator, once, within a day; earlier links end. Only somebody at the
 * machine's command line gets it. The database keeps its hash.
 */
export async function makeAdministratorLink(database: Database<PeopleTables>, { origin, now }: { origin: string; now: Date }): Promise<string> {
	const token = randomBytes(24).toString('base64url')
	await database.transaction().execute(async (writer) => {
		await writer.deleteFrom('people.administrator_link').where('used_at', 'is', null).execute()
		const expires = new Date(now.getTime() + ADMINISTRATOR_LINK_HOURS * 3_600_000)
		await writer.insertInto('people.administrator_link').values({ token_hash: hashOf(token), made_at: now, expires_at: expires, used_at: null }).execute()
		await appendToLedger(writer, { at: now, actor: 'system', kind: 'people.administrator_link_made', subject: 'people:administrator_link', payload: null })
	})
	return `${origin}/welcome?token=${token}`
}

/** Whether the link may still be used, so that the page can say so before anybody fills in its form. */
export async function isAdministratorLinkOpen(reader: Reader<PeopleTables>, token: string, now: Date): Promise<boolean> {
	const row = await reader
		.selectFrom('people.administrator_link')
		.select('expires_at')
		.where('token_hash', '=', hashOf(token))
		.where('used_at', 'is', null)
		.where('expires_at', '>', now)
		.executeTakeFirst()
	return row !== undefined
}

/**
 * Uses the link up, makes the administrator and signs them in. With the address of an existing account that account is taken over:
 * this is also the way back for somebody who lost their password. Errors: `link_used_up` and those of `checkAccount`.
 */
export async function registerFirstAdministrator(
	auth: Auth,
	given: { token: string; name: string; email: string; password: string },
	caller: Caller,
): Promise<Cookies> {
	checkAccount(given)
	const now = auth.now()
	await auth.database.transaction().execute(async (writer) => {
		const used = await writer
			.updateTable('people.administrator_link')
			.set({ used_at: now })
			.where('token_hash', '=', hashOf(given.token))
			.where('used_at', 'is', null)
			.where('expires_at', '>', now)
			.executeTakeFirst()
		if (!used.numUpdatedRows) throw new Refusal('link_used_up')
		await writeAccount(writer, { ...given, role: 'administrator' }, { actor: 'system', at: now, kind: 'people.administrator_registered' })
	})
	await auth.failures.forget(given.email)
	return signInWithPassword(auth, given, caller)
}

function hashOf(token: string): Buffer {
	return createHash('sha256').update(token).digest()
}
