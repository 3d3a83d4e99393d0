import { redirect, type RequestEvent } from '@sveltejs/kit'
import { SET_NAMES } from '#coalition'
import type { Actor, CoalitionTables, GivenAnswers } from '#coalition/server'
import { Refusal, type Writer } from '#database'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { RateLimit } from './api/rate-limit.ts'
import { readingActor } from './coalition-actor.ts'
import { refuse } from './refusal-sentence.ts'

const ANSWERS_A_MINUTE = 60
const answerLimit = new RateLimit(ANSWERS_A_MINUTE)

/** The questions as a form sends them: `set-<question>` holds the option, `words-<question>` one's own words. */
function readAnswers(given: Record<string, string>): GivenAnswers {
	const fields = (prefix: string) => Object.fromEntries(SET_NAMES.flatMap((set) => (given[`${prefix}-${set}`] ? [[set, given[`${prefix}-${set}`]!]] : [])))
	return { choices: fields('set'), words: fields('words') }
}

type Work = (writer: Writer<CoalitionTables>, actor: Actor, answers: GivenAnswers, now: Date) => Promise<void>

/**
 * Takes the answers of one form in a transaction of their own, in which nothing about anybody is written, and leads on. Where they come from
 * is counted in memory for a minute, and nowhere else.
 */
export async function takeAnswers(event: Pick<RequestEvent, 'locals' | 'request' | 'getClientAddress'>, work: Work, onward: string) {
	const given: Record<string, string> = Object.fromEntries([...(await event.request.formData())].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
	try {
		const [actor, now] = [await readingActor(event.locals), new Date()]
		if (!answerLimit.take(event.getClientAddress(), now.getTime()).allowed) throw new Refusal('room_too_many_tries')
		await event.locals.database.transaction().execute((writer) => work(writer, actor, readAnswers(given), now))
	} catch (cause) {
		return refuse(cause, { given })
	}
	redirect(303, localizeHref(onward))
}
