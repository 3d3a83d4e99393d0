import { readSetting, type Database, type Reader, type Writer } from '#database'
import { consentAt, mailAddressOf } from '#people/server'
import type { Cadence, DigestGroup, Language } from '../letter.ts'
import type { MailTables } from './mail-tables.ts'
import { queueLetters } from './outbox.ts'
import type { MayRead } from './send-mail.ts'
import { words } from './words.ts'

export const ITEM_KINDS = ['announcement', 'convening_planned', 'convening_changed', 'convening_cancelled', 'decision_opened', 'decision_adopted', 'proposal_raised', 'response_called', 'role_offered', 'question_asked'] as const
export type ItemKind = (typeof ITEM_KINDS)[number]

/** Something new that a room offers to those who follow a topic. */
export interface GivenItem {
	/** E.g. `body:b-abc`. */
	topic: string
	kind: ItemKind
	/** What it is about; the same thing of the same kind is offered once. */
	record: string
	title: string
	text?: string
	/** Path of its page, without language. */
	address: string
	at: Date
}

/** Offers something new, in the transaction in which it came to be. */
export async function offerItem(writer: Writer<MailTables>, { topic, kind, record, title, text = '', address, at }: GivenItem): Promise<void> {
	await writer.insertInto('mail.digest_item').values({ topic, kind, record, title, text, address, at }).onConflict((conflict) => conflict.columns(['topic', 'kind', 'record']).doNothing()).execute()
}

/** What the room that owns the topics knows about them. */
export interface Topics {
	mayRead: MayRead
	nameOf(reader: Reader<MailTables>, topic: string): Promise<string>
	/** Whether one thing is for this person; announcements settle that when they are published. */
	isFor(reader: Reader<MailTables>, person: string, item: { kind: string; record: string }): Promise<boolean>
}

/** Things older than this are no news any more. */
const NEWS_DAYS = 30
const LINES = 40

/** Writes one letter to each person of a cadence for whom there is something new; nothing to those for whom there is not. Returns how many. */
export async function writeDigests({ database, now, cadence, topics }: { database: Database<MailTables>; now: Date; cadence: Cadence; topics: Topics }): Promise<number> {
	const since = new Date(now.getTime() - NEWS_DAYS * 86_400_000)
	const people = await database.selectFrom('mail.preference').innerJoin('mail.digest_item', 'mail.digest_item.topic', 'mail.preference.topic').select('person').distinct()
		.where('cadence', '=', cadence).where('at', '>', since).whereRef('at', '>=', 'since')
		.where(({ not, exists, selectFrom }) => not(exists(selectFrom('mail.digest_sent').select('item').whereRef('item', '=', 'mail.digest_item.id').whereRef('mail.digest_sent.person', '=', 'mail.preference.person')))).execute()
	let written = 0
	for (const { person } of people) written += await database.transaction().execute((writer) => writeDigest(writer, person, cadence, since, topics, now))
	return written
}

type Item = { id: string; topic: string; kind: string; record: string; title: string; text: string; address: string }

async function writeDigest(writer: Writer<MailTables>, person: string, cadence: Cadence, since: Date, topics: Topics, now: Date): Promise<number> {
	// Two workers take turns at one person, and the second finds everything told.
	await writer.selectFrom('mail.preference').select('topic').where('person', '=', person).orderBy('topic').forUpdate().execute()
	const address = await mailAddressOf(writer, person)
	if (!address) return 0
	const items = await allowedItems(writer, person, address.contactPoint, await newItems(writer, person, cadence, since), topics, now)
	if (items.length === 0) return 0
	const groups = await groupItems(writer, items, topics, address.language)
	const [letter] = await queueLetters(writer, [{ kind: 'digest', language: address.language, recipient: address.address, contactPoint: address.contactPoint, person, purpose: 'digest', parameters: { groups } }], now)
	await writer.insertInto('mail.digest_sent').values(items.map(({ id }) => ({ item: id, person, letter: letter! }))).execute()
	return 1
}

async function newItems(reader: Reader<MailTables>, person: string, cadence: Cadence, since: Date): Promise<Item[]> {
	return reader.selectFrom('mail.digest_item').innerJoin('mail.preference', 'mail.preference.topic', 'mail.digest_item.topic')
		.select(['mail.digest_item.id', 'mail.digest_item.topic', 'kind', 'record', 'title', 'text', 'address'])
		.where('mail.preference.person', '=', person).where('cadence', '=', cadence).where('at', '>', since).whereRef('at', '>=', 'since')
		.where(({ not, exists, selectFrom }) => not(exists(selectFrom('mail.digest_sent').select('item').whereRef('item', '=', 'mail.digest_item.id').where('mail.digest_sent.person', '=', person))))
		.orderBy('at', 'desc').orderBy('mail.digest_item.id', 'desc').limit(LINES).execute()
}

async function allowedItems(reader: Reader<MailTables>, person: string, point: string, items: Item[], { mayRead, isFor }: Topics, now: Date): Promise<Item[]> {
	const open = new Map<string, boolean>()
	for (const topic of new Set(items.map((item) => item.topic))) open.set(topic, (await mayRead(reader, person, topic, now)) && (await consentAt(reader, point, topic)) === 'granted')
	const allowed: Item[] = []
	for (const item of items) if (open.get(item.topic) && (await isFor(reader, person, item))) allowed.push(item)
	return allowed
}

/** By topic, that with the newest thing first; things stay newest first. */
async function groupItems(reader: Reader<MailTables>, items: readonly Item[], { nameOf }: Topics, language: Language): Promise<DigestGroup[]> {
	const origin = (await readSetting<string>(reader as never, 'origin')) ?? ''
	const groups = new Map<string, DigestGroup>()
	for (const { topic, kind, title, text, address } of items) {
		const group = groups.get(topic) ?? { topic, name: await nameOf(reader, topic), lines: [] }
		group.lines.push({ title: words(`mail_item_${kind}`, { title }, language), text, url: `${origin}${language === 'es' ? '/es' : ''}${address}` })
		groups.set(topic, group)
	}
	return [...groups.values()]
}
