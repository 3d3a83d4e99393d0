import { Refusal, type Database } from '#database'
import { DEMONSTRATIONS, type DemonstrationKey } from '../person.ts'
import { writeAccount } from './accounts.ts'
import type { Auth } from './create-auth.ts'
import type { PeopleTables } from './people-tables.ts'
import { signInWithPassword, type Caller, type Cookies } from './sign-in.ts'

const PUBLIC_PASSWORD = 'sample region only'

/** Makes the demonstration accounts that are missing. Call it for a fictional region and for no other. */
export async function makeDemonstrationAccounts(database: Database<PeopleTables>, now: Date): Promise<void> {
	await database.transaction().execute(async (writer) => {
		for (const account of Object.values(DEMONSTRATIONS)) {
			const there = await writer.selectFrom('people.user').select('id').where('email', '=', account.email).executeTakeFirst()
			if (there) continue
			await writeAccount(writer, { ...account, password: PUBLIC_PASSWORD, demonstration: true }, { actor: 'system', at: now, kind: 'people.demonstration_made' })
		}
	})
}

/** The demonstrations that exist here, in the order of `DEMONSTRATIONS`; none in a real region. */
export async function demonstrationAccounts(database: Database<PeopleTables>): Promise<{ key: DemonstrationKey; name: string }[]> {
	const rows = await database.selectFrom('people.user').select(['email', 'name']).where('demonstration', '=', true).execute()
	const keys = Object.keys(DEMONSTRATIONS) as DemonstrationKey[]
	return keys.flatMap((key) => rows.filter(({ email }) => email === DEMONSTRATIONS[key].email).map(({ name }) => ({ key, name })))
}

/** Signs in as one of them. Errors: `no_demonstration` where there are none, `too_many_attempts`. */
export async function signInForDemonstration(auth: Auth, key: string, caller: Caller): Promise<Cookies> {
	const found = (await demonstrationAccounts(auth.database)).find((account) => account.key === key)
	if (!found) throw new Refusal('no_demonstration')
	const { email } = DEMONSTRATIONS[found.key]
	// Its password is public, so strangers' failures must not shut it for everybody.
	await auth.failures.forget(email)
	return signInWithPassword(auth, { email, password: PUBLIC_PASSWORD }, caller)
}
