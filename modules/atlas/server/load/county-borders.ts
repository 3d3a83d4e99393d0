/**
 * The lines between groups of drawn areas and around all of them, as one path: every edge of a drawing that has areas of two different
 * groups, or only one area, beside it. `paths[i]` is the relative path (`m`, `l`, `z`) of an area of group `groups[i]`.
 */
export function drawGroupBorders(paths: readonly string[], groups: readonly string[]): string {
	const edges = new Map<string, { group: string; twice: boolean; inner: boolean; from: string; to: string }>()
	paths.forEach((path, i) => {
		for (const ring of ringsOf(path)) {
			ring.forEach((from, at) => {
				const to = ring[(at + 1) % ring.length]!
				if (from === to) return
				const key = from < to ? `${from} ${to}` : `${to} ${from}`
				const known = edges.get(key)
				if (known) Object.assign(known, { twice: true, inner: known.group === groups[i] })
				else edges.set(key, { group: groups[i]!, twice: false, inner: false, from, to })
			})
		}
	})
	return joinEdges([...edges.values()].filter(({ inner }) => !inner))
}

/** The corners of each ring of a relative path as "x,y". */
export function ringsOf(path: string): string[][] {
	const rings: string[][] = []
	let [x, y] = [0, 0]
	for (const part of path.split(/z/i)) {
		const numbers = part.match(/-?\d+/g)?.map(Number) ?? []
		const ring: string[] = []
		// Relative moves start from the first corner of the ring before, which is where `z` leads back to.
		for (let i = 0; i + 1 < numbers.length; i += 2) {
			if (i === 0 && /^\s*M/.test(part)) [x, y] = [numbers[0]!, numbers[1]!]
			else [x, y] = [x + numbers[i]!, y + numbers[i + 1]!]
			ring.push(`${x},${y}`)
		}
		if (ring.length > 0) {
			rings.push(ring)
			;[x, y] = ring[0]!.split(',').map(Number) as [number, number]
		}
	}
	return rings
}

/** Chains edges that meet into as few lines as a greedy walk finds. */
function joinEdges(edges: readonly { from: string; to: string }[]): string {
	const at = new Map<string, number[]>()
	edges.forEach(({ from, to }, index) => {
		for (const end of [from, to]) {
			const list = at.get(end)
			if (list) list.push(index)
			else at.set(end, [index])
		}
	})
	const used = new Uint8Array(edges.length)
	const next = (corner: string) => at.get(corner)!.find((index) => !used[index])
	const lines: string[] = []
	for (let start = 0; start < edges.length; start++) {
		if (used[start]) continue
		used[start] = 1
		const line = [edges[start]!.from, edges[start]!.to]
		for (let index = next(line.at(-1)!); index !== undefined; index = next(line.at(-1)!)) {
			used[index] = 1
			line.push(edges[index]!.from === line.at(-1) ? edges[index]!.to : edges[index]!.from)
		}
		lines.push(`M${line.join(' ')}`)
	}
	return lines.join('')
}
