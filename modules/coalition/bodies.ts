/** Kinds of bodies; the interface messages hold their names under `body_kind_<kind>`. */
export const BODY_KINDS = ['issue_circle', 'equity_hub', 'working_group', 'backbone', 'campaign_table'] as const
export type BodyKind = (typeof BODY_KINDS)[number]

/** Who may see a body: everybody; everybody that it exists, members the rest; members alone. */
export const VISIBILITIES = ['public', 'listed', 'private'] as const
export type Visibility = (typeof VISIBILITIES)[number]

export type Standing = 'observer' | 'member' | 'voting'
export type BodyRole = 'lead' | 'delegate' | 'facilitator' | 'secretary' | 'steward'
export const BODY_ROLES: readonly BodyRole[] = ['lead', 'delegate', 'facilitator', 'secretary', 'steward']

/** What a charter settles in advance of any quarrel. Shares are between 0 and 1. */
export interface CharterRules {
	/** Share of the electorate that must take part; 0 for none. */
	quorumShare: number
	/** What the absence of a member from a consent round means. */
	absence: 'ask_later' | 'no_right' | 'beforehand'
	/** Days that absent members have where they are asked later. */
	absenceDays: number
	/** What may happen when an objection stands: nothing, or a vote with this share of all votes cast. */
	fallback: 'none' | 'two_thirds' | 'three_quarters'
	/** Whether a decision that binds a hub needs that hub to have no standing objection. */
	hubsMayBlock: boolean
	/** Stand-asides that reopen a round. */
	standAsideLimit: number
	/** Months that a role lasts. */
	termMonths: number
	/** Terms that somebody may serve in one role, one after another; 0 for any number. */
	termLimit: number
}

const USUAL: CharterRules = { quorumShare: 0.5, absence: 'ask_later', absenceDays: 7, fallback: 'none', hubsMayBlock: false, standAsideLimit: 3, termMonths: 12, termLimit: 2 }

/** What a new body of a kind begins with; everything can be changed before it is founded, and later by a new version. */
export const PRESETS: Record<BodyKind, { visibility: Visibility; rules: CharterRules }> = {
	issue_circle: { visibility: 'public', rules: { ...USUAL, hubsMayBlock: true } },
	equity_hub: { visibility: 'public', rules: { ...USUAL, quorumShare: 0.34 } },
	working_group: { visibility: 'listed', rules: { ...USUAL, termMonths: 6, termLimit: 0 } },
	backbone: { visibility: 'listed', rules: { ...USUAL, termMonths: 24 } },
	campaign_table: { visibility: 'listed', rules: { ...USUAL, absenceDays: 3, fallback: 'two_thirds', termMonths: 6, termLimit: 0 } },
}

/** Parts of addresses that stand beside those of bodies, so that no body may have them. */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set(['campaigns', 'comments', 'decisions', 'goals', 'links', 'new', 'proposals', 'questions', 'resources', 'search'])

/** The part of an address that a name becomes: `Housing Circle` → `housing-circle`; empty where nothing of it can stand in one. */
export function slugOf(name: string): string {
	return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60).replace(/-+$/, '')
}

/** The rules of a charter as a form gives them; undefined names of fields that cannot be read. */
export function readRules(given: Record<string, string>, usual: CharterRules): { rules: CharterRules; faults: string[] } {
	const faults: string[] = []
	const number = (name: keyof CharterRules, least: number, most: number) => {
		const text = given[name]?.trim()
		if (text === undefined || text === '') return usual[name] as number
		const value = Number(text)
		if (Number.isFinite(value) && value >= least && value <= most) return value
		faults.push(name)
		return usual[name] as number
	}
	const choice = <Choice extends string>(name: keyof CharterRules, choices: readonly Choice[]) => choices.find((one) => one === given[name]) ?? (usual[name] as Choice)
	const percent = given.quorumPercent === undefined ? undefined : Number(given.quorumPercent)
	if (percent !== undefined && !(percent >= 0 && percent <= 100)) faults.push('quorumPercent')
	const rules: CharterRules = {
		quorumShare: percent !== undefined && percent >= 0 && percent <= 100 ? percent / 100 : usual.quorumShare,
		absence: choice('absence', ['ask_later', 'no_right', 'beforehand']),
		absenceDays: number('absenceDays', 1, 60),
		fallback: choice('fallback', ['none', 'two_thirds', 'three_quarters']),
		hubsMayBlock: given.hubsMayBlock === undefined ? usual.hubsMayBlock : given.hubsMayBlock === 'on',
		standAsideLimit: number('standAsideLimit', 1, 100),
		termMonths: number('termMonths', 1, 60),
		termLimit: number('termLimit', 0, 10),
	}
	return { rules, faults }
}
