import { Refusal, type Reader } from '#database'
import { may } from '../../permissions.ts'
import { dayColumn } from '../accountability/day-column.ts'
import { getBodyRef, positionsOf, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'

export type UptakeState = 'waiting' | 'confirmed' | 'refused'

/** What was taken over, with the page that it stands on. */
export interface Uptakable {
	/** As `coalition:position/s-…`. */
	record: string
	kind: 'position' | 'decision' | 'statement'
	title: string
	path: string
}

export interface UptakeLine {
	id: string
	record: string
	adopter: string
	document: string
	part: string
	quote: string
	/** As 2027-03-01. */
	adoptedOn: string
	recordedAt: Date
	state: UptakeState
	answeredAt: Date | undefined
	/** The confirmed uptake that puts this one right. */
	correctedBy: string | undefined
}

export interface UptakeView extends UptakeLine {
	body: { id: string; slug: string; name: string }
	of: Uptakable
	source: string
	/** SHA-256 of the archived copy, in hexadecimal. */
	file: string
	/** What the second person said. */
	note: string
	recordedBy: string
	corrects: string | undefined
}

/** What of a body others may have taken over: positions and decisions that it adopted, and its statements, by their words. */
export async function listUptakable(reader: Reader<CoalitionTables>, body: string): Promise<Uptakable[]> {
	const [positions, decisions, statements] = await Promise.all([
		reader.selectFrom('coalition.position').innerJoin('coalition.goal', 'coalition.goal.id', 'goal').innerJoin('coalition.position_step', 'coalition.position_step.position', 'coalition.position.id')
			.select(['coalition.position.id', 'statement as title', 'goal']).where('body', '=', body).where('status', '=', 'adopted').orderBy('title').execute(),
		reader.selectFrom('coalition.decision').select(['id', 'title']).where('body', '=', body).where('state', '=', 'adopted').orderBy('title').execute(),
		reader.selectFrom('coalition.statement').select(['id', 'title']).where('body', '=', body).orderBy('title').execute(),
	])
	return [
		...positions.map(({ id, title, goal }): Uptakable => ({ record: `coalition:position/${id}`, kind: 'position', title, path: `/coalition/goals/${goal}#${id}` })),
		...decisions.map(({ id, title }): Uptakable => ({ record: `coalition:decision/${id}`, kind: 'decision', title, path: `/coalition/decisions/${id}` })),
		...statements.map(({ id, title }): Uptakable => ({ record: `coalition:statement/${id}`, kind: 'statement', title, path: `/statements/${id}` })),
	]
}

function selectUptakes(reader: Reader<CoalitionTables>) {
	return reader.selectFrom('coalition.uptake').leftJoin('coalition.uptake_confirmation', 'uptake', 'coalition.uptake.id')
		.select(({ selectFrom }) => selectFrom('coalition.uptake as newer').innerJoin('coalition.uptake_confirmation as answer', 'answer.uptake', 'newer.id').select('newer.id').whereRef('newer.corrects', '=', 'coalition.uptake.id').where('answer.agrees', '=', true).limit(1).as('corrected_by'))
		.select(['coalition.uptake.id', 'body', 'record', 'adopter', 'document', 'part', 'quote', dayColumn('adopted_on'), 'recorded_at', 'agrees', 'at'])
}

type UptakeRow = Awaited<ReturnType<ReturnType<typeof selectUptakes>['execute']>>[number]

const readLine = ({ adopted_on, recorded_at, agrees, at, corrected_by, body: _, ...row }: UptakeRow): UptakeLine => ({
	...row, adoptedOn: adopted_on, recordedAt: recorded_at, state: agrees === null ? 'waiting' : agrees ? 'confirmed' : 'refused', answeredAt: at ?? undefined, correctedBy: corrected_by ?? undefined,
})

/** Whether somebody may know of an uptake that nobody has confirmed. */
async function mayRecord(reader: Reader<CoalitionTables>, actor: Actor, body: { id: string; visibility: 'public' | 'listed' | 'private' }, now: Date): Promise<boolean> {
	const positions = await positionsOf(reader, body.id, actor, now)
	return may(positions, 'record_uptake', body.visibility) || may(positions, 'confirm_uptake', body.visibility)
}

/** Uptakes of a body, the newest adoption first; for who may not record one, those that are confirmed and that no other one puts right. */
export async function listUptakes(reader: Reader<CoalitionTables>, actor: Actor, body: string, now: Date): Promise<(UptakeLine & { of: Uptakable })[]> {
	const [ref, rows, records] = await Promise.all([getBodyRef(reader, body), selectUptakes(reader).where('body', '=', body).orderBy('adopted_on', 'desc').orderBy('coalition.uptake.id').execute(), listUptakable(reader, body)])
	const all = await mayRecord(reader, actor, ref, now)
	const lines = rows.map((row) => ({ ...readLine(row), of: records.find(({ record }) => record === row.record)! }))
	return all ? lines : lines.filter(({ state, correctedBy }) => state === 'confirmed' && !correctedBy)
}

/** Confirmed uptakes of some records that no other one puts right, the newest adoption first. */
export async function listStanding(reader: Reader<CoalitionTables>, records: readonly string[]): Promise<UptakeLine[]> {
	if (records.length === 0) return []
	const rows = await selectUptakes(reader).where('record', 'in', [...records]).where('agrees', '=', true).orderBy('adopted_on', 'desc').orderBy('coalition.uptake.id').execute()
	return rows.map(readLine).filter(({ correctedBy }) => !correctedBy)
}

/** One uptake for a reader: of everybody's once it is confirmed, before and when refused of those who may record one. Errors: `uptake_not_found`. */
export async function findUptake(reader: Reader<CoalitionTables>, actor: Actor, id: string, now: Date): Promise<UptakeView> {
	const row = await selectUptakes(reader).select(['source', 'source_file', 'note', 'coalition.uptake.recorded_by', 'corrects']).where('coalition.uptake.id', '=', id).executeTakeFirst()
	if (!row) throw new Refusal('uptake_not_found')
	const { source, source_file, note, recorded_by, corrects, ...rest } = row
	const [body, records, line] = [await getBodyRef(reader, row.body), await listUptakable(reader, row.body), readLine(rest)]
	const readable = line.state === 'confirmed' ? may(await positionsOf(reader, body.id, actor, now), 'see_inside', body.visibility) : await mayRecord(reader, actor, body, now)
	if (!readable) throw new Refusal('uptake_not_found')
	return {
		...line, body: { id: body.id, slug: body.slug, name: body.name }, of: records.find(({ record }) => record === row.record)!, source, file: source_file.toString('hex'), note: note ?? '', recordedBy: recorded_by, corrects: corrects ?? undefined,
	}
}
