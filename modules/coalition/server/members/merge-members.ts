import { appendToLedger, Refusal, type Reader, type Writer } from '#database'
import { findDoubles, mergePersons, recordNotSame, unmergePersons, type Double } from '#people/server'
import type { Standing } from '../../bodies.ts'
import { currentMemberships, getBodyRef, nameOf, requireMay, requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { enterBody } from '../members.ts'

type Move = { kind: 'membership' | 'role' | 'representation'; record: string; ended: boolean; standing_before: Standing | null }
const RANK: Record<Standing, number> = { observer: 0, member: 1, voting: 2 }

/** Members of a body that may be one person. */
export async function listDoubles(reader: Reader<CoalitionTables>, body: string, now: Date): Promise<Double[]> {
	const members = await currentMemberships(reader, now).select('person').where('body', '=', body).where('person', 'is not', null).execute()
	return findDoubles(reader, members.map(({ person }) => person!))
}

/** Merges of people who belong to a body, newest first. */
export async function listMerges(reader: Reader<CoalitionTables>, body: string): Promise<{ id: string; kept: string; merged: string; at: Date }[]> {
	return reader.selectFrom('people.person_merge as merge').innerJoin('people.person as kept', 'kept.id', 'merge.kept').innerJoin('people.person as merged', 'merged.id', 'merge.merged')
		.select(['merge.id', 'kept.name as kept', 'merged.name as merged', 'merge.at']).where('undone_at', 'is', null)
		.where('merge.kept', 'in', reader.selectFrom('coalition.membership').select('person').where('body', '=', body).where('left_at', 'is', null).$castTo<{ person: string }>())
		.orderBy('merge.at', 'desc').execute()
}

/**
 * Makes two members one person: what the merged one is today goes to the kept one, what they did keeps its name. Errors: `merge_needs_members`,
 * `merge_elsewhere` where the merged one belongs to a body that this actor may not change, `merge_link_person`, `merge_waits` while a decision
 * asks them, those of `mergePersons` and `requireOpenBody`.
 */
export async function mergeMembers(writer: Writer<CoalitionTables>, actor: Actor, body: string, given: { kept: string; merged: string }, now: Date): Promise<string> {
	await requireOpenBody(writer, body, actor, 'merge_people', now)
	const here = await currentMemberships(writer, now).select('person').where('body', '=', body).where('person', 'in', [given.kept, given.merged]).execute()
	if (given.kept !== given.merged && here.length < 2) throw new Refusal('merge_needs_members', {})
	await requireFree(writer, actor, given.merged, now)
	const merge = await mergePersons(writer, given, nameOf(actor), now)
	const moves = [...(await moveMemberships(writer, actor, given, now)), ...(await moveRoles(writer, given, now)), ...(await moveRepresentations(writer, given))]
	if (moves.length > 0) await writer.insertInto('coalition.merge_moved').values(moves.map((move) => ({ merge, ...move }))).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'people.merged', subject: `people:merge/${merge}`, payload: { body } })
	return merge
}

/** The merged one belongs only where this actor may merge, and nothing waits for them in their own name. */
async function requireFree(writer: Writer<CoalitionTables>, actor: Actor, merged: string, now: Date): Promise<void> {
	const bodies = await writer.selectFrom('coalition.membership').select('body').where('person', '=', merged).where('left_at', 'is', null).execute()
	for (const { body } of bodies) {
		await requireMay(writer, await getBodyRef(writer, body), actor, 'merge_people', now).catch((cause: unknown) => {
			throw cause instanceof Refusal ? new Refusal('merge_elsewhere', {}) : cause
		})
	}
	if (await writer.selectFrom('coalition.link_person').select('id').where('person', '=', merged).where('ended_at', 'is', null).executeTakeFirst()) throw new Refusal('merge_link_person', {})
	const asked = await writer.selectFrom('coalition.elector').innerJoin('coalition.decision', 'coalition.decision.id', 'coalition.elector.decision').select('coalition.decision.title').where('coalition.elector.person', '=', merged).where('coalition.decision.state', '=', 'open').executeTakeFirst()
	if (asked) throw new Refusal('merge_waits', { title: asked.title })
}

