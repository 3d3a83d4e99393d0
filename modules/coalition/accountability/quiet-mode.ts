export interface QuietPeriod {
	/** First and last day, as 2027-03-01. */
	from: string
	until: string
	election: string
}

/** The quiet period of a public body in which a day lies: from so many days before an election until the day after it. */
export function quietPeriodOn(elections: readonly string[], quietDays: number, today: string): QuietPeriod | undefined {
	const periods = elections.map((election) => {
		const day = Temporal.PlainDate.from(election)
		return { from: day.subtract({ days: quietDays }).toString(), until: day.add({ days: 1 }).toString(), election }
	})
	return periods.filter(({ from, until }) => from <= today && today <= until).sort((a, b) => (a.until < b.until ? 1 : -1))[0]
}
