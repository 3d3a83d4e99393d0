import english from '../../../messages/en/mail.json' with { type: 'json' }
import spanish from '../../../messages/es/mail.json' with { type: 'json' }
import type { Language } from '../letter.ts'

const CATALOGUES: Record<Language, Record<string, string>> = { en: english, es: spanish }

/** A sentence of `messages/{en,es}/mail.json` with its parameters filled in. Errors: RangeError when the key has no message. */
export function words(key: string, parameters: Record<string, unknown>, language: Language): string {
	const message = CATALOGUES[language][key]
	if (message === undefined) throw new RangeError(`no message ${key}`)
	return message.replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name] ?? ''))
}
