import type { ColumnType, Generated } from 'kysely'
import type { Jsonb } from '#database'
import type { PeopleTables } from '#people/server'
import type { Cadence, Language, LetterKind, LetterParameters, LetterState } from '../letter.ts'

/** A typed reason, as its sentence wants it. */
export interface Reason {
	code: string
	parameters: Record<string, string | number>
}

/** Tables of schema `mail`. */
export interface MailTables extends PeopleTables {
	'mail.letter': {
		id: string; kind: LetterKind; language: Language | null; recipient: string; contact_point: string | null; person: string | null; purpose: string; parameters: Jsonb<LetterParameters>
		once: string | null; state: ColumnType<LetterState, LetterState | undefined, LetterState>; attempts: Generated<number>; next_try_at: Date; until: Date; made_at: Date
	}
	'mail.letter_state': { id: Generated<number>; letter: string; state: LetterState; reason: Jsonb<Reason> | null; at: Date }
	'mail.preference': { person: string; topic: string; cadence: Cadence; since: Date }
	'mail.digest_item': { id: Generated<string>; topic: string; kind: string; record: string; title: string; text: string; address: string; at: Date }
	'mail.digest_sent': { item: string; person: string; letter: string }
}
