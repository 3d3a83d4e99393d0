import { Refusal } from '#database'
import { isDay } from '../../decisions/day.ts'

/** A text as typed, trimmed and cut. Errors: the given refusal, where nothing is left. */
export function readText(text: string | undefined, missing: Refusal, limit = 4000): string {
	const read = (text ?? '').trim().slice(0, limit)
	if (!read) throw missing
	return read
}

/** A day as typed. Errors: `accountability_day_unreadable`. */
export function readDay(text: string | undefined): string {
	const day = (text ?? '').trim()
	if (!isDay(day)) throw new Refusal('accountability_day_unreadable', { value: day.slice(0, 40) })
	return day
}

/** A day that is not to come. Errors: `accountability_day_ahead` and those of `readDay`. */
export function readPastDay(text: string | undefined, now: Date): string {
	const day = readDay(text)
	// Somewhere it is already tomorrow.
	if (day > new Date(now.getTime() + 14 * 3_600_000).toISOString().slice(0, 10)) throw new Refusal('accountability_day_ahead', { day })
	return day
}

/** An address of the web. Errors: `accountability_source_unreadable`. */
export function readSource(text: string | undefined): string {
	const source = (text ?? '').trim()
	if (!URL.canParse(source) || !/^https?:\/\//i.test(source) || source.length > 1000) throw new Refusal('accountability_source_unreadable', { value: source.slice(0, 60) })
	return source
}
