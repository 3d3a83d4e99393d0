import { newId, Refusal, type Database } from '#database'
import type { Language } from '../letter.ts'
import { readFailure } from './mail-failure.ts'
import { findMailServer } from './mail-server.ts'
import type { MailTables } from './mail-tables.ts'
import { writeLetter } from './write-letter.ts'

/** Sends a letter at once, while somebody waits, and returns what the server said. Errors: `mail_no_server`, `mail_address_unreadable`, and what the server said. */
export async function sendTest(database: Database<MailTables>, to: string, language: Language, now: Date, environment: NodeJS.ProcessEnv = process.env): Promise<string> {
	const server = await findMailServer(database, environment)
	if (!server) throw new Refusal('mail_no_server')
	if (!/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(to)) throw new Refusal('mail_address_unreadable', { said: to.slice(0, 80) })
	const transport = server.open()
	const letter = { id: newId('l', 14), kind: 'test' as const, language, recipient: to, purpose: 'account', parameters: {} }
	const keep = (state: 'sent' | 'failed', reason: string | null) => database.transaction().execute(async (writer) => {
		await writer.insertInto('mail.letter').values({ ...letter, parameters: '{}', contact_point: null, person: null, once: null, state, next_try_at: now, until: now, made_at: now }).execute()
		await writer.insertInto('mail.letter_state').values({ letter: letter.id, state, reason, at: now }).execute()
	})
	try {
		const { response } = (await transport.sendMail({ to: { name: '', address: to }, ...writeLetter(letter) })) as { response: string }
		await keep('sent', null)
		return response
	} catch (cause) {
		const { reason } = readFailure(cause)
		await keep('failed', JSON.stringify(reason))
		throw new Refusal(reason.code, reason.parameters, { cause })
	} finally {
		transport.close()
	}
}
