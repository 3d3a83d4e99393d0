import { m } from '#lib/paraglide/messages.js'
import { deLocalizeUrl } from '#lib/paraglide/runtime.js'

export type Language = 'en' | 'es'

/** The language of an address: `/es/api/…` speaks Spanish. */
export function languageOfAddress(url: URL): Language {
	return deLocalizeUrl(url).pathname === url.pathname ? 'en' : 'es'
}

/** The language of a sentence for whoever asks: of the address, else the first that `Accept-Language` names, else English. */
export function languageOf(url: URL, headers: Headers): Language {
	return languageOfAddress(url) === 'es' || /^\s*es\b/i.test(headers.get('accept-language') ?? '') ? 'es' : 'en'
}

/** The message of a key that is known only while running, in a language. */
export function sentenceOf(key: string, language: Language, parameters: Record<string, string | number> = {}): string {
	const message = (m as unknown as Record<string, (parameters: object, options: { locale: Language }) => string>)[key]
	return message ? message(parameters, { locale: language }) : key
}
