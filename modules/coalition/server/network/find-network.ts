import { sql } from 'kysely'
import type { Reader } from '#database'
import type { OrganizationKind } from '#people'
import { TIE_KINDS, type SharedThing, type TieKind } from '../../network/network.ts'
import { may } from '../../permissions.ts'
import { positionsOf, type Actor } from '../actor.ts'
import { listBodies } from '../bodies.ts'
import type { CoalitionTables } from '../coalition-tables.ts'

/** Something that organizations share, with the page on which it stands. */
export interface NamedThing extends SharedThing {
	name: string
	path: string
}

export interface OrganizationNetwork {
	year: number
	/** The years in which there is anything, the newest first. */
	years: number[]
	/** By name; the numbers of the things are places in this list. */
	organizations: { id: string; name: string; kind: OrganizationKind }[]
	things: NamedThing[]
}

const kindIndex = (kind: TieKind) => TIE_KINDS.indexOf(kind)

interface Group {
	kind: TieKind
	name: string
	path: string
	organizations: string[]
	others?: string[]
}

/**
 * What organizations shared in a year, by our own records, as far as somebody may read them: bodies whose counts they may read, statements and
 * campaigns of bodies whose inside they may read. The newest year with anything where none is asked for.
 */
export async function findNetwork(reader: Reader<CoalitionTables>, actor: Actor, asked: { year: number | undefined; kinds: readonly TieKind[] }, now: Date): Promise<OrganizationNetwork> {
	const bodies = await Promise.all((await listBodies(reader, actor, now)).map(async (body) => {
		const positions = await positionsOf(reader, body.id, actor, now)
		return { ...body, counted: may(positions, 'see_capacity', body.visibility), inside: may(positions, 'see_inside', body.visibility) }
	}))
	const [counted, inside] = [bodies.filter((one) => one.counted).map(({ id }) => id), bodies.filter((one) => one.inside).map(({ id }) => id)]
	const years = listYears(bodies.filter((one) => one.counted).map(({ foundedAt }) => foundedAt), now)
	const year = years.find((one) => one === asked.year) ?? years[0]!
	const [from, until] = [`${year}-01-01`, `${year + 1}-01-01`]
	const belonging = await listBelonging(reader, counted, from, until)
	const groups = [...belonging, ...(await listStatements(reader, inside, from, until)), ...(await listTurfs(reader, inside, from, until)), ...(await listExchanges(reader, counted, belonging, from, until))]
	const ids = [...new Set(groups.flatMap(({ organizations }) => organizations))]
	const organizations = ids.length === 0 ? [] : await reader.selectFrom('people.organization').select(['id', 'name', 'kind']).where('id', 'in', ids).orderBy('name').orderBy('id').execute()
	const places = new Map(organizations.map(({ id }, place) => [id, place]))
	const placesOf = (list: readonly string[]) => [...new Set(list.map((id) => places.get(id)!))].sort((a, b) => a - b)
	return {
		year, years, organizations,
		things: groups.filter(({ kind }) => asked.kinds.includes(kind)).map(({ kind, name, path, organizations: own, others }) => ({ kind: kindIndex(kind), name, path, members: placesOf(own), ...(others && { others: placesOf(others) }) })),
	}
}

function listYears(founded: readonly Date[], now: Date): number[] {
	const last = now.getUTCFullYear()
	const first = Math.min(last, ...founded.map((at) => at.getUTCFullYear()))
	return Array.from({ length: last - first + 1 }, (_, back) => last - back)
}

interface Row {
	name: string
	path: string
	organizations: string[]
}

/** Who belonged to a body at some time of the year. */
async function listBelonging(reader: Reader<CoalitionTables>, bodies: readonly string[], from: string, until: string): Promise<(Group & { id: string })[]> {
	const { rows } = await sql<Row & { id: string }>`select b.id, b.name, '/coalition/' || b.slug as path, array_agg(distinct m.organization) as organizations
		from coalition.membership m join coalition.body b on b.id = m.body
		where b.id = any(${bodies}::text[]) and m.organization is not null and m.joined_at < ${until}::date and (m.left_at is null or m.left_at >= ${from}::date) group by b.id order by b.name, b.id`.execute(reader)
	return rows.map((row) => ({ kind: 'body', ...row }))
}

/** Who signed the same version of a statement in the year, verified. */
async function listStatements(reader: Reader<CoalitionTables>, bodies: readonly string[], from: string, until: string): Promise<Group[]> {
	const { rows } = await sql<Row>`select t.title as name, '/statements/' || t.id as path, array_agg(distinct s.organization) as organizations
		from coalition.sign_on s join coalition.statement t on t.id = s.statement
		where t.body = any(${bodies}::text[]) and s.verified_at is not null and s.declined_at is null and s.made_at >= ${from}::date and s.made_at < ${until}::date group by t.id, s.version, t.title order by t.title, t.id, s.version`.execute(reader)
	return rows.map((row) => ({ kind: 'statement', ...row }))
}

/** Who took on places of the same campaign, for days of the year. */
async function listTurfs(reader: Reader<CoalitionTables>, bodies: readonly string[], from: string, until: string): Promise<Group[]> {
	const { rows } = await sql<Row>`select c.title as name, '/coalition/campaigns/' || c.id as path, array_agg(distinct f.organization) as organizations
		from coalition.turf f join coalition.campaign c on c.id = f.campaign
		where c.body = any(${bodies}::text[]) and f.ended_at is null and f.begins_on < ${until}::date and f.ends_on >= ${from}::date group by c.id, c.title order by c.title, c.id`.execute(reader)
	return rows.map((row) => ({ kind: 'turf', ...row }))
}

/** Bodies through whose link something moved in the year: everybody of the one with everybody of the other. */
async function listExchanges(reader: Reader<CoalitionTables>, bodies: readonly string[], belonging: readonly (Group & { id: string })[], from: string, until: string): Promise<Group[]> {
	const { rows } = await sql<{ id: string; a: string; b: string }>`select l.id, l.a, l.b from coalition.body_link l
		where l.a = any(${bodies}::text[]) and l.b = any(${bodies}::text[]) and exists (select from coalition.exchange x where x.link = l.id and x.opened_at >= ${from}::date and x.opened_at < ${until}::date) order by l.id`.execute(reader)
	return rows.flatMap(({ id, a, b }) => {
		const [one, other] = [belonging.find((group) => group.id === a), belonging.find((group) => group.id === b)]
		if (!one || !other) return []
		return [{ kind: 'exchange' as const, name: `${one.name} – ${other.name}`, path: `/coalition/links/${id}`, organizations: one.organizations, others: other.organizations }]
	})
}
