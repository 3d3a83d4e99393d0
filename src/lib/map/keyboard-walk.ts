export type Arrow = 'north' | 'south' | 'east' | 'west'

const VECTORS: Record<Arrow, [number, number]> = { north: [0, 1], south: [0, -1], east: [1, 0], west: [-1, 0] }

/**
 * The index of the next point from `from` in a direction: the nearest one within 60 degrees of it, distance off the line counting double.
 * Without a start, or where nothing lies that way, the northernmost point or the start itself. Coordinates in degrees.
 */
export function nearestInDirection(points: readonly (readonly [number, number])[], from: number | undefined, arrow: Arrow): number {
	if (from === undefined) return points.reduce((best, [, y], index) => (y > points[best]![1] ? index : best), 0)
	const [x0, y0] = points[from]!
	const squeeze = Math.cos((y0 * Math.PI) / 180)
	const [dx, dy] = VECTORS[arrow]
	let best = from
	let bestCost = Infinity
	points.forEach(([x, y], index) => {
		const [east, north] = [(x - x0) * squeeze, y - y0]
		const along = east * dx + north * dy
		const aside = Math.abs(east * dy - north * dx)
		if (along <= 0 || aside > along * Math.sqrt(3)) return
		const cost = along + 2 * aside
		if (cost < bestCost) [best, bestCost] = [index, cost]
	})
	return best
}
