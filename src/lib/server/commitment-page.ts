import { error } from '@sveltejs/kit'
import { may, type BodyAction } from '#coalition'
import { findCommitment, getBodyRef, positionsOf, type Actor, type CommitmentView } from '#coalition/server'
import { Refusal } from '#database'
import { RateLimit } from './api/rate-limit.ts'
import { readingActor } from './coalition-actor.ts'

/** A commitment with what this reader may do; a page that does not exist where there is none. */
export async function getCommitmentPage(locals: App.Locals, id: string): Promise<{ commitment: CommitmentView; actor: Actor; can: (action: BodyAction) => boolean }> {
	const [actor, now] = [await readingActor(locals), new Date()]
	const commitment = await findCommitment(locals.database, id, now)
	if (!commitment) error(404)
	const body = await getBodyRef(locals.database, commitment.body.id)
	const positions = await positionsOf(locals.database, body.id, actor, now)
	return { commitment, actor, can: (action) => !body.closed && may(positions, action, body.visibility) }
}

const REPORTS_A_MINUTE = 12
const reportLimit = new RateLimit(REPORTS_A_MINUTE)

/** Counts a report, or a try of a code, of one network. Errors: `accountability_too_many`. */
export function takeReportTurn(address: string): void {
	if (!reportLimit.take(address, Date.now()).allowed) throw new Refusal('accountability_too_many')
}
