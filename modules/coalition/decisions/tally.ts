import { reachesShare } from './consent-state.ts'
import { CHOICES, type BallotMethod } from './methods.ts'

/** One round of an instant run-off: votes of each option still in it, and what happened at its end. */
export interface RunOffRound {
	/** Option → ballots whose first choice among those left it is. */
	votes: Record<string, number>
	/** Ballots on which nothing is left. */
	exhausted: number
	/** The option that left, and whether a tie was broken to choose it. */
	dropped?: { option: string; tied: boolean }
}

export interface Tally {
	cast: number
	electors: number
	quorum: boolean
	/** Choice → ballots, for what is no ranking. */
	counts?: Record<string, number>
	rounds?: RunOffRound[]
	/** The option that won the run-off. */
	winner?: string
	/** Whether it carries: more yes than no, or a winner, with the quorum; never for what binds nobody. */
	carries: boolean
}

/**
 * Counts ballots; a ballot is one choice, or options in order of preference. The order of the ballots changes nothing.
 * Majority: more yes than no; who abstains counts for the quorum alone.
 */
export function tally(method: BallotMethod, ballots: readonly (readonly string[])[], given: { options: readonly string[]; electors: number; quorumShare: number }): Tally {
	const { electors, quorumShare, options } = given
	const quorum = ballots.length > 0 && reachesShare(ballots.length, quorumShare, electors)
	const base = { cast: ballots.length, electors, quorum }
	if (method === 'ranked') {
		const { rounds, winner } = runOff(options.map((_, i) => String(i)), ballots)
		return { ...base, rounds, ...(winner === undefined ? {} : { winner }), carries: quorum && winner !== undefined }
	}
	const counts = Object.fromEntries(CHOICES[method].map((choice) => [choice, ballots.filter(([first]) => first === choice).length]))
	return { ...base, counts, carries: method === 'majority' && quorum && counts.yes! > counts.no! }
}

/**
 * Instant run-off. An option with more than half of the ballots that are not exhausted wins; else the one with the fewest leaves.
 * Of those tied for the fewest leaves the one that had fewer in the latest earlier round in which they differ, else the one that
 * stands last in the list.
 */
function runOff(options: readonly string[], ballots: readonly (readonly string[])[]): { rounds: RunOffRound[]; winner: string | undefined } {
	const rounds: RunOffRound[] = []
	let left = [...options]
	while (left.length > 0) {
		const firsts = ballots.map((ballot) => ballot.find((option) => left.includes(option)))
		const votes = Object.fromEntries(left.map((option) => [option, firsts.filter((first) => first === option).length]))
		const exhausted = firsts.filter((first) => first === undefined).length
		const winner = left.find((option) => 2 * votes[option]! > ballots.length - exhausted)
		if (winner !== undefined || exhausted === ballots.length) {
			rounds.push({ votes, exhausted })
			return { rounds, winner }
		}
		const dropped = weakest(left, votes, rounds)
		rounds.push({ votes, exhausted, dropped })
		left = left.filter((option) => option !== dropped.option)
	}
	return { rounds, winner: undefined }
}

function weakest(left: readonly string[], votes: Record<string, number>, earlier: readonly RunOffRound[]): { option: string; tied: boolean } {
	const fewest = (among: readonly string[], counted: Record<string, number>) => {
		const least = Math.min(...among.map((option) => counted[option]!))
		return among.filter((option) => counted[option] === least)
	}
	const lowest = fewest(left, votes)
	const tied = earlier.reduceRight((among, round) => (among.length > 1 ? fewest(among, round.votes) : among), lowest)
	return { option: tied.at(-1)!, tied: lowest.length > 1 }
}
