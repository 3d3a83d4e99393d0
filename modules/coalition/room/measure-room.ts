import { presenceOfGroups, representationRatio, roomIndex, type Estimate, type RandomDraw, type RepresentationRatio } from '@throughline/stats'

/** What is published of one question: its options in their order, null where hidden. */
export interface PublishedTable {
	/** Who answered this question; null where they are fewer than eleven. */
	answered: number | null
	counts: (number | null)[]
	/** Whether nothing is shown, zeros among it. */
	withheld: boolean
	/** What a random draw would score, by the groups that can be told apart; null where there is nothing to compare with. */
	draw: RandomDraw | null
}

export interface RoomRow {
	/** Undefined where hidden. */
	count: number | undefined
	share: number | undefined
	community: Estimate | undefined
	ratio: RepresentationRatio | undefined
}

export interface RoomMeasure {
	rows: RoomRow[]
	/** The index beside what chance would score; undefined where there is nothing to compare with. */
	index: { value: number; draw: RandomDraw; below: boolean; grouped: number } | undefined
	presence: { expected: number; present: number } | undefined
}

/** Groups that anybody can tell apart in a published table: each shown option, and all hidden ones together. */
export function groupsOf({ answered, counts, withheld }: Omit<PublishedTable, 'draw'>, community: readonly (Estimate | null)[] | null): { counts: number[]; shares: number[]; grouped: number } | undefined {
	if (answered === null || withheld || !community || community.some((share) => share === null)) return undefined
	const known = community.map((share) => share!.estimate)
	const sum = known.reduce((total, share) => total + share, 0)
	// Shares of one question make a whole; where they do not, something else was counted.
	if (!(Math.abs(sum - 1) < 0.05)) return undefined
	const hidden = counts.flatMap((count, option) => (count === null ? [option] : []))
	const shown = counts.flatMap((count, option) => (count === null ? [] : [option]))
	const rest = answered - shown.reduce((total, option) => total + counts[option]!, 0)
	const together = hidden.length > 0 ? [{ count: rest, share: hidden.reduce((total, option) => total + known[option]!, 0) }] : []
	const groups = [...shown.map((option) => ({ count: counts[option]!, share: known[option]! })), ...together]
	return { counts: groups.map(({ count }) => count), shares: groups.map(({ share }) => share / sum), grouped: hidden.length }
}

/** The measures of a published table, from nothing but what is published, so that they tell no more than it does. */
export function measureRoom(table: PublishedTable, community: readonly (Estimate | null)[] | null): RoomMeasure {
	const { answered, counts, draw } = table
	const rows = counts.map((count, option): RoomRow => {
		const share = community?.[option] ?? undefined
		const known = count !== null && answered !== null && answered > 0
		return { count: count ?? undefined, share: known ? count / answered : undefined, community: share, ratio: known && share && share.estimate > 0 ? representationRatio(count, answered, share) : undefined }
	})
	const groups = groupsOf(table, community)
	if (!groups || !draw || !answered) return { rows, index: undefined, presence: undefined }
	const value = roomIndex(groups.counts.map((count) => count / answered), groups.shares)
	const present = presenceOfGroups(counts.map((count) => count !== 0), community!.map((share) => share!.estimate), answered)
	return { rows, index: { value, draw, below: value < draw.fifthPercentile - 1e-9, grouped: groups.grouped }, presence: present }
}
