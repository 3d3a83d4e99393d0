/** Ways to decide; the interface messages hold the names under `decision_method_<method>`. Advice and a sense check bind nobody. */
export const METHODS = ['consent', 'majority', 'ranked', 'advice', 'sense_check'] as const
export type Method = (typeof METHODS)[number]
export type BallotMethod = Exclude<Method, 'consent'>

/** Who is asked: the people of the body, its member organizations, or the body and those linked with it. */
export const ELECTORATES = ['people', 'organizations', 'bodies'] as const
export type ElectorateKind = (typeof ELECTORATES)[number]

/** What may be said on a ballot where it is no ranking. */
export const CHOICES = { majority: ['yes', 'no', 'abstain'], sense_check: ['good', 'unsure', 'worried'], advice: ['advises'] } as const

/** Methods whose ballots may be secret; advice is worth nothing without its words and its giver. */
export const mayBeSecret = (method: Method): boolean => method === 'majority' || method === 'ranked' || method === 'sense_check'

/** What becomes of a decision; `heard` is how what binds nobody ends. */
export type DecisionState = 'open' | 'adopted' | 'not_adopted' | 'returned' | 'withdrawn' | 'heard'

/** Who may speak for an organization today: its primary, else an alternate. */
export function voiceOf(representations: readonly { person: string; role: 'primary' | 'alternate' }[]): string[] {
	const primary = representations.filter(({ role }) => role === 'primary')
	return (primary.length > 0 ? primary : representations).map(({ person }) => person)
}

/** A ballot as the form gives it, or undefined where it cannot be read: one of the choices, or options in order of preference without repeats. */
export function readBallot(method: BallotMethod, options: readonly string[], given: { choice?: string | undefined; ranks: Readonly<Record<string, string>> }): string[] | undefined {
	if (method !== 'ranked') return (CHOICES[method] as readonly string[]).includes(given.choice ?? '') ? [given.choice!] : undefined
	const ranked = options.map((_, i) => ({ option: String(i), rank: given.ranks[String(i)]?.trim() ?? '' })).filter(({ rank }) => rank !== '')
	const ranks = ranked.map(({ rank }) => Number(rank))
	const readable = ranked.length > 0 && ranks.every((rank) => Number.isInteger(rank) && rank >= 1 && rank <= options.length) && new Set(ranks).size === ranks.length
	return readable ? ranked.sort((a, b) => Number(a.rank) - Number(b.rank)).map(({ option }) => option) : undefined
}
