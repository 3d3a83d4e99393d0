import { randomUUID } from 'node:crypto'
import { appendToLedger, enqueue, newId, Refusal, type Reader, type Writer } from '#database'
import { listCadences } from '#mail/server'
import { consentAt, mailAddressOf } from '#people/server'
import { currentMemberships, nameOf, requireOpenBody, type Actor } from './actor.ts'
import type { CoalitionTables } from './coalition-tables.ts'
import { offerNews, topicOf } from './topics.ts'

/** How many people hear of an announcement by what, and how many do not and why. */
export interface AudienceCounts {
	now: number
	daily: number
	weekly: number
	/** Never said how often they want to hear of the body, or said never. */
	notAsked: number
	noAddress: number
	/** Withdrew, complained, or their address does not exist. */
	stopped: number
}

export interface AnnouncementLine {
	id: string
	subject: string
	text: string
	publishedAt: Date
	audience: AudienceCounts
}

/** Who would be told today: the body's people one by one, each in exactly one count. */
export async function findAudience(reader: Reader<CoalitionTables>, body: string, now: Date): Promise<{ counts: AudienceCounts; told: string[] }> {
	const members = await currentMemberships(reader, now).select('person').distinct().where('body', '=', body).where('person', 'is not', null).execute()
	const counts: AudienceCounts = { now: 0, daily: 0, weekly: 0, notAsked: 0, noAddress: 0, stopped: 0 }
	const told: string[] = []
	for (const { person } of members) {
		const reached = await reachOf(reader, person!, topicOf(body))
		counts[reached]++
		if (reached === 'now' || reached === 'daily' || reached === 'weekly') told.push(person!)
	}
	return { counts, told }
}

async function reachOf(reader: Reader<CoalitionTables>, person: string, topic: string): Promise<keyof AudienceCounts> {
	const cadence = (await listCadences(reader, person)).get(topic)
	const address = await mailAddressOf(reader, person)
	if (!address) return 'noAddress'
	const consent = await consentAt(reader, address.contactPoint, topic)
	if (consent === 'stopped' && cadence !== 'none') return cadence ? 'stopped' : 'notAsked'
	return cadence && cadence !== 'none' && consent === 'granted' ? cadence : 'notAsked'
}

export interface GivenAnnouncement {
	subject: string
	text: string
}

/** What a form gives, shortened and checked. Errors: `announcement_without_subject`, `announcement_without_text`. */
export function readAnnouncement(given: GivenAnnouncement): GivenAnnouncement {
	const [subject, text] = [given.subject.trim().replace(/\s+/g, ' ').slice(0, 160), given.text.trim().slice(0, 12_000)]
	if (!subject) throw new Refusal('announcement_without_subject')
	if (!text) throw new Refusal('announcement_without_text')
	return { subject, text }
}

/** Publishes to the people of a body; who is told is settled from now on. Errors: those of `readAnnouncement` and `requireOpenBody`. */
export async function announce(writer: Writer<CoalitionTables>, actor: Actor, body: string, given: GivenAnnouncement, now: Date): Promise<string> {
	await requireOpenBody(writer, body, actor, 'announce', now)
	const { subject, text } = readAnnouncement(given)
	const { slug } = await writer.selectFrom('coalition.body').select('slug').where('id', '=', body).executeTakeFirstOrThrow()
	const { counts, told } = await findAudience(writer, body, now)
	const id = newId('n')
	await writer.insertInto('coalition.announcement').values({ id, body, subject, text, audience: JSON.stringify(counts), published_at: now, published_by: nameOf(actor) }).execute()
	if (told.length > 0) await writer.insertInto('coalition.announcement_audience').values(told.map((person) => ({ announcement: id, person }))).execute()
	await offerNews(writer, [body], { kind: 'announcement', record: `coalition:announcement/${id}`, title: subject, text, address: `/coalition/${slug}#${id}`, at: now })
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'announcement.published', subject: `coalition:announcement/${id}`, payload: { body, told: told.length } })
	await enqueue(writer, { id: randomUUID(), task: 'send-news', payload: {}, askedBy: 'system', at: now })
	return id
}

/** Announcements of a body, newest first; at most `limit`. */
export async function listAnnouncements(reader: Reader<CoalitionTables>, body: string, limit = 5): Promise<AnnouncementLine[]> {
	const rows = await reader.selectFrom('coalition.announcement').select(['id', 'subject', 'text', 'published_at', 'audience']).where('body', '=', body).orderBy('published_at', 'desc').orderBy('id').limit(limit).execute()
	return rows.map(({ published_at, ...row }) => ({ ...row, publishedAt: published_at }))
}
