import type { Reader } from '#database'
import type { CoalitionTables } from '../coalition-tables.ts'
import { shorten } from './shorten.ts'
import type { AllowedIn, Waiting } from './waiting.ts'

/** Links that a body is asked for, what came through a link and has no answer, and what was raised with a body and waits. */
export async function waitingOfLinks(reader: Reader<CoalitionTables>, allowedIn: AllowedIn): Promise<Waiting[]> {
	return (await Promise.all([asked(reader, allowedIn), unanswered(reader, allowedIn), raised(reader, allowedIn)])).flat()
}

async function asked(reader: Reader<CoalitionTables>, allowedIn: AllowedIn): Promise<Waiting[]> {
	const bodies = allowedIn('answer_link')
	if (bodies.length === 0) return []
	const ids = bodies.map(({ id }) => id)
	const rows = await reader.selectFrom('coalition.body_link as link').innerJoin('coalition.body as a', 'a.id', 'link.a').innerJoin('coalition.body as b', 'b.id', 'link.b')
		.select(['link.id', 'link.a', 'link.b', 'a.name as a_name', 'b.name as b_name', 'asked_at', 'agreed_a_at', 'agreed_b_at']).where('link.ended_at', 'is', null)
		.where((where) => where.or([where.and([where('link.a', 'in', ids), where('agreed_a_at', 'is', null)]), where.and([where('link.b', 'in', ids), where('agreed_b_at', 'is', null)])])).execute()
	return rows.map(({ id, agreed_a_at, a_name, b_name, asked_at }) => ({ kind: 'link', body: agreed_a_at ? b_name : a_name, title: agreed_a_at ? a_name : b_name, path: `/coalition/links/${id}`, since: asked_at, due: undefined }))
}

async function unanswered(reader: Reader<CoalitionTables>, allowedIn: AllowedIn): Promise<Waiting[]> {
	const bodies = allowedIn('answer_exchange')
	if (bodies.length === 0) return []
	const rows = await reader.selectFrom('coalition.exchange as exchange').innerJoin('coalition.body_link as link', 'link.id', 'exchange.link')
		.select(['link.id', 'link.a', 'link.b', 'from_body', 'text', 'opened_at']).where('answered_at', 'is', null).where('link.ended_at', 'is', null)
		.where((where) => where.or([where('link.a', 'in', bodies.map(({ id }) => id)), where('link.b', 'in', bodies.map(({ id }) => id))])).execute()
	return rows.flatMap(({ id, a, b, from_body, text, opened_at }): Waiting[] => {
		const to = bodies.find((body) => body.id === (from_body === a ? b : a))
		return to ? [{ kind: 'exchange', body: to.name, title: shorten(text), path: `/coalition/links/${id}`, since: opened_at, due: undefined }] : []
	})
}

async function raised(reader: Reader<CoalitionTables>, allowedIn: AllowedIn): Promise<Waiting[]> {
	const bodies = allowedIn('answer_proposal')
	if (bodies.length === 0) return []
	const rows = await reader.selectFrom('coalition.proposal').select(['id', 'to_body', 'title', 'raised_at']).where('answered_at', 'is', null).where('to_body', 'in', bodies.map(({ id }) => id)).execute()
	return rows.map(({ to_body, title, raised_at }) => {
		const { name, slug } = bodies.find(({ id }) => id === to_body)!
		return { kind: 'proposal', body: name, title, path: `/coalition/${slug}/agenda`, since: raised_at, due: undefined }
	})
}
