import { redirect, type RequestEvent } from '@sveltejs/kit'
import { answerWave, findWaveOfCode, makePaperCodes, type CoalitionTables } from '#coalition/server'
import { Refusal, type Writer } from '#database'
import { personOfAccount } from '#people/server'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { RateLimit } from './api/rate-limit.ts'
import { refusalSentence, refuse } from './refusal-sentence.ts'

const TRIES_A_MINUTE = 30
const tries = new RateLimit(TRIES_A_MINUTE)

function takeTry(address: string): void {
	if (!tries.take(address, Date.now()).allowed) throw new Refusal('wave_too_many_tries')
}

/** The wave that a code opens, or why it opens none. Where tries come from is counted in memory for a minute, and nowhere else. */
export async function findByCode({ locals, getClientAddress }: Pick<RequestEvent, 'locals' | 'getClientAddress'>, code: string) {
	try {
		takeTry(getClientAddress())
		return { wave: await findWaveOfCode(locals.database, code, new Date()), fault: undefined }
	} catch (cause) {
		if (!(cause instanceof Refusal)) throw cause
		return { wave: undefined, fault: refusalSentence(cause) }
	}
}

async function fieldsOf(request: Request): Promise<Record<string, string>> {
	return Object.fromEntries([...(await request.formData())].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
}

/** Takes the answers of one form in a transaction of their own, in which nothing about anybody is written, and leads on. */
export async function takeWaveAnswers(event: Pick<RequestEvent, 'locals' | 'request' | 'getClientAddress'>) {
	const given = await fieldsOf(event.request)
	try {
		takeTry(event.getClientAddress())
		const now = new Date()
		await event.locals.database.transaction().execute((writer) => answerWave(writer, given.code ?? '', given, now))
	} catch (cause) {
		return refuse(cause, { given })
	}
	redirect(303, localizeHref('/survey?done'))
}

/** Codes on paper, shown once in the answer to the form that asked for them. */
export async function givePaperCodes(event: Pick<RequestEvent, 'locals' | 'request' | 'url'>) {
	const { account, database } = event.locals
	if (!account) redirect(303, localizeHref('/sign-in'))
	const given = await fieldsOf(event.request)
	try {
		const now = new Date()
		const paper = await database.transaction().execute(async (writer: Writer<CoalitionTables>) => {
			const actor = { account: account.id, person: await personOfAccount(writer, account, now), administrator: account.administrator }
			return makePaperCodes(writer, actor, given.wave ?? '', now)
		})
		return { paper }
	} catch (cause) {
		return refuse(cause, { given })
	}
}
