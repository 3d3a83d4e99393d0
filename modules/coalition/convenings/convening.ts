/** Kinds of convenings; the interface messages hold their names under `convening_kind_<kind>`. */
export const CONVENING_KINDS = ['forum', 'listening_session', 'working_session', 'academy'] as const
export type ConveningKind = (typeof CONVENING_KINDS)[number]

export const MODES = ['in_person', 'online', 'hybrid'] as const
export type Mode = (typeof MODES)[number]

export type ConveningState = 'planned' | 'cancelled' | 'held'

/** How much the people who come decide, from being told to deciding alone (IAP2's spectrum, and what community ownership adds to it). */
export const PARTICIPATION_LEVELS = ['inform', 'consult', 'involve', 'collaborate', 'empower', 'defer_to'] as const
export type ParticipationLevel = (typeof PARTICIPATION_LEVELS)[number]

/** What makes coming possible; asked for with an RSVP or at the door, and delivered or not. */
export const SUPPORTS = ['access', 'childcare', 'interpretation', 'transport', 'stipend'] as const
export type Support = (typeof SUPPORTS)[number]

/** Most people that one RSVP brings. */
export const MOST_IN_PARTY = 20

/** Clocks that a form offers; any other IANA name may be typed into its address. */
export const ZONES = ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Phoenix', 'America/Los_Angeles', 'America/Anchorage', 'Pacific/Honolulu', 'America/Puerto_Rico'] as const

/** Whether the promise was kept: the level that was delivered is the one promised, or a higher one. */
export function keptPromise(promised: ParticipationLevel, delivered: ParticipationLevel): boolean {
	return PARTICIPATION_LEVELS.indexOf(delivered) >= PARTICIPATION_LEVELS.indexOf(promised)
}

/** Share of asked-for support that nobody got, 0 to 1; undefined where nobody asked. */
export function unmetShare(asked: number, delivered: number): number | undefined {
	return asked === 0 ? undefined : Math.max(0, asked - delivered) / asked
}
