import type { BodyRole, Standing, Visibility } from './bodies.ts'

/**
 * What somebody is to a body. Nobody is only one of them: a lead is also a member, an administrator may be nothing else; `backbone` belongs to a
 * backbone, whichever body is asked about.
 */
export type Position = 'visitor' | 'account' | 'backbone' | Standing | BodyRole | 'administrator'
export const POSITIONS: readonly Position[] = ['visitor', 'account', 'backbone', 'observer', 'member', 'voting', 'lead', 'delegate', 'facilitator', 'secretary', 'steward', 'administrator']

/** What can be done in a body, in the order of the table in the guide. */
export const ACTIONS = [
	'see_page', 'see_members', 'see_inside', 'found_body', 'accept_charter', 'change_charter', 'add_member', 'import_members', 'merge_people', 'end_membership', 'give_role',
	'ask_for_link', 'answer_link', 'end_link', 'name_link_person', 'record_exchange', 'answer_exchange', 'raise_proposal', 'answer_proposal', 'set_goal', 'argue', 'settle_position',
	'open_decision', 'take_part', 'cast_ballot',
	'enter_ballot_for', 'close_decision', 'convene', 'announce', 'see_guests', 'check_in', 'write_minutes', 'set_action_item', 'open_room_survey', 'enter_room_answer', 'publish_room',
	'set_offices', 'record_commitment', 'add_evidence', 'propose_verdict', 'confirm_verdict', 'answer_correction',
	'write_statement', 'verify_signature', 'record_uptake', 'confirm_uptake', 'call_response', 'answer_call', 'lead_response', 'offer_role', 'coordinate_volunteers', 'run_campaign', 'write_canvass_note', 'log_hours',
	'add_resource', 'ask_question', 'answer_question', 'comment', 'moderate', 'decide_appeal', 'see_capacity', 'see_health', 'open_survey_wave', 'close_body',
] as const
export type BodyAction = (typeof ACTIONS)[number]

/** Who may do it, and in which visibilities where not in all. */
type Rule = Partial<Record<Position, readonly Visibility[] | true>>

const everybody = (visibilities: readonly Visibility[] | true): Rule => ({ visitor: visibilities, account: visibilities })
const MEMBERS: Rule = { observer: true, member: true, voting: true, lead: true, delegate: true, facilitator: true, secretary: true, steward: true, administrator: true }
/** Promises, and what everybody is asked to sign or help with, are public matters: only a body that everybody may read has them. */
const inPublic = (...positions: Position[]): Rule => Object.fromEntries(positions.map((position) => [position, ['public']]))
/** A page for everybody may name the body. */
const named = (...positions: Position[]): Rule => Object.fromEntries(positions.map((position) => [position, ['public', 'listed']]))
const only = (...positions: Position[]): Rule => Object.fromEntries(positions.map((position) => [position, true]))

