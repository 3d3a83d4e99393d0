import type { Reader } from '#database'
import { FEWEST_ANSWERS, measureRoom, outsideOfficeHours, type PublishedTable, type RoomMeasure, type SetName } from '../../room/index.ts'
import { keptPromise } from '../../convenings/convening.ts'
import { requireMay, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { requireConvening } from '../convenings/convenings.ts'
import { findMinutes, listSupports } from '../convenings/minutes.ts'
import type { RoomRelease } from './room-tables.ts'

/** A question as a page shows it. */
export interface RoomQuestion extends RoomMeasure {
	set: SetName
	/** Null below eleven: then nothing of it is shown. */
	answered: number | null
	withheld: boolean
}

/** What was published of a convening. */
export interface PublishedRoom extends Pick<RoomRelease, 'attended' | 'counted' | 'answered' | 'enough' | 'area' | 'vintage'> {
	questions: RoomQuestion[]
	publishedAt: Date
}

const questionOf = (set: SetName, table: PublishedTable, community: RoomRelease['questions'][number]['community']): RoomQuestion => ({ set, answered: table.answered, withheld: table.withheld, ...measureRoom(table, community) })

/** What was published of a convening's survey; undefined where nothing was. The caller has asked whether the reader may see the convening. */
export async function findPublishedRoom(reader: Reader<CoalitionTables>, convening: string): Promise<PublishedRoom | undefined> {
	const row = await reader.selectFrom('room.release').select(['content', 'made_at']).where('convening', '=', convening).executeTakeFirst()
	if (!row) return undefined
	const { questions, ...content } = row.content
	return { ...content, questions: questions.map(({ set, event, community }) => questionOf(set, event, community)), publishedAt: row.made_at }
}

/** Rooms of a body over a year: how many were asked and answered, and the sums of what may be shown. */
export interface RoomYear {
	year: number
	years: number[]
	/** Convenings of that year whose survey was published, oldest first. */
	rooms: { id: string; title: string; startsAt: Date; zone: string; attended: number; answered: number | null; enough: boolean }[]
	attended: number
	/** Of all rooms whose number of answers is shown. */
	answered: number
	questions: (RoomQuestion & { rooms: number })[]
	area: string | null
	vintage: string | null
	/** What coming took, over all convenings of the year that were held. */
	process: RoomProcess
}

/** Whether coming was made possible, and whether what was promised was kept. */
export interface RoomProcess {
	held: number
	outsideOfficeHours: number
	withMinutes: number
	promisesKept: number
	support: SupportKept
}

/** Supports asked for and not delivered; numbers of people below eleven are not told. */
export type SupportKept = { kind: 'none_asked' | 'all_met' | 'not_all_met' } | { kind: 'counted'; asked: number; unmet: number }

/** The published rooms of a body in a year, the newest with any where none is asked for. Errors: those of `requireMay`. */
export async function findRoomYear(reader: Reader<CoalitionTables>, actor: Actor, body: { id: string; visibility: 'public' | 'listed' | 'private' }, asked: number | undefined, now: Date): Promise<RoomYear | undefined> {
	await requireMay(reader, body, actor, 'see_inside', now)
	const all = await reader.selectFrom('room.release').innerJoin('coalition.convening', 'coalition.convening.id', 'room.release.convening').select(['coalition.convening.id', 'title', 'starts_at', 'zone', 'year', 'content']).where('room.release.body', '=', body.id).orderBy('number').execute()
	const years = [...new Set(all.map(({ year }) => year))].sort((a, b) => b - a)
	const year = years.find((one) => one === asked) ?? years[0]
	if (year === undefined) return undefined
	const own = all.filter((row) => row.year === year)
	const newest = new Map(own.flatMap(({ content }) => content.questions.map((question) => [question.set, question] as const)))
	const last = own.findLast(({ content }) => content.vintage)?.content
	return {
		year, years, rooms: own.map(({ id, title, starts_at, zone, content }) => ({ id, title, startsAt: starts_at, zone, attended: content.attended, answered: content.answered, enough: content.enough })).sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime()),
		attended: own.reduce((sum, { content }) => sum + content.attended, 0), answered: own.reduce((sum, { content }) => sum + (content.answered ?? 0), 0),
		questions: [...newest.values()].map(({ set, year: { convenings, ...table }, community }) => ({ ...questionOf(set, table, community), rooms: convenings.length })),
		area: last?.area ?? null, vintage: last?.vintage ?? null, process: await findProcess(reader, own[0]!.zone, { body: body.id, year }),
	}
}

