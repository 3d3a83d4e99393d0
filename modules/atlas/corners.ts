/** Longitude and latitude in degrees. */
export type Corner = readonly [longitude: number, latitude: number]

/** What a line of a form says: a corner, or its number and text where it is none. Blank lines are left out. */
export type CornerLine = { corner: Corner } | { line: number; text: string }

/** Reads lines of "longitude, latitude"; degrees out of range make a line none. */
export function readCornerLines(lines: string): CornerLine[] {
	return lines.split(/\r?\n/).flatMap((text, index): CornerLine[] => {
		if (!text.trim()) return []
		const numbers = text.trim().split(/[\s,;]+/).map(Number)
		const [longitude, latitude] = numbers
		const isCorner = numbers.length === 2 && Math.abs(longitude!) <= 180 && Math.abs(latitude!) <= 90
		return isCorner ? [{ corner: [longitude!, latitude!] }] : [{ line: index + 1, text: text.trim().slice(0, 60) }]
	})
}

/** Corners as lines of a form, to a tenth of a metre. */
export function writeCorners(corners: readonly Corner[]): string {
	return corners.map(([longitude, latitude]) => `${Number(longitude.toFixed(6))}, ${Number(latitude.toFixed(6))}`).join('\n')
}

/**
 * The first two sides of an outline that cross or touch elsewhere than at the corner they share, as the numbers of the corners they begin
 * at (from 1, the earlier side first); undefined where none do. `closed` counts the side from the last corner back to the first. Looks at
 * every pair whose ranges of longitude meet.
 */
export function findCrossing(corners: readonly Corner[], closed = true): [first: number, second: number] | undefined {
	const count = corners.length
	const sides = closed && count > 2 ? count : count - 1
	const end = (side: number) => corners[(side + 1) % count]!
	for (let a = 0; a < sides; a++) {
		for (let b = a + 1; b < sides; b++) {
			const next = b === a + 1
			const previous = closed && a === 0 && b === count - 1
			if (count > 2 && next && doublesBack(corners[a]!, end(a), end(b))) return [a + 1, b + 1]
			if (count > 2 && previous && doublesBack(corners[b]!, end(b), end(a))) return [a + 1, b + 1]
			if (!next && !previous && meet(corners[a]!, end(a), corners[b]!, end(b))) return [a + 1, b + 1]
		}
	}
	return undefined
}

/** Twice the signed area of a triangle: above 0 where c lies left of the way from a to b. */
const turn = ([ax, ay]: Corner, [bx, by]: Corner, [cx, cy]: Corner) => (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)

/** Whether a point of the line through a and b lies between them. */
const within = ([ax, ay]: Corner, [bx, by]: Corner, [x, y]: Corner) => Math.min(ax, bx) <= x && x <= Math.max(ax, bx) && Math.min(ay, by) <= y && y <= Math.max(ay, by)

/** Whether a way from a over b to c turns back upon itself. */
function doublesBack(a: Corner, b: Corner, c: Corner): boolean {
	return turn(a, b, c) === 0 && (within(a, b, c) || within(b, c, a))
}

/**
 * The first two sides of a closed outline that properly cross, as in `findCrossing`; sides that only touch, as files of publishers have them,
 * do not count. Sides are swept from west to east, so that long outlines are read in a moment.
 */
export function findProperCrossing(corners: readonly Corner[]): [first: number, second: number] | undefined {
	const count = corners.length
	const side = (n: number) => [corners[n]!, corners[(n + 1) % count]!] as const
	const west = Float64Array.from({ length: count }, (_, n) => Math.min(side(n)[0][0], side(n)[1][0]))
	const east = Float64Array.from({ length: count }, (_, n) => Math.max(side(n)[0][0], side(n)[1][0]))
	let open: number[] = []
	for (const n of Array.from(west.keys()).sort((a, b) => west[a]! - west[b]! || a - b)) {
		open = open.filter((other) => east[other]! >= west[n]!)
		const crossed = open.find((other) => cross(...side(n), ...side(other)))
		if (crossed !== undefined) return [Math.min(n, crossed) + 1, Math.max(n, crossed) + 1]
		open.push(n)
	}
	return undefined
}

/** Whether two sides cross within both of them. */
function cross(a: Corner, b: Corner, c: Corner, d: Corner): boolean {
	const [c1, d1, a2, b2] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)]
	return ((c1 > 0 && d1 < 0) || (c1 < 0 && d1 > 0)) && ((a2 > 0 && b2 < 0) || (a2 < 0 && b2 > 0))
}

function meet(a: Corner, b: Corner, c: Corner, d: Corner): boolean {
	if (Math.max(a[0], b[0]) < Math.min(c[0], d[0]) || Math.max(c[0], d[0]) < Math.min(a[0], b[0])) return false
	if (cross(a, b, c, d)) return true
	const [c1, d1, a2, b2] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)]
	return (c1 === 0 && within(a, b, c)) || (d1 === 0 && within(a, b, d)) || (a2 === 0 && within(c, d, a)) || (b2 === 0 && within(c, d, b))
}
