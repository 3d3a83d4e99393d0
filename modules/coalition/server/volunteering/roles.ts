import { appendToLedger, newId, Refusal, type Reader, type Writer } from '#database'
import { isZone, readTime } from '../../convenings/local-time.ts'
import { MOST_WEEKS } from '../../taking-part/volunteering.ts'
import { readText } from '../accountability/read-given.ts'
import { getBodyRef, nameOf, requireMay, requireOpenBody, type Actor } from '../actor.ts'
import { type BodyAction } from '../../permissions.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { timeRefusal } from '../convenings/convenings.ts'
import { offerNews } from '../topics.ts'
import { fillShift } from './shift-seats.ts'
import { tellCalledOff, tellMovedUp } from './volunteer-letters.ts'

type CoalitionWriter = Writer<CoalitionTables>

/** A volunteer role as a form gives it. */
export interface GivenRole {
	title: string
	/** What one does, in plain words. */
	about: string
	skills: string
	languages: string
	/** Years, or empty for any age. */
	leastAge: string
	/** Whether people under 18 may come with a guardian's consent. */
	minors: boolean
	place: string
	zone: string
	/** The office that answers for it, and how it is reached; never a person's own number. */
	coordinator: string
	contact: string
	/** `coalition:campaign/…`, `coalition:convening/…` or `coalition:response/…` of the same body, or empty. */
	helps: string
}

export interface GivenShift {
	date: string
	begins: string
	ends: string
	seats: string
	/** For how many weeks in a row; empty for one. */
	weeks: string
}

export const recordOfRole = (id: string): string => `coalition:role/${id}`

/** Offers a volunteer role. Returns its id. Errors: those of `readRole` and `requireOpenBody`. */
export async function offerRole(writer: CoalitionWriter, actor: Actor, body: string, given: GivenRole, now: Date): Promise<string> {
	await requireOpenBody(writer, body, actor, 'offer_role', now)
	const row = await readRole(writer, body, given)
	const id = newId('vr')
	await writer.insertInto('coalition.volunteer_role').values({ id, body, ...row, offered_at: now, offered_by: nameOf(actor), closed_at: null, closed_by: null }).execute()
	await offerNews(writer, [body], { kind: 'role_offered', record: recordOfRole(id), title: row.title, text: row.about, address: `/volunteering/${id}`, at: now })
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'role.offered', subject: recordOfRole(id), payload: { body } })
	return id
}

/** The columns of a form. Errors: `role_without_title`, `role_without_about`, `role_without_place`, `role_without_coordinator`, `role_without_contact`, `role_age`, `role_age_minors`, `role_helps_unknown`, `time_zone_unknown`. */
async function readRole(reader: Reader<CoalitionTables>, body: string, given: GivenRole) {
	if (!isZone(given.zone)) throw new Refusal('time_zone_unknown', { zone: given.zone.slice(0, 60) })
	const least_age = given.leastAge.trim() ? Number(given.leastAge) : null
	if (least_age !== null && (!Number.isInteger(least_age) || least_age < 1 || least_age > 99)) throw new Refusal('role_age', { age: given.leastAge.slice(0, 20) })
	if (least_age !== null && least_age < 18 && !given.minors) throw new Refusal('role_age_minors', { age: least_age })
	return {
		title: readText(given.title, new Refusal('role_without_title'), 160), about: readText(given.about, new Refusal('role_without_about')), skills: given.skills.trim().slice(0, 500), languages: given.languages.trim().slice(0, 160), least_age, minors: given.minors,
		place: readText(given.place, new Refusal('role_without_place'), 300), zone: given.zone, coordinator: readText(given.coordinator, new Refusal('role_without_coordinator'), 160), contact: readText(given.contact, new Refusal('role_without_contact'), 160),
		helps: await readHelped(reader, body, given.helps.trim()),
	}
}

