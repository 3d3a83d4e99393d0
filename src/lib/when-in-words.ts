import { m } from '#lib/paraglide/messages.js'
import { getLocale, type Locale } from '#lib/paraglide/runtime.js'

/** When something is, by the clocks of its place: "Wednesday, March 11, 2026, 6:00 PM to 8:00 PM (EDT)". */
export function whenInWords({ startsAt, endsAt, zone }: { startsAt: Date; endsAt: Date; zone: string }, locale: Locale = getLocale()): string {
	const language = locale === 'es' ? 'es-US' : 'en-US'
	const clock = (at: Date) => at.toLocaleTimeString(language, { timeZone: zone, hour: 'numeric', minute: '2-digit' })
	const name = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'short' }).formatToParts(startsAt).find(({ type }) => type === 'timeZoneName')!.value
	return m.convening_when({ date: dayInWords(startsAt, zone, locale), begins: clock(startsAt), ends: clock(endsAt), zone: name }, { locale })
}

/** The day by the clocks of a place, with its weekday. */
export function dayInWords(at: Date, zone: string, locale: Locale = getLocale()): string {
	return at.toLocaleDateString(locale === 'es' ? 'es-US' : 'en-US', { timeZone: zone, weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' })
}

/** The code as a guest reads it aloud: two halves. */
export const codeInWords = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`
