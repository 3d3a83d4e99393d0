/** What moved through a link, as its measures need it. */
export interface ExchangeFact {
	/** Which side it came from. */
	from: 'a' | 'b'
	openedAt: Date
	answeredAt: Date | undefined
}

export interface DirectionMeasures {
	sent: number
	/** Share that was answered, 0 to 1; undefined where nothing was sent. */
	answeredShare: number | undefined
	/** Median days from opening to answer among those answered; undefined where none was. */
	medianDays: number | undefined
	waiting: number
	/** Days that the oldest unanswered one waits. */
	longestWaitDays: number | undefined
}

export interface LinkMeasures {
	aToB: DirectionMeasures
	bToA: DirectionMeasures
	/** The lesser count over the greater, 0 to 1: 1 where as much goes one way as the other. Undefined where nothing moved. */
	balance: number | undefined
}

const DAY = 86_400_000

/** How a link is used, each direction counted for itself. */
export function measureLink(exchanges: readonly ExchangeFact[], now: Date): LinkMeasures {
	const [aToB, bToA] = (['a', 'b'] as const).map((side) => measureDirection(exchanges.filter(({ from }) => from === side), now)) as [DirectionMeasures, DirectionMeasures]
	const most = Math.max(aToB.sent, bToA.sent)
	return { aToB, bToA, balance: most === 0 ? undefined : Math.min(aToB.sent, bToA.sent) / most }
}

function measureDirection(exchanges: readonly ExchangeFact[], now: Date): DirectionMeasures {
	const answered = exchanges.filter(({ answeredAt }) => answeredAt)
	const days = answered.map(({ openedAt, answeredAt }) => (answeredAt!.getTime() - openedAt.getTime()) / DAY).sort((a, b) => a - b)
	const waits = exchanges.filter(({ answeredAt }) => !answeredAt).map(({ openedAt }) => (now.getTime() - openedAt.getTime()) / DAY)
	const middle = days.length / 2
	return {
		sent: exchanges.length,
		answeredShare: exchanges.length === 0 ? undefined : answered.length / exchanges.length,
		medianDays: days.length === 0 ? undefined : (days[Math.ceil(middle) - 1]! + days[Math.floor(middle)]!) / 2,
		waiting: waits.length,
		longestWaitDays: waits.length === 0 ? undefined : Math.max(...waits),
	}
}

/** What a link lacks, each a reason of a sentence that points it out. */
export type LinkConcern = 'no_exchange' | 'no_link_people_a' | 'no_link_people_b' | 'one_way' | 'long_wait'

/** Days without an exchange, and days of waiting, after which a link is pointed out. */
export const QUIET_DAYS = 90
export const WAIT_DAYS = 30

export function concernsOf(link: { agreedAt: Date; peopleA: number; peopleB: number; lastAt: Date | undefined }, measures: LinkMeasures, now: Date): LinkConcern[] {
	const quietSince = (link.lastAt ?? link.agreedAt).getTime()
	const wait = Math.max(measures.aToB.longestWaitDays ?? 0, measures.bToA.longestWaitDays ?? 0)
	return [
		...(now.getTime() - quietSince > QUIET_DAYS * DAY ? (['no_exchange'] as const) : []),
		...(link.peopleA === 0 ? (['no_link_people_a'] as const) : []),
		...(link.peopleB === 0 ? (['no_link_people_b'] as const) : []),
		...(measures.aToB.sent + measures.bToA.sent >= 4 && measures.balance === 0 ? (['one_way'] as const) : []),
		...(wait > WAIT_DAYS ? (['long_wait'] as const) : []),
	]
}