/** What a role may help: open campaigns, convenings that are not over, and open calls of the body. */
export async function listHelpable(reader: Reader<CoalitionTables>, body: string, now: Date): Promise<{ record: string; title: string }[]> {
	const [campaigns, convenings, calls] = await Promise.all([
		reader.selectFrom('coalition.campaign').select(['id', 'title']).where('body', '=', body).orderBy('title').execute(),
		reader.selectFrom('coalition.convening').select(['id', 'title']).where('body', '=', body).where('ends_at', '>', now).orderBy('starts_at').execute(),
		reader.selectFrom('coalition.response_call').select(['id', 'title']).where('body', '=', body).where('stood_down_at', 'is', null).orderBy('called_at').execute(),
	])
	return ([['campaign', campaigns], ['convening', convenings], ['response', calls]] as const).flatMap(([kind, rows]) => rows.map(({ id, title }) => ({ record: `coalition:${kind}/${id}`, title })))
}

async function readHelped(reader: Reader<CoalitionTables>, body: string, record: string): Promise<string | null> {
	if (!record) return null
	const [, kind, id] = /^coalition:(campaign|convening|response)\/([a-z0-9-]+)$/.exec(record) ?? []
	const table = kind === 'campaign' ? 'coalition.campaign' : kind === 'convening' ? 'coalition.convening' : 'coalition.response_call'
	const found = id && (await reader.selectFrom(table).select('id').where('id', '=', id).where('body', '=', body).executeTakeFirst())
	if (!found) throw new Refusal('role_helps_unknown')
	return record
}

/** The role of an id. Errors: `volunteer_role_not_found`. */
export async function getRoleRow(reader: Reader<CoalitionTables>, id: string) {
	const found = await reader.selectFrom('coalition.volunteer_role').selectAll().where('id', '=', id).executeTakeFirst()
	if (!found) throw new Refusal('volunteer_role_not_found')
	return found
}

/** The role for something that its body's table of permissions names. Errors: `volunteer_role_not_found`, those of `requireMay`. */
export async function requireRole(reader: Reader<CoalitionTables>, actor: Actor, id: string, action: BodyAction, now: Date) {
	const role = await getRoleRow(reader, id)
	await requireMay(reader, await getBodyRef(reader, role.body), actor, action, now)
	return role
}

/** Nobody else gives out seats of this role's shifts until the transaction ends. */
export async function lockRole(writer: CoalitionWriter, id: string): Promise<void> {
	await writer.selectFrom('coalition.volunteer_role').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
}

/** The role of an id for a change by those who offer it, held. Errors: `volunteer_role_not_found`, those of `requireOpenBody`. */
async function requireOffering(writer: CoalitionWriter, actor: Actor, id: string, now: Date) {
	await lockRole(writer, id)
	const role = await getRoleRow(writer, id)
	await requireOpenBody(writer, role.body, actor, 'offer_role', now)
	return role
}

/** Changes the words of a role; its shifts stay. Errors: `role_zone_fixed` once it has shifts, those of `offerRole` and `requireOffering`. */
export async function changeRole(writer: CoalitionWriter, actor: Actor, id: string, given: GivenRole, now: Date): Promise<void> {
	const { body, zone } = await requireOffering(writer, actor, id, now)
	const row = await readRole(writer, body, given)
	if (row.zone !== zone && (await writer.selectFrom('coalition.shift').select('id').where('role', '=', id).limit(1).executeTakeFirst())) throw new Refusal('role_zone_fixed', { zone })
	await writer.updateTable('coalition.volunteer_role').set(row).where('id', '=', id).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'role.changed', subject: recordOfRole(id), payload: null })
}

/** Closes a role, so that nobody signs up any more, or opens it again; who has a shift keeps it. Errors: those of `requireOffering`. */
export async function closeRole(writer: CoalitionWriter, actor: Actor, id: string, closes: boolean, now: Date): Promise<void> {
	const { closed_at } = await requireOffering(writer, actor, id, now)
	if ((closed_at !== null) === closes) return
	await writer.updateTable('coalition.volunteer_role').set(closes ? { closed_at: now, closed_by: nameOf(actor) } : { closed_at: null, closed_by: null }).where('id', '=', id).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: closes ? 'role.closed' : 'role.opened', subject: recordOfRole(id), payload: null })
}

