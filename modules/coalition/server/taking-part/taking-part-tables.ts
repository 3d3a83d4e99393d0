import type { ColumnType, Generated } from 'kysely'
import type { OrganizationKind } from '#people'
import type { ItemState, NeedKind, Side } from '../../taking-part/index.ts'

/** A day: written as 2027-03-01; read it with `dayColumn`, because the driver makes a local midnight of it. */
type Day = ColumnType<Date, string, string>

/** Tables of statements, calls and uptake in schema `coalition`. */
export interface TakingPartTables {
	'coalition.statement': { id: string; body: string; title: string; for_organizations: boolean; for_people: boolean; made_at: Date; made_by: string }
	'coalition.statement_version': { statement: string; version: number; text: string; decision_maker: string; ask: string; deadline: Day; written_at: Date; written_by: string }
	'coalition.statement_event': { statement: string; number: number; kind: 'delivered' | 'answered' | 'closed'; version: number; text: string; on_day: Day; organizations: number | null; verified: number | null; unverified: number | null; at: Date; by: string }
	'coalition.sign_on': {
		id: string; statement: string; version: number; organization_name: string; organization_kind: OrganizationKind; organization: string | null; authorized_by: string; authority: string; contact: string
		made_at: Date; verified_at: Date | null; verified_by: string | null; declined_at: Date | null; reason: Generated<string>
	}
	'coalition.signature': {
		id: string; statement: string; version: number; person: string; contact_hash: Buffer; zip: string; shown: boolean; confirm_by: 'letter' | 'screen'; code_hash: Buffer; mail_wording: string
		made_at: Date; confirmed_at: Date | null; counts: Generated<boolean>; withdrawn_at: Date | null; name_state: Generated<'unread' | 'shown' | 'hidden'>
	}
	'coalition.response_call': { id: string; body: string; title: string; happened: string; place: string; needed: string; everybody: boolean; called_at: Date; called_by: string; stood_down_at: Date | null; stood_down_by: string | null; stand_down_text: Generated<string> }
	'coalition.response_invited': { call: string; body: string }
	'coalition.response_answer': { call: string; number: number; body: string; comes: boolean; text: string; at: Date; by: string }
	'coalition.response_update': { call: string; number: number; text: string; at: Date; by: string }
	'coalition.response_item': { id: string; call: string; side: Side; kind: NeedKind; text: string; place: string; person: string; form_key: string | null; state: ItemState; shown: Generated<boolean>; made_at: Date; changed_at: Date }
	'coalition.response_match': { need: string; offer: string; at: Date; by: string }
	'coalition.response_task': { id: string; call: string; task: string; body: string | null; who: string; due: string; made_at: Date; made_by: string; done_at: Date | null }
	'coalition.response_review': { call: string; worked: string; failed: string; changes: string; at: Date; by: string }
	'coalition.uptake': { id: string; body: string; record: string; adopter: string; document: string; part: string; quote: string; adopted_on: Day; source: string; source_file: Buffer; recorded_by: string; recorded_at: Date; corrects: string | null }
	'coalition.uptake_confirmation': { uptake: string; recorded_by: string; confirmed_by: string; agrees: boolean; note: string; at: Date }
}
