import type { Reader } from '#database'
import { CORRECTION_HOURS } from '../../accountability/findings.ts'
import type { Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { shorten } from './shorten.ts'
import type { AllowedIn, Waiting } from './waiting.ts'

/** Ratings that wait for a second reviewer who is not the first, and reports of a mistake without an answer. */
export async function waitingOfPromises(reader: Reader<CoalitionTables>, actor: Actor, allowedIn: AllowedIn): Promise<Waiting[]> {
	return (await Promise.all([secondReviews(reader, actor, allowedIn), mistakes(reader, allowedIn)])).flat()
}

async function secondReviews(reader: Reader<CoalitionTables>, actor: Actor, allowedIn: AllowedIn): Promise<Waiting[]> {
	const bodies = allowedIn('confirm_verdict')
	if (bodies.length === 0) return []
	// Only the newest proposal of a commitment waits: an older one was left behind.
	const rows = await reader.selectFrom('coalition.verdict_proposal as proposal').innerJoin('coalition.commitment as commitment', 'commitment.id', 'proposal.commitment').distinctOn('proposal.commitment')
		.leftJoin('coalition.verdict as verdict', 'verdict.proposal', 'proposal.id')
		.select(['commitment.id', 'commitment.body', 'commitment.quote', 'proposal.reviewer', 'proposal.at', 'verdict.proposal as done']).where('commitment.body', 'in', bodies.map(({ id }) => id))
		.orderBy('proposal.commitment').orderBy('proposal.at', 'desc').execute()
	return rows.filter(({ done, reviewer }) => done === null && reviewer !== actor.person).map(({ id, body, quote, at }) => ({ kind: 'verdict', body: bodies.find((one) => one.id === body)!.name, title: shorten(quote), path: `/commitments/${id}`, since: at, due: undefined }))
}

async function mistakes(reader: Reader<CoalitionTables>, allowedIn: AllowedIn): Promise<Waiting[]> {
	const bodies = allowedIn('answer_correction')
	if (bodies.length === 0) return []
	const rows = await reader.selectFrom('coalition.correction_request as request').innerJoin('coalition.commitment as commitment', 'commitment.id', 'request.commitment').leftJoin('coalition.correction_answer as answer', 'answer.request', 'request.id')
		.select(['commitment.id', 'commitment.body', 'request.text', 'request.made_at']).where('commitment.body', 'in', bodies.map(({ id }) => id)).where('answer.request', 'is', null).execute()
	return rows.map(({ id, body, text, made_at }) => ({
		kind: 'correction', body: bodies.find((one) => one.id === body)!.name, title: shorten(text), path: `/commitments/${id}`, since: made_at,
		due: new Date(made_at.getTime() + CORRECTION_HOURS * 3_600_000).toISOString().slice(0, 10),
	}))
}
