import type { ColumnType, Generated } from 'kysely'
import type { Jsonb } from '#database'
import type { CampaignKind, LegalClass, Metric, RateFault, RateReading } from '../../campaigns/index.ts'

type Day = ColumnType<Date, string, string>

/** Tables of campaigns in schema `coalition`. */
export interface CampaignTables {
	'coalition.campaign': { id: string; body: string; kind: CampaignKind; title: string; aim: string; take_part: string; geography: string; places: string[]; begins_on: Day; ends_on: Day; legal_class: LegalClass; made_at: Date; made_by: string }
	'coalition.campaign_state': { campaign: string; number: number; state: 'open' | 'ended'; reason: string; at: Date; by: string }
	'coalition.campaign_target': { id: Generated<number>; campaign: string; metric: Metric; geoid: string; baseline: number | null; goal: number | null; set_at: Date; set_by: string }
	'coalition.observation': { id: Generated<number>; campaign: string; metric: Metric; geoid: string; day: Day; value: number; source: string; at: Date; by: string }
	'coalition.rate_import': { id: string; campaign: string; file_name: string; source: string; readings: Jsonb<RateReading[]>; faults: Jsonb<RateFault[]>; rows: number; missing: number; elsewhere: number; begun_at: Date; begun_by: string; taken_in_at: Date | null; set_aside_at: Date | null; taken: Generated<number> }
	'coalition.turf': { id: string; campaign: string; organization: string; places: string[]; begins_on: Day; ends_on: Day; made_at: Date; made_by: string; ended_at: Date | null }
	'coalition.canvass_note': { id: string; campaign: string; geoid: string | null; day: Day; doors: number; contacts: number; answers: number; heard: string; at: Date; by: string; struck_at: Date | null }
	'coalition.campaign_hours': { id: string; campaign: string; person: string | null; organization: string | null; day: Day; hours: ColumnType<string, number, number>; cost_cents: number; class: LegalClass; what: string; at: Date; by: string; struck_at: Date | null }
	'coalition.plan_comment': { id: string; campaign: string; form_key: string | null; name: string; contact: string; geoid: string | null; topic: string; text: string; language: string; at: Date }
	'coalition.plan_comment_step': { id: Generated<number>; comment: string; state: 'shown' | 'hidden'; topic: string; reason: string; at: Date; by: string }
	'coalition.plan_answer': { campaign: string; topic: string; version: number; heard: string; changed: string; why_not: string; at: Date; by: string }
}
