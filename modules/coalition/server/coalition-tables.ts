import type { Generated } from 'kysely'
import type { AtlasTables } from '#atlas/server'
import type { Jsonb } from '#database'
import type { FileTables } from '#files/server'
import type { MailTables } from '#mail/server'
import type { AccountabilityTables } from './accountability/accountability-tables.ts'
import type { AnnouncementTables } from './announcement-tables.ts'
import type { ActionTables } from './actions/action-tables.ts'
import type { AgendaTables } from './agenda/agenda-tables.ts'
import type { BodyKind, BodyRole, CharterRules, Standing, Visibility } from '../bodies.ts'
import type { ExchangeKind } from '../exchange-kinds.ts'
import type { CampaignTables } from './campaigns/campaign-tables.ts'
import type { ConveningTables } from './convenings/convening-tables.ts'
import type { KnowledgeTables } from './knowledge/knowledge-tables.ts'
import type { MemberTables } from './members/member-tables.ts'
import type { DecisionTables } from './decisions/decision-tables.ts'
import type { RoomTables } from './room/room-tables.ts'
import type { SurveyTables } from './surveys/survey-tables.ts'
import type { TakingPartTables } from './taking-part/taking-part-tables.ts'
import type { VolunteeringTables } from './volunteering/volunteering-tables.ts'

/** Tables of schema `coalition`, with those of the rooms that it reads. */
export interface CoalitionTables extends
	MailTables,
	FileTables,
	AtlasTables,
	AccountabilityTables,
	ActionTables,
	AgendaTables,
	AnnouncementTables,
	CampaignTables,
	ConveningTables,
	DecisionTables,
	KnowledgeTables,
	MemberTables,
	RoomTables,
	SurveyTables,
	TakingPartTables,
	VolunteeringTables {
	'coalition.body': { id: string; kind: BodyKind; slug: string; name: string; visibility: Visibility; area: string | null; topic: string | null; founded_at: Date; founded_by: string; closed_at: Date | null }
	'coalition.charter': { body: string; version: number; aim: string; domain: string; agreements: string; rules: Jsonb<CharterRules>; adopted_at: Date; adopted_by: string }
	'coalition.membership': { id: string; body: string; person: string | null; organization: string | null; standing: Standing; joined_at: Date; left_at: Date | null }
	'coalition.charter_acceptance': { body: string; version: number; person: string; at: Date }
	'coalition.representation': { id: string; body: string; organization: string; person: string; role: 'primary' | 'alternate'; mandate: string; began_at: Date; ended_at: Date | null }
	'coalition.role_assignment': { id: string; body: string; person: string; role: BodyRole; began_at: Date; until: Date | null; ended_at: Date | null }
	'coalition.body_link': { id: string; a: string; b: string; purpose: string; asked_by: string; asked_at: Date; agreed_a_at: Date | null; agreed_b_at: Date | null; ended_at: Date | null; end_reason: string }
	'coalition.link_decision': { id: Generated<string>; link: string; side: string; decision: string; named_at: Date; named_by: string }
	'coalition.link_person': { id: string; link: string; person: string; side: string; membership: string | null; began_at: Date; until: Date; ended_at: Date | null }
	'coalition.exchange': { id: string; link: string; from_body: string; kind: ExchangeKind; text: string; citation: string | null; opened_at: Date; recorded_by: string; answered_at: Date | null; answer: string }
}
