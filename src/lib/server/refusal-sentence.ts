import { fail, type ActionFailure } from '@sveltejs/kit'
import { Refusal } from '#database'
import { m } from '#lib/paraglide/messages.js'

type Parameters = Record<string, string | number>

/** The sentence of a typed reason in the language of the page. */
export function refusalSentence(reason: { code: string; parameters: Parameters }): string {
	const message = (m as unknown as Record<string, (parameters: Parameters) => string>)[`error_${reason.code}`]
	return message ? message(reason.parameters) : m.error_page_failed()
}

export type Refused<Given> = ActionFailure<{ fault: string } & Given>

/** Gives a refusal back to the page as the sentence that it shows, with what was typed; anything else is thrown on. */
export function refuse<Given extends object>(cause: unknown, given: Given, status = 400): Refused<Given> {
	if (!(cause instanceof Refusal)) throw cause
	return fail(status, { fault: refusalSentence(cause), ...given })
}
