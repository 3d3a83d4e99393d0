import type { Reader } from '#database'
import type { MailTables } from '#mail/server'
import { currentMemberships } from './actor.ts'
import type { CoalitionTables } from './coalition-tables.ts'

export const topicOf = (body: string): string => `body:${body}`

/** Whether a person may be told what belongs to a topic: only while they are a member of its body. */
export async function mayReadTopic(reader: Reader<MailTables>, person: string, topic: string, now: Date): Promise<boolean> {
	const [kind, body] = topic.split(':') as [string, string]
	if (kind !== 'body') return false
	const found = await currentMemberships(reader as unknown as Reader<CoalitionTables>, now).select('coalition.membership.id').where('body', '=', body).where('person', '=', person).limit(1).executeTakeFirst()
	return found !== undefined
}
