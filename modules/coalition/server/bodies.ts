import { appendToLedger, linkRecords, newId, Refusal, type Reader, type Writer } from '#database'
import { BODY_KINDS, RESERVED_SLUGS, slugOf, VISIBILITIES, type BodyKind, type CharterRules, type Visibility } from '../bodies.ts'
import { may } from '../permissions.ts'
import { currentMemberships, nameOf, positionsOf, requireOpenBody, type Actor } from './actor.ts'
import type { CoalitionTables } from './coalition-tables.ts'

export interface Founding {
	kind: string
	name: string
	visibility: string
	aim: string
	domain: string
	agreements: string
	rules: CharterRules
	/** Area of the atlas that a hub stands for. */
	area?: string | undefined
	/** Topic that a circle is about: a domain of the atlas. */
	topic?: string | undefined
	/** The person who begins as lead. */
	lead: string
}

export interface Body {
	id: string
	kind: BodyKind
	slug: string
	name: string
	visibility: Visibility
	area: string | undefined
	topic: string | undefined
	foundedAt: Date
	closedAt: Date | undefined
	/** The newest charter. */
	charter: { version: number; aim: string; domain: string; agreements: string; rules: CharterRules; adoptedAt: Date }
	people: number
	organizations: number
}

/**
 * Founds a body with its first charter and its first lead. Returns its id and the part of the address that its name became.
 * Errors: `not_permitted`, `body_without_name`, `body_name_reserved`, `body_without_aim`, `body_kind_unknown`, `body_hub_without_area`, `area_unknown`, `body_name_taken`.
 */
export async function foundBody(writer: Writer<CoalitionTables>, actor: Actor, given: Founding, now: Date): Promise<{ id: string; slug: string }> {
	if (!may(await positionsOf(writer, '', actor, now), 'found_body', 'public')) throw new Refusal('not_permitted', {})
	const { kind, visibility, name, slug, aim } = readFounding(given)
	if (given.area && !(await writer.selectFrom('atlas.area').select('id').where('id', '=', given.area).executeTakeFirst())) throw new Refusal('area_unknown', { area: given.area })
	const id = newId('b')
	const body = { id, kind, slug, name, visibility, area: given.area ?? null, topic: given.topic ?? null, founded_at: now, founded_by: nameOf(actor), closed_at: null }
	const written = await writer.insertInto('coalition.body').values(body).onConflict((conflict) => conflict.column('slug').doNothing()).returning('id').executeTakeFirst()
	if (!written) throw new Refusal('body_name_taken', { name })
	const { domain, agreements, rules } = given
	await writer.insertInto('coalition.charter').values({ body: id, version: 1, aim, domain: domain.trim(), agreements: agreements.trim(), rules: JSON.stringify(rules), adopted_at: now, adopted_by: nameOf(actor) }).execute()
	await writer.insertInto('coalition.membership').values({ id: newId('m'), body: id, person: given.lead, organization: null, standing: 'voting', joined_at: now, left_at: null }).execute()
	await writer.insertInto('coalition.role_assignment').values({ id: newId('r'), body: id, person: given.lead, role: 'lead', began_at: now, until: monthsAfter(now, rules.termMonths), ended_at: null }).execute()
	const record = `coalition:body/${id}`
	if (given.area) await linkRecords(writer, { from: record, relation: 'stands for', to: `atlas:area/${given.area}`, at: now, by: nameOf(actor) })
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'body.founded', subject: record, payload: { kind } })
	return { id, slug }
}

function readFounding(given: Founding): { kind: BodyKind; visibility: Visibility; name: string; slug: string; aim: string } {
	const name = given.name.trim().slice(0, 120)
	const aim = given.aim.trim()
	const kind = BODY_KINDS.find((one) => one === given.kind)
	const visibility = VISIBILITIES.find((one) => one === given.visibility)
	if (!kind || !visibility) throw new Refusal('body_kind_unknown', { kind: `${given.kind} ${given.visibility}`.slice(0, 80) })
	if (!slugOf(name)) throw new Refusal('body_without_name', {})
	if (RESERVED_SLUGS.has(slugOf(name))) throw new Refusal('body_name_reserved', { name })
	if (!aim) throw new Refusal('body_without_aim', {})
	if (kind === 'equity_hub' && !given.area) throw new Refusal('body_hub_without_area', {})
	return { kind, visibility, name, slug: slugOf(name), aim }
}

export function monthsAfter(date: Date, months: number): Date {
	const later = new Date(date)
	later.setUTCMonth(later.getUTCMonth() + months)
	return later
}

/** Ends a body: it stays to be read, and nothing in it changes any more. Errors: those of `requireOpenBody`. */
export async function closeBody(writer: Writer<CoalitionTables>, actor: Actor, id: string, now: Date): Promise<void> {
	await requireOpenBody(writer, id, actor, 'close_body', now)
	await writer.updateTable('coalition.body').set({ closed_at: now }).where('id', '=', id).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'body.closed', subject: `coalition:body/${id}`, payload: null })
}

/** The bodies that somebody may know of, open ones first, by name. */
export async function listBodies(reader: Reader<CoalitionTables>, actor: Actor, now: Date): Promise<Body[]> {
	const own = actor.person ? (await currentMemberships(reader, now).select('body').where('person', '=', actor.person).execute()).map(({ body }) => body) : []
	return (await selectBodies(reader, now)).filter(({ id, visibility }) => visibility !== 'private' || actor.administrator || own.includes(id))
}

/** The body of an address; undefined where there is none or where this person may not know of it. */
export async function findBody(reader: Reader<CoalitionTables>, slug: string, actor: Actor, now: Date): Promise<Body | undefined> {
	const [found] = await selectBodies(reader, now, slug)
	if (!found) return undefined
	return may(await positionsOf(reader, found.id, actor, now), 'see_page', found.visibility) ? found : undefined
}

async function selectBodies(reader: Reader<CoalitionTables>, now: Date, slug?: string): Promise<Body[]> {
	const rows = await reader
		.selectFrom('coalition.body')
		.innerJoinLateral((from) => from.selectFrom('coalition.charter').selectAll('coalition.charter').whereRef('coalition.charter.body', '=', 'coalition.body.id').orderBy('version', 'desc').limit(1).as('charter'), (join) => join.onTrue())
		.innerJoinLateral(() => currentMemberships(reader, now).select(({ fn, ref }) => [fn.count<string>(ref('person')).as('people'), fn.count<string>(ref('organization')).as('organizations')]).where((where) => where(where.ref('coalition.membership.body'), '=', where.ref('coalition.body.id' as 'body'))).as('size'), (join) => join.onTrue())
		.select(['coalition.body.id', 'kind', 'slug', 'name', 'visibility', 'area', 'topic', 'founded_at', 'closed_at', 'version', 'aim', 'domain', 'agreements', 'rules', 'adopted_at', 'people', 'organizations'])
		.$if(slug !== undefined, (query) => query.where('slug', '=', slug!))
		.orderBy('closed_at', (order) => order.desc().nullsFirst()).orderBy('name').orderBy('coalition.body.id')
		.execute()
	return rows.map(({ founded_at, closed_at, area, topic, version, aim, domain, agreements, rules, adopted_at, people, organizations, ...body }) => ({
		...body, area: area ?? undefined, topic: topic ?? undefined, foundedAt: founded_at, closedAt: closed_at ?? undefined,
		charter: { version, aim, domain, agreements, rules, adoptedAt: adopted_at }, people: Number(people), organizations: Number(organizations),
	}))
}
