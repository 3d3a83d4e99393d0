import type { Reader, Writer } from '#database'
import { offerItem, type GivenItem, type MailTables, type Topics } from '#mail/server'
import { currentMemberships } from './actor.ts'
import type { CoalitionTables } from './coalition-tables.ts'

/** Under what mail knows a body. */
export const topicOf = (body: string): string => `body:${body}`
const bodyOf = (topic: string): string => topic.slice('body:'.length)

/** Whether a person may be told what belongs to a body: only while they are a member of it, or speak for one of its organizations. */
export async function mayReadTopic(reader: Reader<MailTables>, person: string, topic: string, now: Date): Promise<boolean> {
	const own = reader as unknown as Reader<CoalitionTables>
	const member = await currentMemberships(own, now).select('coalition.membership.id').where('body', '=', bodyOf(topic)).where('person', '=', person).limit(1).executeTakeFirst()
	if (member) return true
	const speaks = await own.selectFrom('coalition.representation').select('id').where('body', '=', bodyOf(topic)).where('person', '=', person).where('ended_at', 'is', null).limit(1).executeTakeFirst()
	return speaks !== undefined
}

/** What the mail room asks about bodies. */
export const TOPICS: Topics = {
	mayRead: mayReadTopic,
	nameOf: async (reader, topic) => (await (reader as unknown as Reader<CoalitionTables>).selectFrom('coalition.body').select('name').where('id', '=', bodyOf(topic)).executeTakeFirst())?.name ?? '',
	isFor: async (reader, person, { kind, record }) => {
		if (kind !== 'announcement') return true
		const found = await (reader as unknown as Reader<CoalitionTables>).selectFrom('coalition.announcement_audience').select('person').where('announcement', '=', record.split('/')[1]!).where('person', '=', person).executeTakeFirst()
		return found !== undefined
	},
}

/** Offers something new to those who follow one of these bodies. */
export async function offerNews(writer: Writer<CoalitionTables>, bodies: readonly string[], news: Omit<GivenItem, 'topic'>): Promise<void> {
	for (const body of new Set(bodies)) await offerItem(writer, { ...news, topic: topicOf(body) })
}

/** Bodies that a person belongs to today, by name: those that they may hear of. */
export async function listBodiesOfPerson(reader: Reader<CoalitionTables>, person: string, now: Date): Promise<{ id: string; name: string; slug: string }[]> {
	return reader.selectFrom('coalition.body').select(['id', 'name', 'slug']).where('closed_at', 'is', null)
		.where('id', 'in', currentMemberships(reader, now).select('body').where('person', '=', person)).orderBy('name').execute()
}
