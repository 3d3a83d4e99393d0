/** Below this share of answers no group is shown. */
export const LEAST_COVERAGE = 0.6

/** Below so many answers no group is shown, and not how many they are. */
export const FEWEST_ANSWERS = 11

/** How many answers a room may give: those in it, and a tenth more, at least two, for whoever was not counted. */
export function mostAnswers(attended: number): number {
	return attended + Math.max(2, Math.ceil(attended / 10))
}

/** Answers of those in the room, 0 to 1; never above 1, though a count by looking may be too low. */
export function coverageOf(answered: number, attended: number): number {
	return attended === 0 ? 0 : Math.min(1, answered / attended)
}

/** Whether something began outside nine to five on working days, by the clocks of its place. */
export function outsideOfficeHours(startsAt: Date, zone: string): boolean {
	const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, weekday: 'short', hour: 'numeric', hourCycle: 'h23' }).formatToParts(startsAt)
	const [day, hour] = [parts.find(({ type }) => type === 'weekday')!.value, Number(parts.find(({ type }) => type === 'hour')!.value)]
	return ['Sat', 'Sun'].includes(day) || hour < 9 || hour >= 17
}
