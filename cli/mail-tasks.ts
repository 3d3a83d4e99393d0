import type { ClockedTasks, CoreTables, Database, Task } from '#database'
import { remindGuests, remindVolunteers, TOPICS, type CoalitionTables } from '#coalition/server'
import { sendMail, writeDigests, type MailTables } from '#mail/server'
import type { Cadence } from '#mail'

const ofMail = (database: Database<CoreTables>) => database as unknown as Database<MailTables>

const digests = (cadence: Cadence) => async ({ database, now }: { database: Database<CoreTables>; now(): Date }) => {
	await writeDigests({ database: ofMail(database), now: now(), cadence, topics: TOPICS })
}

/** Tasks of the job queue: what is due in the outbox, and news for those who hear of them at once. */
export const mailTasks: Record<string, Task> = {
	'send-mail': (_, { database, now, signal }) => sendMail({ database: ofMail(database), now, signal, mayRead: TOPICS.mayRead }),
	'send-news': (_, job) => digests('now')(job),
}

/** What the clock asks of the mail room, in UTC: digests at noon are there in the morning of the United States. */
export const clockedMail: ClockedTasks = {
	'send-due-mail': { match: '*/5 * * * *', work: ({ database, now }) => sendMail({ database: ofMail(database), now, mayRead: TOPICS.mayRead }) },
	'digest-now': { match: '*/5 * * * *', work: digests('now') },
	'digest-daily': { match: '7 12 * * *', work: digests('daily') },
	'digest-weekly': { match: '7 12 * * 1', work: digests('weekly') },
	'remind-guests': { match: '23 * * * *', work: ({ database, now }) => (database as unknown as Database<CoalitionTables>).transaction().execute((writer) => remindGuests(writer, now())) },
	'remind-volunteers': { match: '29 * * * *', work: ({ database, now }) => (database as unknown as Database<CoalitionTables>).transaction().execute((writer) => remindVolunteers(writer, now())) },
}