/** The table of `docs/guides/permissions.md`, which is written by hand and compared with this one. */
const RULES: Record<BodyAction, Rule> = {
	see_page: { ...everybody(['public', 'listed']), ...MEMBERS },
	see_members: MEMBERS,
	see_inside: { ...everybody(['public']), ...MEMBERS },
	found_body: only('administrator'),
	accept_charter: only('member', 'voting', 'lead', 'delegate', 'facilitator', 'secretary', 'steward'),
	change_charter: only('lead', 'secretary', 'administrator'),
	add_member: only('lead', 'secretary', 'steward', 'administrator'),
	import_members: only('lead', 'secretary', 'administrator'),
	merge_people: only('lead', 'secretary', 'administrator'),
	end_membership: only('lead', 'secretary', 'administrator'),
	give_role: only('lead', 'administrator'),
	ask_for_link: only('lead', 'delegate', 'administrator'),
	answer_link: only('lead', 'administrator'),
	end_link: only('lead', 'administrator'),
	name_link_person: only('lead', 'administrator'),
	record_exchange: only('lead', 'delegate', 'secretary', 'facilitator', 'administrator'),
	answer_exchange: only('lead', 'delegate', 'secretary', 'facilitator', 'administrator'),
	raise_proposal: only('member', 'voting', 'lead', 'delegate', 'facilitator', 'secretary', 'steward', 'administrator'),
	answer_proposal: only('lead', 'facilitator', 'secretary', 'administrator'),
	set_goal: only('lead', 'secretary', 'administrator'),
	argue: only('member', 'voting', 'lead', 'delegate', 'facilitator', 'secretary', 'steward'),
	settle_position: only('lead', 'secretary', 'administrator'),
	open_decision: only('voting', 'lead', 'delegate', 'facilitator', 'secretary', 'administrator'),
	take_part: only('member', 'voting', 'lead', 'delegate', 'facilitator', 'secretary', 'steward'),
	cast_ballot: only('voting'),
	enter_ballot_for: only('lead', 'facilitator', 'secretary', 'administrator'),
	close_decision: only('lead', 'facilitator', 'secretary', 'administrator'),
	convene: only('lead', 'facilitator', 'secretary', 'administrator'),
	announce: only('lead', 'facilitator', 'secretary', 'administrator'),
	see_guests: only('lead', 'facilitator', 'secretary', 'administrator'),
	check_in: only('lead', 'delegate', 'facilitator', 'secretary', 'steward', 'administrator'),
	write_minutes: only('lead', 'facilitator', 'secretary', 'administrator'),
	open_room_survey: only('lead', 'facilitator', 'secretary', 'administrator'),
	enter_room_answer: only('lead', 'delegate', 'facilitator', 'secretary', 'steward', 'administrator'),
	publish_room: only('lead', 'facilitator', 'secretary', 'administrator'),
	set_offices: inPublic('lead', 'secretary', 'administrator'),
	record_commitment: inPublic('lead', 'delegate', 'secretary', 'administrator'),
	add_evidence: inPublic('member', 'voting', 'lead', 'delegate', 'facilitator', 'secretary', 'steward', 'administrator'),
	propose_verdict: inPublic('voting', 'lead', 'delegate', 'facilitator', 'secretary', 'steward'),
	confirm_verdict: inPublic('voting', 'lead', 'delegate', 'facilitator', 'secretary', 'steward'),
	answer_correction: inPublic('lead', 'secretary', 'administrator'),
	write_statement: inPublic('lead', 'facilitator', 'secretary', 'administrator'),
	verify_signature: inPublic('lead', 'secretary', 'administrator'),
	record_uptake: inPublic('member', 'voting', 'lead', 'delegate', 'facilitator', 'secretary', 'steward'),
	confirm_uptake: inPublic('voting', 'lead', 'delegate', 'facilitator', 'secretary', 'steward'),
	call_response: inPublic('lead', 'delegate', 'facilitator', 'secretary', 'administrator'),
	answer_call: named('lead', 'delegate', 'secretary', 'administrator'),
	lead_response: inPublic('lead', 'facilitator', 'secretary', 'administrator'),
	offer_role: only('lead', 'facilitator', 'secretary', 'administrator'),
	coordinate_volunteers: only('lead', 'facilitator', 'secretary', 'steward', 'administrator'),
	run_campaign: only('lead', 'facilitator', 'secretary', 'administrator'),
	write_canvass_note: only('member', 'voting', 'lead', 'delegate', 'facilitator', 'secretary', 'steward'),
	log_hours: only('member', 'voting', 'lead', 'delegate', 'facilitator', 'secretary', 'steward'),
	add_resource: only('member', 'voting', 'lead', 'delegate', 'facilitator', 'secretary', 'steward', 'administrator'),
	ask_question: only('member', 'voting', 'lead', 'delegate', 'facilitator', 'secretary', 'steward'),
	answer_question: only('member', 'voting', 'lead', 'delegate', 'facilitator', 'secretary', 'steward'),
	comment: only('member', 'voting', 'lead', 'delegate', 'facilitator', 'secretary', 'steward'),
	moderate: only('lead', 'facilitator', 'steward', 'administrator'),
	decide_appeal: only('lead', 'facilitator', 'steward', 'administrator'),
	set_action_item: only('lead', 'facilitator', 'secretary', 'administrator'),
	see_capacity: { ...everybody(['public']), ...MEMBERS, ...named('backbone') },
	see_health: { ...MEMBERS, ...named('backbone') },
	open_survey_wave: { ...only('lead', 'administrator'), ...named('backbone') },
	close_body: only('administrator'),
}

/** Whether somebody of these positions may do it in a body of this visibility. */
export function may(positions: readonly Position[], action: BodyAction, visibility: Visibility): boolean {
	return positions.some((position) => {
		const rule = RULES[action][position]
		return rule === true || (rule !== undefined && rule.includes(visibility))
	})
}