function readCount(text: string, most: number, code: string): number {
	const count = Number(text.trim())
	if (!text.trim() || !Number.isInteger(count) || count < 1 || count > most) throw new Refusal(code, { value: text.slice(0, 20), most })
	return count
}

const MOST_SEATS = 1000

/** Adds a shift, or the same one for some weeks in a row by the clocks of its place. Errors: `shift_seats`, `shift_weeks`, `shift_past`, `role_closed`, those of `readTime` and `requireOffering`. */
export async function addShifts(writer: CoalitionWriter, actor: Actor, role: string, given: GivenShift, now: Date): Promise<string[]> {
	const { zone, closed_at } = await requireOffering(writer, actor, role, now)
	if (closed_at) throw new Refusal('role_closed')
	const [seats, weeks] = [readCount(given.seats, MOST_SEATS, 'shift_seats'), readCount(given.weeks.trim() || '1', MOST_WEEKS, 'shift_weeks')]
	const times = Array.from({ length: weeks }, (_, week) => {
		const date = week === 0 ? given.date : Temporal.PlainDate.from(given.date).add({ weeks: week }).toString()
		const time = readTime({ date, begins: given.begins, ends: given.ends, zone })
		if ('fault' in time) throw timeRefusal(time.fault, { ...given, date, zone })
		if (time.startsAt <= now) throw new Refusal('shift_past', { date: given.date.slice(0, 20) })
		return time
	})
	const rows = times.map(({ startsAt, endsAt }) => ({ id: newId('sh'), role, starts_at: startsAt, ends_at: endsAt, seats, made_at: now, made_by: nameOf(actor), called_off_at: null }))
	await writer.insertInto('coalition.shift').values(rows).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'shift.added', subject: recordOfRole(role), payload: { shifts: rows.length } })
	return rows.map(({ id }) => id)
}

/** The shift of an id that its body may change, its role held. Errors: `shift_not_found`, those of `requireOffering`. */
async function requireShift(writer: CoalitionWriter, actor: Actor, id: string, now: Date) {
	const { role } = (await writer.selectFrom('coalition.shift').select('role').where('id', '=', id).executeTakeFirst()) ?? {}
	if (!role) throw new Refusal('shift_not_found')
	await requireOffering(writer, actor, role, now)
	return writer.selectFrom('coalition.shift').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** Changes how many seats a shift has; more go to those who wait, and fewer than are taken are refused. Errors: `shift_seats`, `shift_seats_taken`, `shift_over`, those of `requireOffering`. */
export async function setSeats(writer: CoalitionWriter, actor: Actor, id: string, text: string, now: Date): Promise<void> {
	const shift = await requireShift(writer, actor, id, now)
	if (shift.called_off_at || shift.ends_at <= now) throw new Refusal('shift_over')
	const seats = readCount(text, MOST_SEATS, 'shift_seats')
	const { taken } = await writer.selectFrom('coalition.shift_sign_up').select(({ fn }) => fn.countAll<string>().as('taken')).where('shift', '=', id).where('state', '=', 'seat').executeTakeFirstOrThrow()
	if (seats < Number(taken)) throw new Refusal('shift_seats_taken', { taken: Number(taken) })
	await writer.updateTable('coalition.shift').set({ seats }).where('id', '=', id).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'shift.seats', subject: recordOfRole(shift.role), payload: { seats } })
	await tellMovedUp(writer, await fillShift(writer, id, now), now)
}

/** Calls a shift off, with a reason that everybody reads; whoever has it or waits is told. Errors: `shift_without_reason`, `shift_over`, those of `requireOffering`. */
export async function callOffShift(writer: CoalitionWriter, actor: Actor, id: string, reason: string, now: Date): Promise<void> {
	const shift = await requireShift(writer, actor, id, now)
	if (shift.called_off_at || shift.ends_at <= now) throw new Refusal('shift_over')
	await writer.updateTable('coalition.shift').set({ called_off_at: now, reason: readText(reason, new Refusal('shift_without_reason'), 500) }).where('id', '=', id).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'shift.called_off', subject: recordOfRole(shift.role), payload: null })
	await tellCalledOff(writer, id, now)
}
