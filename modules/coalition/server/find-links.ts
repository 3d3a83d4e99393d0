import type { Reader } from '#database'
import { concernsOf, measureLink, type LinkConcern, type LinkMeasures } from '../link-measures.ts'
import type { ExchangeKind } from '../exchange-kinds.ts'
import type { BodyKind, Visibility } from '../bodies.ts'
import type { CoalitionTables } from './coalition-tables.ts'

export interface LinkSide {
	id: string
	slug: string
	name: string
	kind: BodyKind
	visibility: Visibility
}

export interface LinkPerson {
	id: string
	person: string
	name: string
	side: string
	until: Date
}

export interface ExchangeLine {
	id: string
	from: string
	kind: ExchangeKind
	text: string
	citation: string | undefined
	openedAt: Date
	answeredAt: Date | undefined
	answer: string
}

export interface LinkView {
	id: string
	a: LinkSide
	b: LinkSide
	purpose: string
	askedBy: string
	askedAt: Date
	/** When both had agreed; undefined while one has not. */
	agreedAt: Date | undefined
	endedAt: Date | undefined
	endReason: string
	people: LinkPerson[]
	exchanges: ExchangeLine[]
	measures: LinkMeasures
	concerns: LinkConcern[]
}

/** The link of an id, open or ended, with everything that moved through it, newest first. */
export async function findLink(reader: Reader<CoalitionTables>, id: string, now: Date): Promise<LinkView | undefined> {
	return (await viewLinks(reader, { id }, now))[0]
}

/** The links of a body, open ones first. */
export async function listLinks(reader: Reader<CoalitionTables>, body: string, now: Date): Promise<LinkView[]> {
	return viewLinks(reader, { body }, now)
}

async function viewLinks(reader: Reader<CoalitionTables>, wanted: { id: string } | { body: string }, now: Date): Promise<LinkView[]> {
	const rows = await reader
		.selectFrom('coalition.body_link as link').selectAll('link')
		.$if('id' in wanted, (query) => query.where('link.id', '=', (wanted as { id: string }).id))
		.$if('body' in wanted, (query) => query.where((where) => where.or([where('a', '=', (wanted as { body: string }).body), where('b', '=', (wanted as { body: string }).body)])))
		.orderBy('ended_at', (order) => order.desc().nullsFirst()).orderBy('asked_at').orderBy('link.id').execute()
	if (rows.length === 0) return []
	const ids = rows.map(({ id }) => id)
	const [sides, people, exchanges] = await Promise.all([
		reader.selectFrom('coalition.body').select(['id', 'slug', 'name', 'kind', 'visibility']).where('id', 'in', rows.flatMap(({ a, b }) => [a, b])).execute(),
		reader.selectFrom('coalition.link_person').innerJoin('people.person', 'people.person.id', 'coalition.link_person.person')
			.select(['coalition.link_person.id', 'link', 'person', 'people.person.name', 'side', 'until']).where('link', 'in', ids).where('ended_at', 'is', null).where('until', '>', now).orderBy('coalition.link_person.began_at').execute(),
		reader.selectFrom('coalition.exchange').selectAll().where('link', 'in', ids).orderBy('opened_at', 'desc').orderBy('id').execute(),
	])
	const sideOf = (id: string) => sides.find((side) => side.id === id)!
	return rows.map((row): LinkView => {
		const moved = exchanges.filter(({ link }) => link === row.id)
		const linkPeople = people.filter(({ link }) => link === row.id).map(({ link: _, ...one }) => one)
		const measures = measureLink(moved.map(({ from_body, opened_at, answered_at }) => ({ from: from_body === row.a ? 'a' : 'b', openedAt: opened_at, answeredAt: answered_at ?? undefined })), row.ended_at ?? now)
		const agreedAt = row.agreed_a_at && row.agreed_b_at ? new Date(Math.max(row.agreed_a_at.getTime(), row.agreed_b_at.getTime())) : undefined
		const count = (side: string) => linkPeople.filter((one) => one.side === side).length
		return {
			id: row.id, a: sideOf(row.a), b: sideOf(row.b), purpose: row.purpose, askedBy: row.asked_by, askedAt: row.asked_at, agreedAt, endedAt: row.ended_at ?? undefined, endReason: row.end_reason,
			people: linkPeople,
			exchanges: moved.map(({ id, from_body, kind, text, citation, opened_at, answered_at, answer }) => ({ id, from: from_body, kind, text, citation: citation ?? undefined, openedAt: opened_at, answeredAt: answered_at ?? undefined, answer })),
			measures,
			concerns: agreedAt && !row.ended_at ? concernsOf({ agreedAt, peopleA: count(row.a), peopleB: count(row.b), lastAt: moved[0]?.opened_at }, measures, now) : [],
		}
	})
}
