import { Refusal } from '#database'
import { writeAccount } from './accounts.ts'
import type { Auth } from './create-auth.ts'
import type { Person } from '../person.ts'

/** Makes a member's account, who then signs in by magic link. Returns its id. Errors: `not_allowed`, `email_known`, those of `checkAccount`. */
export async function addMember(auth: Auth, actor: Person, given: { name: string; email: string }): Promise<string> {
	if (actor.role !== 'administrator') throw new Refusal('not_allowed')
	return auth.database.transaction().execute(async (writer) => {
		const known = await writer.selectFrom('people.user').select('id').where('email', '=', given.email.trim().toLowerCase()).executeTakeFirst()
		if (known) throw new Refusal('email_known')
		return writeAccount(writer, { ...given, role: 'member' }, { actor: actor.id, at: auth.now(), kind: 'people.member_added' })
	})
}
