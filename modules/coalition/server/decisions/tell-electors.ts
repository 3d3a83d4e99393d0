import { readSetting, type Writer } from '#database'
import { queueLetters, type GivenLetter } from '#mail/server'
import { mailAddressOf } from '#people/server'
import type { CoalitionTables } from '../coalition-tables.ts'
import { topicOf } from '../topics.ts'
import { listElectors } from './electorate.ts'

/** Writes to everybody who may speak in a decision and has an e-mail address that it waits for their voice; to each once. */
export async function tellElectors(writer: Writer<CoalitionTables>, decision: { id: string; title: string; body: string; name: string }, now: Date): Promise<void> {
	const electors = (await listElectors(writer, decision, now)).filter(({ asked }) => asked)
	const bodies = new Map((await writer.selectFrom('coalition.elector').select(['id', 'member_body']).where('decision', '=', decision.id).execute()).map(({ id, member_body }) => [id, member_body]))
	const origin = (await readSetting<string>(writer, 'origin')) ?? ''
	const letters: GivenLetter[] = []
	for (const { id, voices } of electors) {
		for (const person of voices) {
			const to = await mailAddressOf(writer, person)
			if (!to) continue
			const url = `${origin}${to.language === 'es' ? '/es' : ''}/coalition/decisions/${decision.id}`
			letters.push({ kind: 'decision_opened', language: to.language, recipient: to.address, contactPoint: to.contactPoint, person, purpose: topicOf(bodies.get(id) ?? decision.body), once: `decision:${decision.id}:${person}`, parameters: { title: decision.title, name: decision.name, url } })
		}
	}
	await queueLetters(writer, letters, now)
}
