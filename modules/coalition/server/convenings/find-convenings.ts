import { Refusal, type Reader } from '#database'
import type { CalendarEntry } from '../../convenings/calendar.ts'
import type { ConveningKind, ConveningState, Mode, ParticipationLevel, Support } from '../../convenings/convening.ts'
import { may } from '../../permissions.ts'
import { currentMemberships, getBodyRef, positionsOf, requireMay, VISITOR, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { countTaken } from './seats.ts'

/** A convening as a list shows it: nothing that only guests may know. */
export interface ConveningLine {
	id: string
	kind: ConveningKind
	mode: Mode
	title: string
	startsAt: Date
	endsAt: Date
	zone: string
	place: string
	county: string | undefined
	state: ConveningState
	/** The series that it is a date of. */
	series: string | undefined
	hosts: { slug: string; name: string }[]
}

export interface Convening extends ConveningLine {
	body: string
	about: string
	agenda: string
	/** Undefined for who may not know it: it is told to guests unless everybody may read it. */
	address: string | undefined
	addressShown: boolean
	/** Told to guests alone. */
	onlineUrl: string
	capacity: number | undefined
	supports: Support[]
	languages: string
	minors: boolean
	levelPromised: ParticipationLevel
	sequence: number
	changedAt: Date
	/** Why it was called off. */
	reason: string
	/** People who say they come, parties counted whole. */
	coming: number
	/** Parties that wait for a seat. */
	waiting: number
	/** What somebody counted by looking; undefined where nobody did. */
	heads: number | undefined
	/** Who gave a name: parties and the people in them. */
	named: { parties: number; people: number }
}

interface Asked {
	body?: string
	series?: string
	county?: string
	from?: Date
}

/** Bodies whose inside this reader may read; undefined for all of them. */
async function readableBodies(reader: Reader<CoalitionTables>, actor: Actor, now: Date): Promise<string[] | undefined> {
	if (actor.administrator) return undefined
	const own = actor.person ? await currentMemberships(reader, now).select('body').where('person', '=', actor.person).execute() : []
	return own.map(({ body }) => body)
}

function selectLines(reader: Reader<CoalitionTables>) {
	return reader.selectFrom('coalition.convening').innerJoin('coalition.body', 'coalition.body.id', 'coalition.convening.body')
		.innerJoinLateral((from) => from.selectFrom('coalition.convening_state').select(['state', 'reason']).whereRef('convening', '=', 'coalition.convening.id').orderBy('coalition.convening_state.id', 'desc').limit(1).as('now'), (join) => join.onTrue())
}

/**
 * Convenings that somebody may read, by their beginning: of a body (as host, too), of a series, of a county, or all. `from`: those that end after it.
 * At most 500.
 */
export async function listConvenings(reader: Reader<CoalitionTables>, actor: Actor, { body, series, county, from }: Asked, now: Date): Promise<ConveningLine[]> {
	const readable = await readableBodies(reader, actor, now)
	const rows = await selectLines(reader)
		.select(['coalition.convening.id', 'coalition.convening.body', 'coalition.convening.kind', 'mode', 'title', 'starts_at', 'ends_at', 'zone', 'place', 'county', 'state', 'series', 'slug', 'name'])
		.$if(body !== undefined, (query) => query.where(({ or, eb, exists, selectFrom }) => or([eb('coalition.convening.body', '=', body!), exists(selectFrom('coalition.convening_host').select('convening').whereRef('convening', '=', 'coalition.convening.id').where('coalition.convening_host.body', '=', body!))])))
		.$if(series !== undefined, (query) => query.where('series', '=', series!))
		.$if(county !== undefined, (query) => query.where('county', '=', county!))
		.$if(from !== undefined, (query) => query.where('ends_at', '>', from!))
		.$if(readable !== undefined, (query) => query.where(({ or, eb }) => or([eb('visibility', '=', 'public'), ...(readable!.length > 0 ? [eb('coalition.convening.body', 'in', readable!)] : [])])))
		.orderBy('starts_at', from ? 'asc' : 'desc').orderBy('coalition.convening.id').limit(500).execute()
	const others = await listOtherHosts(reader, actor, rows.map(({ id }) => id), now)
	return rows.map(({ starts_at, ends_at, slug, name, county: five, series: dateOf, body: _, ...line }) => ({ ...line, startsAt: starts_at, endsAt: ends_at, county: five ?? undefined, series: dateOf ?? undefined, hosts: [{ slug, name }, ...(others.get(line.id) ?? [])] }))
}

/** Bodies that convene together with the first one, those left out of which the reader may not know. */
async function listOtherHosts(reader: Reader<CoalitionTables>, actor: Actor, ids: string[], now: Date): Promise<Map<string, { id: string; slug: string; name: string }[]>> {
	const found = new Map<string, { id: string; slug: string; name: string }[]>()
	if (ids.length === 0) return found
	const rows = await reader.selectFrom('coalition.convening_host').innerJoin('coalition.body', 'coalition.body.id', 'coalition.convening_host.body').select(['convening', 'coalition.body.id', 'slug', 'name', 'visibility']).where('convening', 'in', ids).orderBy('name').execute()
	for (const { convening, id, slug, name, visibility } of rows) {
		if (may(await positionsOf(reader, id, actor, now), 'see_page', visibility)) found.set(convening, [...(found.get(convening) ?? []), { id, slug, name }])
	}
	return found
}

/**
 * A convening as this reader may know it. `guest`: whether they hold the code of an RSVP, which opens the page of any body and the place's
 * address. Errors: `convening_not_found`, those of `requireMay`.
 */
export async function getConvening(reader: Reader<CoalitionTables>, actor: Actor, id: string, { guest = false }: { guest?: boolean }, now: Date): Promise<Convening> {
	const row = await selectLines(reader).selectAll('coalition.convening').select(['state', 'reason', 'slug', 'name']).where('coalition.convening.id', '=', id).executeTakeFirst()
	if (!row) throw new Refusal('convening_not_found')
	const body = await getBodyRef(reader, row.body)
	if (!guest) await requireMay(reader, body, actor, 'see_inside', now)
	const positions = await positionsOf(reader, row.body, actor, now)
	const knows = guest || may(positions, 'check_in', body.visibility)
	const [coming, waiting, heads, named, others] = await Promise.all([
		countTaken(reader, id),
		reader.selectFrom('coalition.rsvp').select(({ fn }) => fn.countAll<string>().as('count')).where('convening', '=', id).where('answer', '=', 'waiting').executeTakeFirstOrThrow(),
		reader.selectFrom('coalition.head_count').select('heads').where('convening', '=', id).orderBy('id', 'desc').limit(1).executeTakeFirst(),
		reader.selectFrom('coalition.attendance').select(({ fn }) => [fn.countAll<string>().as('parties'), fn.sum<string | null>('party_size').as('people')]).where('convening', '=', id).where('undone_at', 'is', null).executeTakeFirstOrThrow(),
		listOtherHosts(reader, actor, [id], now),
	])
	return {
		id, body: row.body, kind: row.kind, mode: row.mode, title: row.title, about: row.about, agenda: row.agenda, startsAt: row.starts_at, endsAt: row.ends_at, zone: row.zone, place: row.place,
		address: row.address_shown || knows ? row.address || undefined : undefined, addressShown: row.address_shown, onlineUrl: knows ? row.online_url : '', county: row.county ?? undefined, capacity: row.capacity ?? undefined,
		supports: row.supports, languages: row.languages, minors: row.minors, levelPromised: row.level_promised, sequence: row.sequence, changedAt: row.changed_at, state: row.state, reason: row.reason, series: row.series ?? undefined,
		hosts: [{ slug: row.slug, name: row.name }, ...(others.get(id) ?? [])], coming, waiting: Number(waiting.count), heads: heads?.heads, named: { parties: Number(named.parties), people: Number(named.people ?? 0) },
	}
}

const DAYS_KEPT = 92

/** What a calendar that anybody may follow holds: public convenings of a body, a series or a county, from three months ago on; for an `actor` also what they may read. `urlOf` gives a page's address. */
export async function listCalendarEntries(reader: Reader<CoalitionTables>, asked: { body: string } | { county: string } | { series: string }, urlOf: (id: string) => string, now: Date, actor: Actor = VISITOR): Promise<CalendarEntry[]> {
	const from = new Date(now.getTime() - DAYS_KEPT * 86_400_000)
	const lines = await listConvenings(reader, actor, { ...asked, from }, now)
	if (lines.length === 0) return []
	const rows = await reader.selectFrom('coalition.convening').select(['id', 'sequence', 'changed_at', 'about', 'address', 'address_shown']).where('id', 'in', lines.map(({ id }) => id)).execute()
	return lines.map((line) => {
		const row = rows.find(({ id }) => id === line.id)!
		return { ...line, sequence: row.sequence, changedAt: row.changed_at, description: row.about, location: locationOf(line.place, row.address_shown ? row.address : undefined), url: urlOf(line.id), cancelled: line.state === 'cancelled' }
	})
}

export const locationOf = (place: string, address: string | undefined): string => [place, address].filter(Boolean).join(', ')
