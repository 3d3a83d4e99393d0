/** Whether a text is a day of the calendar, as a form gives it: 2027-03-01. */
export function isDay(text: string): boolean {
	const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** The day of a time, in UTC. */
export const dayOf = (date: Date): string => date.toISOString().slice(0, 10)
