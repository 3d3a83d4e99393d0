const ENDS = new Set(['withdraw_objection', 'consent', 'concern', 'stand_aside'])

/** What counts of a decision's history: who said what, when. */
export interface SaidAt {
	kind: string
	elector: string | null
	at: Date
}

/** Since when somebody's objection stands without a break, however often it was renewed; undefined where their last word is none. Events in their order. */
export function objectingSince(events: readonly SaidAt[], elector: string): Date | undefined {
	let since: Date | undefined
	for (const event of events) {
		if (event.elector !== elector) continue
		if (event.kind === 'objection') since ??= event.at
		else if (ENDS.has(event.kind)) since = undefined
	}
	return since
}
