/**
 * How alike a room and its community are: G = 1 − ½ Σ|r − p|, from 0 (nobody in common) to 1 (the same shares). Shares 0 to 1, each list summing
 * to 1. Depends on the size of the room: compare with `randomDraw`, never room with room. Source: the index of proportionality of Mackie and Rose 1991, one minus the total variation distance.
 */
export function roomIndex(room: readonly number[], community: readonly number[]): number {
	let distance = 0
	for (const [group, share] of room.entries()) distance += Math.abs(share - community[group]!)
	return 1 - distance / 2
}

/** Groups large enough to be expected in a room of `size`, p ≥ 1 / 2N, and how many of them have anybody there. `there` and `community` by group. */
export function presenceOfGroups(there: readonly boolean[], community: readonly number[], size: number): { expected: number; present: number } {
	const expected = [...there.keys()].filter((group) => community[group]! > 0 && community[group]! >= 1 / (2 * size))
	return { expected: expected.length, present: expected.filter((group) => there[group]).length }
}
