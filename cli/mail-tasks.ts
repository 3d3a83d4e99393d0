import type { ClockedTasks, CoreTables, Database, Task } from '#database'
import { sendMail, type MailTables } from '#mail/server'
import { mayReadTopic } from '#coalition/server'

const ofMail = (database: Database<CoreTables>) => database as unknown as Database<MailTables>

/** Sends what is due in the outbox. */
export const sendDueMail: Task = (_, { database, now, signal }) => sendMail({ database: ofMail(database), now, signal, mayRead: mayReadTopic })

/** What the clock asks of the mail room, in UTC. */
export const clockedMail: ClockedTasks = {
	'send-due-mail': { match: '*/5 * * * *', work: ({ database, now }) => sendMail({ database: ofMail(database), now, mayRead: mayReadTopic }) },
}
