import { Refusal, type Reader } from '#database'
import { isReviewDue, type ItemState, type NeedKind, type Side } from '../../taking-part/index.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { getCallRef } from './response.ts'

interface Named {
	id: string
	slug: string
	name: string
}

export interface CallLine {
	id: string
	title: string
	place: string
	body: Named
	calledAt: Date
	stoodDownAt: Date | undefined
	reviewed: boolean
	/** Whether the review is missing for more than thirty days. */
	reviewDue: boolean
}

/** Calls, open ones first, then the newest; of one body where it is given. */
export async function listCalls(reader: Reader<CoalitionTables>, { body, open }: { body?: string; open?: boolean }, now: Date): Promise<CallLine[]> {
	let query = reader.selectFrom('coalition.response_call as call').innerJoin('coalition.body as body', 'body.id', 'call.body').leftJoin('coalition.response_review as review', 'review.call', 'call.id')
		.select(['call.id', 'title', 'place', 'called_at', 'stood_down_at', 'review.at as reviewed_at', 'body.id as body', 'body.slug', 'body.name']).where('body.visibility', '=', 'public')
	if (body) query = query.where('call.body', '=', body)
	if (open) query = query.where('stood_down_at', 'is', null)
	const rows = await query.orderBy('stood_down_at', (order) => order.desc().nullsFirst()).orderBy('called_at', 'desc').orderBy('call.id').limit(200).execute()
	return rows.map((row) => ({
		id: row.id, title: row.title, place: row.place, body: { id: row.body, slug: row.slug, name: row.name }, calledAt: row.called_at, stoodDownAt: row.stood_down_at ?? undefined,
		reviewed: row.reviewed_at !== null, reviewDue: isReviewDue(row.stood_down_at ?? undefined, row.reviewed_at !== null, now),
	}))
}

export interface ItemLine {
	id: string
	side: Side
	kind: NeedKind
	text: string
	place: string
	state: ItemState
	madeAt: Date
}

/** What only those who lead see of an item. */
export interface LedItem extends ItemLine {
	shown: boolean
	name: string
	contact: string
	/** The offer that a need was brought together with. */
	offer: string | undefined
}

export interface CallView extends CallLine {
	happened: string
	needed: string
	everybody: boolean
	standDownText: string
	invited: Named[]
	answers: { body: Named; comes: boolean; text: string; at: Date }[]
	updates: { number: number; text: string; at: Date }[]
	tasks: { id: string; task: string; body: Named | undefined; who: string; due: string; doneAt: Date | undefined }[]
	/** Needs and offers that somebody who leads has read and shown. */
	items: ItemLine[]
	review: { worked: string; failed: string; changes: string; at: Date } | undefined
}

/** A call as everybody reads it. Errors: `call_not_found`, also where the body that leads is not public. */
export async function findCall(reader: Reader<CoalitionTables>, id: string, now: Date): Promise<CallView> {
	const { body } = await getCallRef(reader, id)
	const line = (await listCalls(reader, { body }, now)).find((one) => one.id === id)
	if (!line) throw new Refusal('call_not_found')
	const [row, invited, answers, updates, tasks, items, review] = await Promise.all([
		reader.selectFrom('coalition.response_call').select(['happened', 'needed', 'everybody', 'stand_down_text']).where('id', '=', id).executeTakeFirstOrThrow(),
		reader.selectFrom('coalition.response_invited').innerJoin('coalition.body', 'coalition.body.id', 'body').select(['coalition.body.id', 'slug', 'name']).where('call', '=', id).orderBy('name').execute(),
		listAnswers(reader, id),
		reader.selectFrom('coalition.response_update').select(['number', 'text', 'at']).where('call', '=', id).orderBy('number', 'desc').execute(),
		listTasks(reader, id),
		reader.selectFrom('coalition.response_item').select(['id', 'side', 'kind', 'text', 'place', 'state', 'made_at']).where('call', '=', id).where('shown', '=', true).orderBy('made_at', 'desc').execute(),
		reader.selectFrom('coalition.response_review').select(['worked', 'failed', 'changes', 'at']).where('call', '=', id).executeTakeFirst(),
	])
	return {
		...line, happened: row.happened, needed: row.needed, everybody: row.everybody, standDownText: row.stand_down_text, invited, answers, updates, tasks, review,
		items: items.map(({ made_at, ...item }) => ({ ...item, madeAt: made_at })),
	}
}

/** The newest answer of every body, those that come first. */
async function listAnswers(reader: Reader<CoalitionTables>, call: string): Promise<CallView['answers']> {
	const rows = await reader.selectFrom('coalition.response_answer').innerJoin('coalition.body', 'coalition.body.id', 'body').distinctOn('body').select(['body', 'slug', 'name', 'comes', 'text', 'at']).where('call', '=', call).where('visibility', '<>', 'private').orderBy('body').orderBy('number', 'desc').execute()
	return rows.map(({ body, slug, name, ...row }) => ({ ...row, body: { id: body, slug, name } })).sort((a, b) => Number(b.comes) - Number(a.comes) || a.body.name.localeCompare(b.body.name))
}

async function listTasks(reader: Reader<CoalitionTables>, call: string): Promise<CallView['tasks']> {
	const rows = await reader.selectFrom('coalition.response_task').leftJoin('coalition.body', 'coalition.body.id', 'body').select(['coalition.response_task.id', 'task', 'who', 'due', 'done_at', 'body', 'slug', 'name']).where('call', '=', call).orderBy('done_at', (order) => order.desc().nullsFirst()).orderBy('made_at').execute()
	return rows.map(({ id, task, who, due, done_at, body, slug, name }) => ({ id, task, who, due, doneAt: done_at ?? undefined, body: body ? { id: body, slug: slug!, name: name! } : undefined }))
}

/** Every need and offer with how to reach who gave it; the caller has asked whether the reader may lead. */
export async function listLedItems(reader: Reader<CoalitionTables>, call: string): Promise<LedItem[]> {
	const rows = await reader.selectFrom('coalition.response_item as item').innerJoin('people.person', 'people.person.id', 'item.person').leftJoin('people.contact_point as point', 'point.person', 'item.person').leftJoin('coalition.response_match as match', 'match.need', 'item.id')
		.distinctOn('item.id').select(['item.id', 'side', 'kind', 'text', 'place', 'state', 'item.made_at', 'shown', 'name', 'point.value', 'offer']).where('call', '=', call).where('state', '<>', 'set_aside').orderBy('item.id').execute()
	return rows.map(({ made_at, value, offer, ...row }) => ({ ...row, madeAt: made_at, contact: value ?? '', offer: offer ?? undefined })).sort((a, b) => b.madeAt.getTime() - a.madeAt.getTime())
}
