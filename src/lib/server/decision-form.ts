import { INTEGRATIONS } from '#coalition'
import type { GivenBallot, GivenStep } from '#coalition/server'

type Given = Record<string, string>
const TEXTS = ['question', 'reaction', 'amend', 'return', 'withdraw', 'stand_aside', 'concern', 'answer', 'integrate']
const NUMBERED = ['test', 'integrate', 'withdraw_objection']

/** A step of a consent process as its form gives it. */
export function readStep(given: Given): GivenStep {
	const kind = given.kind ?? ''
	const content: GivenStep['content'] = {}
	if (TEXTS.includes(kind)) content.text = given.text ?? ''
	if (NUMBERED.includes(kind)) content.objection = Number(given.objection)
	if (kind === 'answer') content.question = Number(given.question)
	if (kind === 'objection') Object.assign(content, { aim: given.aim ?? '', reason: given.reason ?? '', change: given.change ?? '' })
	if (kind === 'test') content.paramount = given.paramount === 'yes'
	if (kind === 'integrate') content.how = INTEGRATIONS.find((how) => how === given.integration) ?? 'amended'
	if (kind === 'vote') content.inFavor = given.inFavor === 'yes'
	if (kind === 'adopt') Object.assign(content, { reviewOn: given.reviewOn ?? '', owner: given.owner ?? '' })
	return { kind, elector: given.elector || undefined, how: given.how, content }
}

/** A ballot as its form gives it: `choice`, or `rank-<option>`. */
export function readBallotForm(given: Given): GivenBallot {
	const ranks = Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (name.startsWith('rank-') ? [[name.slice(5), value]] : [])))
	return { elector: given.elector || undefined, how: given.how, choice: given.choice, ranks, reason: given.reason ?? '' }
}
