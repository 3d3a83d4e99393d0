import { appendToLedger, newId, Refusal, type Writer } from '#database'
import { isDivision } from '../../accountability/findings.ts'
import { slugOf } from '../../bodies.ts'
import { nameOf, requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { readDay, readText } from './read-given.ts'

type CoalitionWriter = Writer<CoalitionTables>

/**
 * Lists a public body, whose offices a body of the coalition keeps. Errors: `public_body_without_name`, `public_body_there`,
 * `quiet_days_unreadable`, those of `requireOpenBody`.
 */
export async function openPublicBody(writer: CoalitionWriter, actor: Actor, body: string, given: { name: string; about: string; quietDays?: string | undefined }, now: Date): Promise<{ id: string; slug: string }> {
	await requireOpenBody(writer, body, actor, 'set_offices', now)
	const name = readText(given.name, new Refusal('public_body_without_name'), 120)
	const row = { id: newId('pb'), slug: slugOf(name), name, about: given.about.trim().slice(0, 2000), quiet_days: readQuietDays(given.quietDays), kept_by: body, made_at: now, made_by: nameOf(actor) }
	if (!row.slug) throw new Refusal('public_body_without_name')
	const written = await writer.insertInto('coalition.public_body').values(row).onConflict((conflict) => conflict.column('slug').doNothing()).returning('id').executeTakeFirst()
	if (!written) throw new Refusal('public_body_there', { name })
	await told(writer, actor, 'public_body.listed', `coalition:public_body/${row.id}`, now)
	return { id: row.id, slug: row.slug }
}

function readQuietDays(text = '60'): number {
	const days = text.trim()
	if (!/^\d{1,3}$/.test(days) || Number(days) > 365) throw new Refusal('quiet_days_unreadable', { value: days.slice(0, 20) })
	return Number(days)
}

/** Changes how many days before an election no rating is published. Errors: `quiet_days_unreadable`, those of `requirePublicBody`. */
export async function setQuietDays(writer: CoalitionWriter, actor: Actor, publicBody: string, days: string, now: Date): Promise<void> {
	await requirePublicBody(writer, actor, publicBody, now)
	await writer.updateTable('coalition.public_body').set({ quiet_days: readQuietDays(days) }).where('id', '=', publicBody).execute()
	await told(writer, actor, 'public_body.quiet_days_set', `coalition:public_body/${publicBody}`, now)
}

/** Adds an election, around which no rating is published. Errors: `accountability_day_unreadable`, those of `requirePublicBody`. */
export async function addElection(writer: CoalitionWriter, actor: Actor, publicBody: string, day: string, now: Date): Promise<void> {
	await requirePublicBody(writer, actor, publicBody, now)
	await writer.insertInto('coalition.election').values({ public_body: publicBody, day: readDay(day), made_at: now, made_by: nameOf(actor) }).onConflict((conflict) => conflict.doNothing()).execute()
	await told(writer, actor, 'election.added', `coalition:public_body/${publicBody}`, now)
}

/** Adds an office. Errors: `office_without_post`, `office_division_unreadable`, `office_there`, those of `requirePublicBody`. */
export async function addOffice(writer: CoalitionWriter, actor: Actor, publicBody: string, given: { post: string; division: string }, now: Date): Promise<string> {
	await requirePublicBody(writer, actor, publicBody, now)
	const post = readText(given.post, new Refusal('office_without_post'), 120)
	const division = given.division.trim()
	if (!isDivision(division)) throw new Refusal('office_division_unreadable', { value: division.slice(0, 60) })
	const id = newId('of')
	const written = await writer.insertInto('coalition.office').values({ id, public_body: publicBody, post, division, made_at: now, made_by: nameOf(actor) }).onConflict((conflict) => conflict.columns(['public_body', 'post']).doNothing()).returning('id').executeTakeFirst()
	if (!written) throw new Refusal('office_there', { post })
	await told(writer, actor, 'office.added', `coalition:office/${id}`, now)
	return id
}

/** Adds the term of whoever holds an office; a party is never asked for. Errors: `term_without_holder`, `term_ends_before`, `term_there`, `office_not_found`, those of `requirePublicBody`. */
export async function addTerm(writer: CoalitionWriter, actor: Actor, office: string, given: { holder: string; beginsOn: string; endsOn: string }, now: Date): Promise<string> {
	const found = await writer.selectFrom('coalition.office').select('public_body').where('id', '=', office).executeTakeFirst()
	if (!found) throw new Refusal('office_not_found')
	await requirePublicBody(writer, actor, found.public_body, now)
	const holder = readText(given.holder, new Refusal('term_without_holder'), 120)
	const [begins, ends] = [readDay(given.beginsOn), readDay(given.endsOn)]
	if (ends <= begins) throw new Refusal('term_ends_before', { begins, ends })
	const id = newId('ot')
	const written = await writer.insertInto('coalition.office_term').values({ id, office, holder, begins_on: begins, ends_on: ends, made_at: now, made_by: nameOf(actor) }).onConflict((conflict) => conflict.columns(['office', 'begins_on']).doNothing()).returning('id').executeTakeFirst()
	if (!written) throw new Refusal('term_there', { day: begins })
	await told(writer, actor, 'term.added', `coalition:office_term/${id}`, now)
	return id
}

/** The public body of an id, for whoever may set its offices. Errors: `public_body_not_found`, those of `requireOpenBody`. */
async function requirePublicBody(writer: CoalitionWriter, actor: Actor, id: string, now: Date): Promise<void> {
	const found = await writer.selectFrom('coalition.public_body').select('kept_by').where('id', '=', id).executeTakeFirst()
	if (!found) throw new Refusal('public_body_not_found')
	await requireOpenBody(writer, found.kept_by, actor, 'set_offices', now)
}

const told = (writer: CoalitionWriter, actor: Actor, kind: string, subject: string, at: Date) => appendToLedger(writer, { at, actor: nameOf(actor), kind, subject, payload: null })
