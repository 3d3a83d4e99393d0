import { appendToLedger, newId, Refusal, type Reader, type Writer } from '#database'
import { addPerson } from '#people/server'
import type { Standing } from '../../bodies.ts'
import { guessMemberColumns, MEMBER_FIELDS, MEMBER_ROWS_AT_MOST, readMemberRows, type ListedMember, type MemberMapping } from '../../members/member-list.ts'
import { nameOf, requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { enterBody } from '../members.ts'
import { matchListed } from './match-listed.ts'

export interface MemberImport {
	id: string
	fileName: string
	source: string
	standing: Standing
	columns: string[]
	mapping: MemberMapping
	begunAt: Date
	state: 'open' | 'taken_in' | 'set_aside' | 'undone'
	/** The rows of an open one, each with whom it may be. */
	rows: (ListedMember & Matched)[]
	/** How many people it took in, and how many of them it brought to the directory. */
	taken: number
	made: number
}
export interface Matched {
	/** People of the directory with the same address or number; of this body, those with the same name. */
	candidates: { id: string; name: string; member: boolean; reason: 'contact' | 'name' }[]
}

const STANDINGS: readonly Standing[] = ['observer', 'member', 'voting']

/**
 * Keeps a list of people that somebody brings, to be looked at before anything comes of it. It subscribes nobody to anything.
 * Errors: `members_list_without_source`, `members_list_empty`, `members_list_too_long`, `standing_unknown`, those of `requireOpenBody`.
 */
export async function beginMemberImport(writer: Writer<CoalitionTables>, actor: Actor, body: string, given: { fileName: string; columns: string[]; rows: string[][]; source: string; standing: string }, now: Date): Promise<string> {
	await requireOpenBody(writer, body, actor, 'import_members', now)
	const source = given.source.trim().slice(0, 300)
	if (!source) throw new Refusal('members_list_without_source', {})
	const standing = STANDINGS.find((one) => one === given.standing)
	if (!standing) throw new Refusal('standing_unknown', { standing: given.standing.slice(0, 40) })
	const rows = given.rows.map((cells) => cells.map((cell) => cell.replaceAll('\0', '')))
	if (rows.every((cells) => cells.every((cell) => cell.trim() === ''))) throw new Refusal('members_list_empty', {})
	if (rows.length > MEMBER_ROWS_AT_MOST) throw new Refusal('members_list_too_long', { rows: rows.length, most: MEMBER_ROWS_AT_MOST })
	const id = newId('i')
	await writer.insertInto('coalition.member_import').values({
		id, body, file_name: given.fileName.slice(0, 120), source, standing, columns: JSON.stringify(given.columns), rows: JSON.stringify(rows), mapping: JSON.stringify(guessMemberColumns(given.columns)),
		begun_at: now, begun_by: nameOf(actor), taken_in_at: null, set_aside_at: null, undone_at: null,
	}).execute()
	return id
}

/** A list and what is to become of each of its rows; undefined where this body has none of that identifier. */
export async function findMemberImport(reader: Reader<CoalitionTables>, body: string, id: string, now: Date): Promise<MemberImport | undefined> {
	const found = await reader.selectFrom('coalition.member_import').selectAll().where('id', '=', id).where('body', '=', body).executeTakeFirst()
	if (!found) return undefined
	const state = found.undone_at ? 'undone' : found.taken_in_at ? 'taken_in' : found.set_aside_at ? 'set_aside' : 'open'
	const taken = state === 'taken_in' ? await reader.selectFrom('coalition.imported_member').select('person_made').where('import', '=', id).execute() : []
	return {
		id, fileName: found.file_name, source: found.source, standing: found.standing, columns: found.columns, mapping: found.mapping, begunAt: found.begun_at, state,
		rows: state === 'open' ? await matchListed(reader, body, readMemberRows(found.rows, found.mapping), now) : [],
		taken: taken.length, made: taken.filter(({ person_made }) => person_made).length,
	}
}

/** Lists of a body, newest first. */
export async function listMemberImports(reader: Reader<CoalitionTables>, body: string): Promise<{ id: string; fileName: string; begunAt: Date; open: boolean }[]> {
	const found = await reader.selectFrom('coalition.member_import').select(['id', 'file_name', 'begun_at', 'taken_in_at', 'set_aside_at']).where('body', '=', body).orderBy('begun_at', 'desc').execute()
	return found.map(({ id, file_name, begun_at, taken_in_at, set_aside_at }) => ({ id, fileName: file_name, begunAt: begun_at, open: !taken_in_at && !set_aside_at }))
}

/** The list for a change: of this body and still open. Errors: `members_list_not_found`, `members_list_settled`. */
async function getOpenImport(writer: Writer<CoalitionTables>, body: string, id: string) {
	const found = await writer.selectFrom('coalition.member_import').selectAll().where('id', '=', id).where('body', '=', body).forUpdate().executeTakeFirst()
	if (!found) throw new Refusal('members_list_not_found', {})
	if (found.taken_in_at || found.set_aside_at) throw new Refusal('members_list_settled', {})
	return found
}

/** Says which column holds what. Errors: `members_column_twice`, those of the list. */
export async function mapMemberColumns(writer: Writer<CoalitionTables>, actor: Actor, body: string, id: string, given: Record<string, string>, now: Date): Promise<void> {
	await requireOpenBody(writer, body, actor, 'import_members', now)
	const { columns } = await getOpenImport(writer, body, id)
	const mapping: MemberMapping = {}
	for (const field of MEMBER_FIELDS) {
		const place = given[field] === '' || given[field] === undefined ? -1 : Number(given[field])
		if (!Number.isInteger(place) || place < 0 || place >= columns.length) continue
		if (Object.values(mapping).includes(place)) throw new Refusal('members_column_twice', { column: columns[place]!.slice(0, 80) })
		mapping[field] = place
	}
	await writer.updateTable('coalition.member_import').set({ mapping: JSON.stringify(mapping) }).where('id', '=', id).execute()
}

/**
 * Takes the list in, all of it or nothing. `choices` says for a row whom it is: `new`, `leave`, or a person among its candidates; a row with
 * candidates needs one. Rows that cannot be read must be left out on purpose. Errors: `members_rows_undecided`, `members_rows_faulty` with
 * the rows, those of the list.
 */
export async function takeInMembers(writer: Writer<CoalitionTables>, actor: Actor, body: string, id: string, given: { choices: Record<number, string>; leaveFaulty: boolean }, now: Date): Promise<number> {
	await requireOpenBody(writer, body, actor, 'import_members', now)
	const { rows, mapping, standing } = await getOpenImport(writer, body, id)
	const listed = await matchListed(writer, body, readMemberRows(rows, mapping), now)
	const faulty = listed.filter(({ faults }) => faults.length > 0)
	if (faulty.length > 0 && !given.leaveFaulty) throw new Refusal('members_rows_faulty', { rows: rowsInWords(faulty) })
	const good = listed.filter(({ faults }) => faults.length === 0)
	const decided = good.map((line) => ({ line, choice: decide(line, given.choices[line.row]) }))
	const open = decided.filter(({ choice }) => choice === undefined)
	if (open.length > 0) throw new Refusal('members_rows_undecided', { rows: rowsInWords(open.map(({ line }) => line)) })
	let taken = 0
	for (const { line, choice } of decided) if (choice !== 'leave') taken += await takeIn(writer, actor, { id, body, standing }, line, choice!, now)
	await writer.updateTable('coalition.member_import').set({ taken_in_at: now, rows: '[]' }).where('id', '=', id).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'members.imported', subject: `coalition:member-import/${id}`, payload: { body, taken } })
	return taken
}

