import type { Bilingual } from '#atlas'
import { getLocale } from '#lib/paraglide/runtime.js'

/** The text in the language of the page. */
export function inLanguage(text: Bilingual): string {
	return text[getLocale()]
}
