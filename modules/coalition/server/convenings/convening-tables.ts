import type { ColumnType, Generated } from 'kysely'
import type { ConveningKind, ConveningState, Mode, ParticipationLevel, Support } from '../../convenings/convening.ts'
import type { Rhythm } from '../../convenings/series.ts'

/** Tables of convenings in schema `coalition`. */
export interface ConveningTables {
	'coalition.convening': {
		id: string; body: string; kind: ConveningKind; mode: Mode; title: string; about: string; agenda: string; starts_at: Date; ends_at: Date; zone: string
		place: string; address: string; address_shown: boolean; online_url: string; county: string | null; capacity: number | null
		supports: Support[]; languages: string; minors: boolean; level_promised: ParticipationLevel; sequence: Generated<number>; made_at: Date; made_by: string; changed_at: Date; series: ColumnType<string | null, string | null | undefined, never>
	}
	'coalition.convening_series': { id: string; body: string; rhythm: Rhythm; made_at: Date; made_by: string }
	'coalition.series_rsvp': { id: string; series: string; code: string; form_key: string | null; made_at: Date }
	'coalition.convening_host': { convening: string; body: string }
	'coalition.convening_state': { id: Generated<number>; convening: string; state: ConveningState; reason: Generated<string>; at: Date; by: string }
	'coalition.rsvp': {
		id: string; place_in_line: Generated<string>; convening: string; person: string; code: string; form_key: string | null; party_size: number; answer: Answer
		note: string; language: 'en' | 'es'; guardian: string; guardian_consent_at: Date | null; made_at: Date; confirmed_at: Date | null; moved_up_at: Date | null; cancelled_at: Date | null
		series_rsvp: ColumnType<string | null, string | null | undefined, never>
	}
	'coalition.support_request': { rsvp: string; kind: Support; detail: string }
	'coalition.attendance': { id: string; convening: string; rsvp: string | null; person: string; party_size: number; method: AttendanceMethod; at: Date; by: string; undone_at: ColumnType<Date | null, undefined, Date> }
	'coalition.minutes_decision': { convening: string; version: number; decision: string }
	'coalition.calendar_feed': { id: string; person: string; token_hash: string; answered: boolean; bodies: boolean; language: 'en' | 'es'; made_at: Date; withdrawn_at: Date | null }
	'coalition.door_mark': { key: string; convening: string; outcome: MarkOutcome | null; taken_at: Date; by: string }
	'coalition.head_count': { id: Generated<number>; convening: string; heads: number; at: Date; by: string }
	'coalition.support': { convening: string; kind: Support; asked_there: number; delivered: number }
	'coalition.minutes': { convening: string; version: number; minutes: string; heard: string; changed: string; why_not: string; level_delivered: ParticipationLevel; written_at: Date; written_by: string }
}

export type Answer = 'coming' | 'waiting' | 'cancelled'
export type AttendanceMethod = 'qr' | 'desk' | 'walk_in' | 'paper'
/** What became of a note from the door; `there_already` and `newer_count` wrote nothing, because somebody else had. */
export type MarkOutcome = 'written' | 'there_already' | 'newer_count' | 'cancelled' | 'not_found'