const rowsInWords = (lines: readonly ListedMember[]): string => lines.slice(0, 10).map(({ row }) => row).join(', ') + (lines.length > 10 ? ' …' : '')

function decide({ candidates }: Matched, choice: string | undefined): string | undefined {
	if (choice === 'leave' || choice === 'new') return choice
	if (candidates.length === 0) return 'new'
	return candidates.find(({ id }) => id === choice)?.id
}

/** 1 where a membership came of it. */
async function takeIn(writer: Writer<CoalitionTables>, actor: Actor, list: { id: string; body: string; standing: Standing }, line: ListedMember, choice: string, now: Date): Promise<number> {
	const { name, email, phone, pronouns, language } = line
	const person = choice === 'new' ? await addPerson(writer, { name, email, phone, pronouns, language }, now) : choice
	const there = await writer.selectFrom('coalition.membership').select('id').where('body', '=', list.body).where('person', '=', person).where('left_at', 'is', null).executeTakeFirst()
	if (there) return 0
	const membership = await enterBody(writer, nameOf(actor), list.body, { person }, list.standing, now)
	await writer.insertInto('coalition.imported_member').values({ import: list.id, membership, person, person_made: choice === 'new' }).execute()
	return 1
}

/** Sets a list aside; its rows are erased. Errors: those of the list and of `requireOpenBody`. */
export async function setListAside(writer: Writer<CoalitionTables>, actor: Actor, body: string, id: string, now: Date): Promise<void> {
	await requireOpenBody(writer, body, actor, 'import_members', now)
	await getOpenImport(writer, body, id)
	await writer.updateTable('coalition.member_import').set({ set_aside_at: now, rows: '[]' }).where('id', '=', id).execute()
}
