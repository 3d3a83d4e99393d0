import type { Reader } from '#database'
import { may, type BodyAction } from '../../permissions.ts'
import { listOwnBodies, type Actor, type OwnBody } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { listOverdue, listWaitingDecisions } from '../decisions/find-decisions.ts'
import { waitingOfActions } from './waiting-actions.ts'
import { waitingOfDoor } from './waiting-convenings.ts'
import { waitingOfComments, waitingOfQuestions } from './waiting-knowledge.ts'
import { waitingOfLinks } from './waiting-links.ts'
import { waitingOfPromises } from './waiting-promises.ts'
import { waitingOfSurveys } from './waiting-surveys.ts'
import { waitingOfTakingPart } from './waiting-taking-part.ts'
import { waitingOfVolunteers } from './waiting-volunteers.ts'

export const WAITING_KINDS = [
	'word', 'ballot', 'closing', 'review', 'charter', 'link', 'exchange', 'proposal', 'verdict', 'correction', 'minutes', 'list', 'action', 'comment', 'sign_on', 'response_item', 'response_review', 'uptake', 'question', 'shift', 'survey',
] as const
export type WaitingKind = (typeof WAITING_KINDS)[number]

/** Something that only this person, or somebody with their role, can do. */
export interface Waiting {
	kind: WaitingKind
	body: string
	title: string
	path: string
	/** The day that it began to wait, or by which it is due. */
	since: Date | undefined
	/** `2026-03-01`; undefined where nothing forces a day. */
	due: string | undefined
}

/** What each part of the page asks: the bodies in which this person may do something. */
export type AllowedIn = (action: BodyAction) => OwnBody[]

/** Everything that waits for somebody across their bodies: with a day first, then the longest. */
export async function listWaiting(reader: Reader<CoalitionTables>, actor: Actor, now: Date): Promise<{ bodies: OwnBody[]; waiting: Waiting[] }> {
	const bodies = await listOwnBodies(reader, actor, now)
	const allowedIn: AllowedIn = (action) => bodies.filter(({ positions, visibility }) => may(positions, action, visibility))
	const parts = await Promise.all([
		waitingOfDecisions(reader, actor, bodies, allowedIn, now), waitingOfCharters(reader, actor, allowedIn), waitingOfLinks(reader, allowedIn), waitingOfPromises(reader, actor, allowedIn),
		waitingOfDoor(reader, allowedIn, now), waitingOfLists(reader, allowedIn), waitingOfComments(reader, actor, allowedIn, now), waitingOfActions(reader, actor), waitingOfTakingPart(reader, actor, allowedIn),
		waitingOfQuestions(reader, actor, allowedIn), waitingOfVolunteers(reader, allowedIn, now),
		waitingOfSurveys(reader, actor, bodies, now),
	])
	const time = ({ since }: Waiting) => since?.getTime() ?? Infinity
	return { bodies, waiting: parts.flat().sort((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9') || time(a) - time(b) || a.title.localeCompare(b.title)) }
}

async function waitingOfDecisions(reader: Reader<CoalitionTables>, actor: Actor, bodies: readonly OwnBody[], allowedIn: AllowedIn, now: Date): Promise<Waiting[]> {
	const [lines, reviews] = await Promise.all([listWaitingDecisions(reader, actor, bodies, now), overdueReviews(reader, allowedIn, now)])
	const strangers = lines.filter(({ body }) => !bodies.some(({ id }) => id === body)).map(({ body }) => body)
	const names = strangers.length === 0 ? [] : await reader.selectFrom('coalition.body').select(['id', 'name']).where('id', 'in', strangers).execute()
	const nameOf = (body: string) => [...bodies, ...names].find(({ id }) => id === body)?.name ?? ''
	return [...lines.map(({ id, title, waits, body, openedAt, closesOn }): Waiting => ({ kind: waits!, body: nameOf(body), title, path: `/coalition/decisions/${id}`, since: openedAt, due: closesOn })), ...reviews]
}

async function overdueReviews(reader: Reader<CoalitionTables>, allowedIn: AllowedIn, now: Date): Promise<Waiting[]> {
	const bodies = allowedIn('close_decision')
	if (bodies.length === 0) return []
	const lists = await Promise.all(bodies.map(async ({ id, name }) => (await listOverdue(reader, id, now)).map((one): Waiting => ({ kind: 'review', body: name, title: one.title, path: `/coalition/decisions/${one.id}`, since: undefined, due: one.reviewOn }))))
	return lists.flat()
}

/** Charters of which this person has not accepted the newest version. */
async function waitingOfCharters(reader: Reader<CoalitionTables>, actor: Actor, allowedIn: AllowedIn): Promise<Waiting[]> {
	const bodies = allowedIn('accept_charter')
	if (bodies.length === 0) return []
	const ids = bodies.map(({ id }) => id)
	const [newest, accepted] = await Promise.all([
		reader.selectFrom('coalition.charter').distinctOn('body').select(['body', 'version', 'adopted_at']).where('body', 'in', ids).orderBy('body').orderBy('version', 'desc').execute(),
		reader.selectFrom('coalition.charter_acceptance').select(['body', 'version']).where('body', 'in', ids).where('person', '=', actor.person!).execute(),
	])
	return newest.filter(({ body, version }) => !accepted.some((one) => one.body === body && one.version === version)).map(({ body, adopted_at }) => {
		const { name, slug } = bodies.find(({ id }) => id === body)!
		return { kind: 'charter', body: name, title: name, path: `/coalition/${slug}/charter`, since: adopted_at, due: undefined }
	})
}

/** Lists of members that somebody brought and nobody took in. */
async function waitingOfLists(reader: Reader<CoalitionTables>, allowedIn: AllowedIn): Promise<Waiting[]> {
	const bodies = allowedIn('import_members')
	if (bodies.length === 0) return []
	const rows = await reader.selectFrom('coalition.member_import').select(['id', 'body', 'file_name', 'begun_at']).where('body', 'in', bodies.map(({ id }) => id)).where('taken_in_at', 'is', null).where('set_aside_at', 'is', null).execute()
	return rows.map(({ id, body, file_name, begun_at }) => {
		const { name, slug } = bodies.find((one) => one.id === body)!
		return { kind: 'list', body: name, title: file_name, path: `/coalition/${slug}/members/import/${id}`, since: begun_at, due: undefined }
	})
}
