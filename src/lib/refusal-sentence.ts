import { m } from '#lib/paraglide/messages.js'

type Parameters = Record<string, string | number>

/** The sentence of a typed reason in the language of the page. */
export function refusalSentence(reason: { code: string; parameters: Parameters }): string {
	const message = (m as unknown as Record<string, (parameters: Parameters) => string>)[`error_${reason.code}`]
	return message ? message(reason.parameters) : m.error_page_failed()
}
