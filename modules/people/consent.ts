export type ConsentAct = 'grant' | 'confirm' | 'withdraw' | 'complaint' | 'bounce' | 'import'

/** One line of the consent ledger, as far as it matters for what stands now. */
export interface ConsentFact {
	act: ConsentAct
	/** `body:<id>`, `event_logistics`, `newsletter:<list>`, `sms:<program>`; a withdrawal may name a whole kind (`body:*`) or everything (`*`). */
	purpose: string
	/** Whether the person whom the address belongs to did it, and nobody else. */
	own: boolean
}

export type ConsentState = 'granted' | 'unasked' | 'stopped'

export const EVERY_BODY = 'body:*'
export const EVERYTHING = '*'

/** Whether a withdrawal for one purpose reaches another. */
function reaches(named: string, purpose: string): boolean {
	return named === purpose || named === EVERYTHING || (named.endsWith(':*') && purpose.startsWith(named.slice(0, -1)))
}

/**
 * What stands for a purpose after all that happened, oldest first. A withdrawal, a complaint or a hard bounce beats whatever somebody else
 * says later; only the person can grant again. An import allows nothing, and a grant counts for exactly its purpose.
 */
export function consentNow(facts: readonly ConsentFact[], purpose: string): ConsentState {
	let state: ConsentState = 'unasked'
	for (const { act, purpose: named, own } of facts) {
		if (act === 'complaint' || act === 'bounce') state = 'stopped'
		else if (act === 'withdraw') state = reaches(named, purpose) ? 'stopped' : state
		else if (act !== 'import' && named === purpose && (own || state !== 'stopped')) state = 'granted'
	}
	return state
}
