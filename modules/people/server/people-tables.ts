import type { Generated } from 'kysely'
import type { CoreTables } from '#database'
import type { ConsentAct } from '../consent.ts'
import type { Channel, OrganizationKind } from '../directory.ts'
import type { Role } from '../person.ts'

/** Tables of schema `people`. Those in camel case are better-auth's. */
export interface PeopleTables extends CoreTables {
	'people.user': { id: string; name: string; email: string; emailVerified: boolean; image: string | null; role: Role; demonstration: boolean; createdAt: Generated<Date>; updatedAt: Generated<Date> }
	'people.session': { id: string; userId: string; token: string; expiresAt: Date; createdAt: Generated<Date> }
	'people.account': { id: string; userId: string; accountId: string; providerId: string; password: string | null; createdAt: Generated<Date>; updatedAt: Generated<Date> }
	'people.failed_sign_in': { key: Buffer; first_at: Date; count: number }
	'people.administrator_link': { token_hash: Buffer; made_at: Date; expires_at: Date; used_at: Date | null }
	'people.person': { id: string; name: string; pronouns: Generated<string>; language: Generated<'en' | 'es'>; account: string | null; made_at: Date }
	'people.organization': { id: string; name: string; kind: OrganizationKind; website: Generated<string>; made_at: Date }
	'people.contact_point': { id: string; person: string | null; organization: string | null; channel: Channel; value: string; normalized: string; verified_at: Date | null; made_at: Date }
	'people.person_merge': { id: string; kept: string; merged: string; at: Date; by: string; undone_at: Date | null; undone_by: string | null }
	'people.merged_contact': { merge: string; contact_point: string }
	'people.not_same': { a: string; b: string; at: Date; by: string }
	'people.consent_event': { id: Generated<number>; contact_point: string; purpose: string; act: ConsentAct; wording: Generated<string>; source: string; at: Date; by: string }
}