async function findProcess(reader: Reader<CoalitionTables>, zone: string, { body, year }: { body: string; year: number }): Promise<RoomProcess> {
	const rows = await reader.selectFrom('coalition.convening').select(['id', 'starts_at', 'zone']).where('body', '=', body)
		.where(({ exists, selectFrom }) => exists(selectFrom('coalition.convening_state').select('convening').whereRef('convening', '=', 'coalition.convening.id').where('state', '=', 'held'))).execute()
	const held = rows.filter(({ starts_at, zone: own }) => new Intl.DateTimeFormat('en-US', { timeZone: own || zone, year: 'numeric' }).format(starts_at) === String(year))
	const each = await Promise.all(held.map(({ id }) => processOf(reader, id)))
	const [asked, unmet] = [each.reduce((sum, one) => sum + one.asked, 0), each.reduce((sum, one) => sum + one.unmet, 0)]
	return { held: held.length, outsideOfficeHours: held.filter(({ starts_at, zone: own }) => outsideOfficeHours(starts_at, own)).length, withMinutes: each.filter(({ kept }) => kept !== undefined).length, promisesKept: each.filter(({ kept }) => kept).length, support: supportOf(asked, unmet) }
}

async function processOf(reader: Reader<CoalitionTables>, convening: string): Promise<{ asked: number; unmet: number; kept: boolean | undefined }> {
	const [supports, minutes, { level_promised }] = await Promise.all([listSupports(reader, convening), findMinutes(reader, convening), reader.selectFrom('coalition.convening').select('level_promised').where('id', '=', convening).executeTakeFirstOrThrow()])
	const told = supports.filter(({ delivered }) => delivered !== undefined)
	const asked = told.reduce((sum, { requested, askedThere }) => sum + requested + askedThere, 0)
	const unmet = told.reduce((sum, { requested, askedThere, delivered }) => sum + Math.max(0, requested + askedThere - delivered!), 0)
	return { asked, unmet, kept: minutes && keptPromise(level_promised, minutes.levelDelivered) }
}

function supportOf(asked: number, unmet: number): SupportKept {
	if (asked === 0) return { kind: 'none_asked' }
	if (unmet === 0) return { kind: 'all_met' }
	return unmet < FEWEST_ANSWERS || asked - unmet < FEWEST_ANSWERS ? { kind: 'not_all_met' } : { kind: 'counted', asked, unmet }
}

/** What coming to one convening took. The caller has asked whether the reader may see it. */
export async function findRoomProcess(reader: Reader<CoalitionTables>, { id, startsAt, zone }: { id: string; startsAt: Date; zone: string }): Promise<{ outsideOfficeHours: boolean; kept: boolean | undefined; support: SupportKept }> {
	const { asked, unmet, kept } = await processOf(reader, id)
	return { outsideOfficeHours: outsideOfficeHours(startsAt, zone), kept, support: supportOf(asked, unmet) }
}

/** What people wrote in their own words, in the order of the alphabet, for who may publish and only where at least eleven wrote something. Errors: those of `requireConvening`. */
export async function listOwnWords(reader: Reader<CoalitionTables>, actor: Actor, convening: string, now: Date): Promise<{ set: SetName; words: string[] }[]> {
	await requireConvening(reader, actor, convening, 'publish_room', now)
	const rows = await reader.selectFrom('room.own_words').select(['category_set', 'words']).where('convening', '=', convening).execute()
	return [...Map.groupBy(rows, ({ category_set }) => category_set)].flatMap(([set, own]) => (own.length < FEWEST_ANSWERS ? [] : [{ set, words: own.map(({ words }) => words).sort((a, b) => a.localeCompare(b)) }]))
}

