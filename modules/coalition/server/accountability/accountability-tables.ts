import type { ColumnType, Generated } from 'kysely'
import type { DueRule } from '../../accountability/due.ts'
import type { CommitmentEventKind } from '../../accountability/findings.ts'
import type { GivenRating } from '../../accountability/ratings.ts'

/** A day: written as 2027-03-01; read it with `dayColumn`, because the driver makes a local midnight of it. */
type Day = ColumnType<Date, string, string>

/** Tables of accountability in schema `coalition`. */
export interface AccountabilityTables {
	'coalition.public_body': { id: string; slug: string; name: string; about: string; quiet_days: Generated<number>; kept_by: string; made_at: Date; made_by: string }
	'coalition.election': { public_body: string; day: Day; made_at: Date; made_by: string }
	'coalition.office': { id: string; public_body: string; post: string; division: string; made_at: Date; made_by: string }
	'coalition.office_contact': { id: string; office: string; email: string; telephone: string; address: string; source: string; made_at: Date; made_by: string }
	'coalition.office_term': { id: string; office: string; holder: string; begins_on: Day; ends_on: Day; made_at: Date; made_by: string }
	'coalition.plank': { id: string; body: string; text: string; goal: string | null; made_at: Date; made_by: string }
	'coalition.ask': { id: string; plank: string; office: string; text: string; sent_on: Day; source: string; made_at: Date; made_by: string }
	'coalition.commitment': {
		id: string; body: string; ask: string | null; office_term: string; quote: string; source: string; source_file: Buffer; made_on: Day
		due_rule: DueRule; due_on: Day; test: string; all_or_nothing: boolean; recorded_at: Date; recorded_by: string
	}
	'coalition.commitment_event': { commitment: string; number: number; kind: CommitmentEventKind; value: string; text: string; source: string; source_file: Buffer | null; on_day: Day; at: Date; entered_by: string }
	'coalition.verdict_proposal': { id: string; commitment: string; rating: GivenRating; share_percent: number | null; done_on: ColumnType<Date | null, string | null, never>; note: string; source_file: Buffer; reviewer: string; no_stake: boolean; at: Date }
	'coalition.verdict': { proposal: string; reviewer_1: string; reviewer_2: string; note_2: string; no_stake: boolean; at: Date }
	'coalition.reply_code': { code_hash: Buffer; commitment: string; made_at: Date; made_by: string; until: Date }
	'coalition.correction_request': { id: string; commitment: string; text: string; name: string; contact: string; made_at: Date }
	'coalition.correction_answer': { request: string; answer: string; changed: boolean; at: Date; by: string }
}
