import type { ColumnType, Generated } from 'kysely'
import type { CoreTables, Json, Jsonb } from '#database'
import type { Role } from '../person.ts'

/** Tables of schema `people`. Those in camel case are better-auth's. */
export interface PeopleTables extends CoreTables {
	'people.user': { id: string; name: string; email: string; emailVerified: boolean; image: string | null; role: Role; demonstration: boolean; createdAt: Generated<Date>; updatedAt: Generated<Date> }
	'people.session': { id: string; userId: string; token: string; expiresAt: Date; createdAt: Generated<Date> }
	'people.account': { id: string; userId: string; accountId: string; providerId: string; password: string | null; createdAt: Generated<Date>; updatedAt: Generated<Date> }
	'people.failed_sign_in': { key: Buffer; first_at: Date; count: number }
	'people.administrator_link': { token_hash: Buffer; made_at: Date; expires_at: Date; used_at: Date | null }
	'people.outgoing_mail': { id: Generated<number>; kind: string; recipient: string; parameters: Jsonb<Json>; made_at: Date; sent_at: ColumnType<Date | null, undefined, Date> }
}
