/** Somebody in the line for seats. */
export interface Waiting {
	id: string
	partySize: number
}

/**
 * Who gets a seat now, in the order of the line: the first ones, as far as their whole parties fit. Nobody passes somebody who came before
 * them, so a large party is not overtaken for ever; only a party larger than the whole room, which can never come in, holds nobody up.
 * `capacity` undefined: any number of seats.
 */
export function moveUp(capacity: number | undefined, taken: number, line: readonly Waiting[]): string[] {
	const moved: string[] = []
	let seats = taken
	for (const { id, partySize } of line) {
		if (capacity !== undefined && partySize > capacity) continue
		if (capacity !== undefined && seats + partySize > capacity) break
		seats += partySize
		moved.push(id)
	}
	return moved
}