async function moveMemberships(writer: Writer<CoalitionTables>, actor: Actor, { kept, merged }: { kept: string; merged: string }, now: Date): Promise<Move[]> {
	const open = await writer.selectFrom('coalition.membership').select(['id', 'body', 'person', 'standing']).where('person', 'in', [kept, merged]).where('left_at', 'is', null).execute()
	const moves: Move[] = []
	for (const { id, body, standing } of open.filter(({ person }) => person === merged)) {
		const own = open.find((one) => one.person === kept && one.body === body)
		await writer.updateTable('coalition.membership').set(own ? { left_at: now } : { person: kept }).where('id', '=', id).execute()
		const raised = own !== undefined && RANK[standing] > RANK[own.standing]
		if (raised) await enterBody(writer, nameOf(actor), body, { person: kept }, standing, now)
		moves.push({ kind: 'membership', record: id, ended: own !== undefined, standing_before: raised ? own.standing : null })
	}
	return moves
}

async function moveRoles(writer: Writer<CoalitionTables>, { kept, merged }: { kept: string; merged: string }, now: Date): Promise<Move[]> {
	const open = await writer.selectFrom('coalition.role_assignment').select(['id', 'body', 'person', 'role']).where('person', 'in', [kept, merged]).where('ended_at', 'is', null).execute()
	const moves: Move[] = []
	for (const { id, body, role } of open.filter(({ person }) => person === merged)) {
		const held = open.some((one) => one.person === kept && one.body === body && one.role === role)
		await writer.updateTable('coalition.role_assignment').set(held ? { ended_at: now } : { person: kept }).where('id', '=', id).execute()
		moves.push({ kind: 'role', record: id, ended: held, standing_before: null })
	}
	return moves
}

async function moveRepresentations(writer: Writer<CoalitionTables>, { kept, merged }: { kept: string; merged: string }): Promise<Move[]> {
	const moved = await writer.updateTable('coalition.representation').set({ person: kept }).where('person', '=', merged).where('ended_at', 'is', null).returning('id').execute()
	return moved.map(({ id }) => ({ kind: 'representation', record: id, ended: false, standing_before: null }))
}

/** Takes a merge back: what went over returns, what had ended begins again. Errors: `merge_not_found`, those of `requireOpenBody`. */
export async function unmergeMembers(writer: Writer<CoalitionTables>, actor: Actor, body: string, merge: string, now: Date): Promise<void> {
	await requireOpenBody(writer, body, actor, 'merge_people', now)
	if (!(await listMerges(writer, body)).some(({ id }) => id === merge)) throw new Refusal('merge_not_found', {})
	const { kept, merged } = await unmergePersons(writer, merge, nameOf(actor), now)
	for (const move of await writer.selectFrom('coalition.merge_moved').selectAll().where('merge', '=', merge).execute()) await moveBack(writer, actor, move, { kept, merged }, now)
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'people.unmerged', subject: `people:merge/${merge}`, payload: { body } })
}

async function moveBack(writer: Writer<CoalitionTables>, actor: Actor, { kind, record, ended, standing_before }: Move, { kept, merged }: { kept: string; merged: string }, now: Date): Promise<void> {
	if (kind === 'representation') await writer.updateTable('coalition.representation').set({ person: merged }).where('id', '=', record).where('person', '=', kept).execute()
	else if (kind === 'role') await writer.updateTable('coalition.role_assignment').set(ended ? { ended_at: null } : { person: merged }).where('id', '=', record).where('person', '=', ended ? merged : kept).execute()
	else {
		const back = await writer.updateTable('coalition.membership').set(ended ? { left_at: null } : { person: merged }).where('id', '=', record).where('person', '=', ended ? merged : kept).returning('body').executeTakeFirst()
		if (back && standing_before) await enterBody(writer, nameOf(actor), back.body, { person: kept }, standing_before, now)
	}
}

/** Keeps that two members are two people. Errors: `merge_needs_members`, those of `requireOpenBody`. */
export async function keepApart(writer: Writer<CoalitionTables>, actor: Actor, body: string, given: { a: string; b: string }, now: Date): Promise<void> {
	await requireOpenBody(writer, body, actor, 'merge_people', now)
	const here = await currentMemberships(writer, now).select('person').where('body', '=', body).where('person', 'in', [given.a, given.b]).execute()
	if (here.length < 2) throw new Refusal('merge_needs_members', {})
	await recordNotSame(writer, given.a, given.b, nameOf(actor), now)
}
