import type { Reader } from '#database'
import { REVIEW_DAYS } from '../../taking-part/index.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import type { Actor } from '../actor.ts'
import type { AllowedIn, Waiting } from './waiting.ts'

/** Organizations to verify, needs and offers that nobody has taken up, reviews of responses that have ended, and what others took up. */
export async function waitingOfTakingPart(reader: Reader<CoalitionTables>, actor: Actor, allowedIn: AllowedIn): Promise<Waiting[]> {
	return (await Promise.all([signOns(reader, allowedIn), responses(reader, allowedIn), uptakes(reader, actor, allowedIn)])).flat()
}

async function signOns(reader: Reader<CoalitionTables>, allowedIn: AllowedIn): Promise<Waiting[]> {
	const bodies = allowedIn('verify_signature')
	if (bodies.length === 0) return []
	const rows = await reader.selectFrom('coalition.sign_on').innerJoin('coalition.statement', 'coalition.statement.id', 'statement').select(['statement', 'body', 'organization_name', 'coalition.sign_on.made_at']).where('body', 'in', bodies.map(({ id }) => id)).where('verified_at', 'is', null).where('declined_at', 'is', null).execute()
	return rows.map(({ statement, body, organization_name, made_at }) => ({ kind: 'sign_on', body: bodies.find(({ id }) => id === body)!.name, title: organization_name, path: `/statements/${statement}#verify`, since: made_at, due: undefined }))
}

async function responses(reader: Reader<CoalitionTables>, allowedIn: AllowedIn): Promise<Waiting[]> {
	const bodies = allowedIn('lead_response')
	if (bodies.length === 0) return []
	const rows = await reader.selectFrom('coalition.response_call as call').leftJoin('coalition.response_review as review', 'review.call', 'call.id')
		.select(({ selectFrom }) => selectFrom('coalition.response_item').select('made_at').whereRef('call', '=', 'call.id').where('state', '=', 'open').orderBy('made_at').limit(1).as('oldest'))
		.select(['call.id', 'body', 'title', 'stood_down_at']).where('body', 'in', bodies.map(({ id }) => id)).where('review.call', 'is', null).execute()
	return rows.flatMap(({ id, body, title, stood_down_at, oldest }): Waiting[] => {
		const line = { body: bodies.find((one) => one.id === body)!.name, title, path: `/response/${id}` }
		if (stood_down_at) return [{ ...line, kind: 'response_review', since: stood_down_at, due: new Date(stood_down_at.getTime() + REVIEW_DAYS * 86_400_000).toISOString().slice(0, 10) }]
		return oldest ? [{ ...line, kind: 'response_item', path: `${line.path}#led`, since: oldest, due: undefined }] : []
	})
}

/** Uptakes that somebody else recorded and nobody has answered, without those that a newer one puts right. */
async function uptakes(reader: Reader<CoalitionTables>, actor: Actor, allowedIn: AllowedIn): Promise<Waiting[]> {
	const bodies = allowedIn('confirm_uptake')
	if (bodies.length === 0) return []
	const rows = await reader.selectFrom('coalition.uptake as one').leftJoin('coalition.uptake_confirmation as answer', 'answer.uptake', 'one.id').select(['one.id', 'body', 'document', 'recorded_at'])
		.where('body', 'in', bodies.map(({ id }) => id)).where('answer.uptake', 'is', null).where('one.recorded_by', '<>', actor.person!)
		.where(({ not, exists, selectFrom }) => not(exists(selectFrom('coalition.uptake as newer').leftJoin('coalition.uptake_confirmation as its', 'its.uptake', 'newer.id').select('newer.id').whereRef('newer.corrects', '=', 'one.id').where((where) => where.or([where('its.agrees', 'is', null), where('its.agrees', '=', true)])))))
		.execute()
	return rows.map(({ id, body, document, recorded_at }) => ({ kind: 'uptake', body: bodies.find((one) => one.id === body)!.name, title: document, path: `/uptake/${id}`, since: recorded_at, due: undefined }))
}
