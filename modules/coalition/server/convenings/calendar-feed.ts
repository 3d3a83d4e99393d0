import { createHash } from 'node:crypto'
import { newId, Refusal, type Reader, type Writer } from '#database'
import type { CalendarEntry } from '../../convenings/calendar.ts'
import type { Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { listBodiesOfPerson } from '../topics.ts'
import { listConvenings, locationOf } from './find-convenings.ts'

/** What somebody's private calendar link holds. */
export interface FeedChoice {
	/** Convenings that they said they come to, with the address and link that guests get. */
	answered: boolean
	/** Convenings of the bodies that they belong to. */
	bodies: boolean
}

export interface CalendarFeed extends FeedChoice {
	madeAt: Date
}

const TOKEN_SIGNS = 32
const DAYS_KEPT = 92

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/**
 * Makes a private calendar link; one that was there before ends. Returns its token, which is stored nowhere and can be told this once.
 * Errors: `not_permitted` without a person, `feed_empty` where nothing is chosen.
 */
export async function makeFeed(writer: Writer<CoalitionTables>, actor: Actor, { answered, bodies, language }: FeedChoice & { language: 'en' | 'es' }, now: Date): Promise<string> {
	if (!answered && !bodies) throw new Refusal('feed_empty')
	await withdrawFeed(writer, actor, now)
	const token = newId('', TOKEN_SIGNS).slice(1)
	await writer.insertInto('coalition.calendar_feed').values({ id: newId('k'), person: actor.person!, token_hash: hashOf(token), answered, bodies, language, made_at: now, withdrawn_at: null }).execute()
	return token
}

/** Changes what the link holds; its address stays. Errors: `feed_empty`, `feed_not_found`, `not_permitted`. */
export async function changeFeed(writer: Writer<CoalitionTables>, actor: Actor, { answered, bodies }: FeedChoice): Promise<void> {
	if (!answered && !bodies) throw new Refusal('feed_empty')
	const { numUpdatedRows } = await writer.updateTable('coalition.calendar_feed').set({ answered, bodies }).where('person', '=', personOf(actor)).where('withdrawn_at', 'is', null).executeTakeFirst()
	if (!numUpdatedRows) throw new Refusal('feed_not_found')
}

/** Ends the link: calendars that follow it find nothing any more. Errors: `not_permitted`. */
export async function withdrawFeed(writer: Writer<CoalitionTables>, actor: Actor, now: Date): Promise<void> {
	await writer.updateTable('coalition.calendar_feed').set({ withdrawn_at: now }).where('person', '=', personOf(actor)).where('withdrawn_at', 'is', null).execute()
}

function personOf({ person }: Actor): string {
	if (!person) throw new Refusal('not_permitted', {})
	return person
}

/** The link that somebody has; undefined where they have none. */
export async function findFeed(reader: Reader<CoalitionTables>, person: string): Promise<CalendarFeed | undefined> {
	const row = await reader.selectFrom('coalition.calendar_feed').select(['answered', 'bodies', 'made_at']).where('person', '=', person).where('withdrawn_at', 'is', null).executeTakeFirst()
	return row && { answered: row.answered, bodies: row.bodies, madeAt: row.made_at }
}

/** How a convening is addressed in a feed: as its page, or as the guest's own RSVP. */
export type FeedAddress = (convening: string, code: string | undefined, language: 'en' | 'es') => string

/**
 * What the calendar of a token holds, from three months ago on, as its person may read it now; undefined where there is no such link any more. A convening that
 * somebody answered and that a body of theirs invites to stands there once, as its guest knows it; one they wait for is tentative.
 */
export async function readFeed(reader: Reader<CoalitionTables>, token: string, urlOf: FeedAddress, now: Date): Promise<{ language: 'en' | 'es'; entries: CalendarEntry[] } | undefined> {
	const feed = await reader.selectFrom('coalition.calendar_feed').select(['person', 'answered', 'bodies', 'language']).where('token_hash', '=', hashOf(token)).where('withdrawn_at', 'is', null).executeTakeFirst()
	if (!feed) return undefined
	const from = new Date(now.getTime() - DAYS_KEPT * 86_400_000)
	const own = feed.answered ? await listAnswered(reader, feed.person, from) : []
	const address = (convening: string, code?: string) => urlOf(convening, code, feed.language)
	const guest = own.map(({ code, answer, address: street, online_url, about, state, starts_at, ends_at, changed_at, moved_up_at, place, ...row }): CalendarEntry => ({
		...row, startsAt: starts_at, endsAt: ends_at, changedAt: moved_up_at && moved_up_at > changed_at ? moved_up_at : changed_at, description: [about, online_url].filter(Boolean).join('\n\n'),
		location: locationOf(place, street), url: address(row.id, code), cancelled: state === 'cancelled', tentative: answer === 'waiting',
	}))
	const others = feed.bodies ? await listOfBodies(reader, feed.person, from, address, now) : []
	const entries = [...guest, ...others.filter(({ id }) => !own.some((one) => one.id === id))]
	return { language: feed.language, entries: entries.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || (a.id < b.id ? -1 : 1)) }
}

function listAnswered(reader: Reader<CoalitionTables>, person: string, from: Date) {
	return reader.selectFrom('coalition.rsvp').innerJoin('coalition.convening', 'coalition.convening.id', 'coalition.rsvp.convening')
		.innerJoinLateral((join) => join.selectFrom('coalition.convening_state').select('state').whereRef('convening', '=', 'coalition.convening.id').orderBy('coalition.convening_state.id', 'desc').limit(1).as('now'), (join) => join.onTrue())
		.select(['coalition.convening.id', 'code', 'answer', 'title', 'about', 'address', 'online_url', 'place', 'zone', 'sequence', 'changed_at', 'moved_up_at', 'starts_at', 'ends_at', 'state'])
		.distinctOn('coalition.convening.id').where('coalition.rsvp.person', '=', person).where('answer', '<>', 'cancelled').where('ends_at', '>', from).orderBy('coalition.convening.id').orderBy('answer').execute()
}

async function listOfBodies(reader: Reader<CoalitionTables>, person: string, from: Date, address: (convening: string) => string, now: Date): Promise<CalendarEntry[]> {
	const bodies = new Set((await listBodiesOfPerson(reader, person, now)).map(({ slug }) => slug))
	const lines = (await listConvenings(reader, { account: undefined, person, administrator: false }, { from }, now)).filter(({ hosts }) => hosts.some(({ slug }) => bodies.has(slug)))
	const rows = lines.length === 0 ? [] : await reader.selectFrom('coalition.convening').select(['id', 'sequence', 'changed_at', 'about', 'address', 'address_shown']).where('id', 'in', lines.map(({ id }) => id)).execute()
	return lines.map((line) => {
		const row = rows.find(({ id }) => id === line.id)!
		return { ...line, sequence: row.sequence, changedAt: row.changed_at, description: row.about, location: locationOf(line.place, row.address_shown ? row.address : undefined), url: address(line.id), cancelled: line.state === 'cancelled' }
	})
}
