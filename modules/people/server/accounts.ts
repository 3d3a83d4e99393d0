import { randomUUID } from 'node:crypto'
import { hashPassword } from 'better-auth/crypto'
import { appendToLedger, Refusal, type Writer } from '#database'
import { findPasswordFault } from '../password-rule.ts'
import type { Role } from '../person.ts'
import type { PeopleTables } from './people-tables.ts'

export interface NewAccount {
	name: string
	email: string
	role: Role
	password?: string
	demonstration?: boolean
}

/** Errors: the reasons of `findPasswordFault`, `name_missing`, `email_invalid`. */
export function checkAccount({ name, email, password }: { name: string; email: string; password?: string }): void {
	if (!name.trim()) throw new Refusal('name_missing')
	if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) || email.length > 254) throw new Refusal('email_invalid')
	const fault = password === undefined ? undefined : findPasswordFault(password, [name, email])
	if (fault) throw new Refusal(fault.code, fault.parameters)
}

/**
 * Makes an account, or gives the one with this address the new name, role and password and ends its sessions. The ledger gets the
 * account's id and nothing personal. Returns the id. Errors: those of `checkAccount`.
 */
export async function writeAccount(writer: Writer<PeopleTables>, account: NewAccount, by: { actor: string; at: Date; kind: string }): Promise<string> {
	checkAccount(account)
	const email = account.email.trim().toLowerCase()
	const values = { name: account.name.trim(), role: account.role, demonstration: account.demonstration ?? false, emailVerified: true, updatedAt: by.at }
	const row = await writer
		.insertInto('people.user')
		.values({ id: randomUUID(), email, image: null, createdAt: by.at, ...values })
		.onConflict((conflict) => conflict.column('email').doUpdateSet(values))
		.returning('id')
		.executeTakeFirstOrThrow()
	if (account.password !== undefined) {
		const password = await hashPassword(account.password)
		await writer.deleteFrom('people.account').where('userId', '=', row.id).where('providerId', '=', 'credential').execute()
		await writer.insertInto('people.account').values({ id: randomUUID(), userId: row.id, accountId: row.id, providerId: 'credential', password, createdAt: by.at, updatedAt: by.at }).execute()
	}
	await writer.deleteFrom('people.session').where('userId', '=', row.id).execute()
	await appendToLedger(writer, { at: by.at, actor: by.actor, kind: by.kind, subject: `people:user/${row.id}`, payload: { role: account.role } })
	return row.id
}
