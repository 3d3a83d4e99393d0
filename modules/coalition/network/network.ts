/** What ties two organizations; each kind can be chosen for itself. */
export const TIE_KINDS = ['body', 'statement', 'turf', 'exchange'] as const
export type TieKind = (typeof TIE_KINDS)[number]

/**
 * Something that several organizations share: everybody of `members` is tied with everybody else of them, or, where `others` is given, with
 * everybody of `others`. Organizations are numbers from 0.
 */
export interface SharedThing {
	/** Which kind of tie: an index of `TIE_KINDS`. */
	kind: number
	members: readonly number[]
	others?: readonly number[]
}

/** The network as parallel arrays: tie `i` joins `from[i]` < `to[i]`, which share `strength[i]` things, `byKind[4 * i + kind]` of each kind. */
export interface Network {
	count: number
	from: Int32Array
	to: Int32Array
	strength: Int32Array
	byKind: Int32Array
	/** Of each organization: with how many others it is tied. */
	degree: Int32Array
	/** Of each organization: which connected part it is in, 0 for the largest; -1 without a tie. */
	component: Int32Array
	components: number
	/** Share of all possible ties that there are, among all organizations, 0 to 1. */
	density: number
	/** Share of all pairs that know each other or have somebody in common, 0 to 1. */
	withinTwo: number
	/**
	 * Share of all shortest ways between two others that lead through an organization, 0 to 1 (betweenness centrality; U. Brandes, A faster
	 * algorithm for betweenness centrality, Journal of Mathematical Sociology 25, 2001).
	 */
	betweenness: Float64Array
	/** Places in a unit square, x then y; those without a tie stand nowhere (NaN). */
	places: Float64Array
}

/** Everything about a network from what its organizations share. Deterministic for a seed. Not to be called on the event loop for hundreds of them. */
export function makeNetwork(count: number, things: readonly SharedThing[], seed: number): Network {
	const ties = joinThings(count, things)
	const neighbours = listNeighbours(count, ties.from, ties.to)
	const parts = findComponents(count, neighbours)
	return { count, ...ties, degree: Int32Array.from(neighbours, (list) => list.length), ...parts, ...measureReach(count, neighbours), betweenness: measureBetweenness(count, neighbours), places: layOut(count, ties.from, ties.to, ties.strength, seed) }
}

/** The ties between organizations, ordered by their numbers. Two that share several things have one tie. */
export function joinThings(count: number, things: readonly SharedThing[]): Pick<Network, 'from' | 'to' | 'strength' | 'byKind'> {
	const pairs = new Map<number, number[]>()
	const tie = (kind: number, one: number, other: number) => {
		if (one === other) return
		const key = Math.min(one, other) * count + Math.max(one, other)
		let counts = pairs.get(key)
		if (!counts) pairs.set(key, (counts = [0, 0, 0, 0]))
		counts[kind]!++
	}
	for (const { kind, members, others } of things) {
		if (!others) for (let i = 0; i < members.length; i++) for (let j = i + 1; j < members.length; j++) tie(kind, members[i]!, members[j]!)
		else {
			// Who is on both sides would meet each pair twice.
			const met = new Set<number>()
			for (const one of members) for (const other of others) {
				const key = Math.min(one, other) * count + Math.max(one, other)
				if (!met.has(key)) tie(kind, one, other)
				met.add(key)
			}
		}
	}
	const keys = [...pairs.keys()].sort((a, b) => a - b)
	return {
		from: Int32Array.from(keys, (key) => Math.floor(key / count)), to: Int32Array.from(keys, (key) => key % count),
		strength: Int32Array.from(keys, (key) => pairs.get(key)!.reduce((sum, one) => sum + one, 0)), byKind: Int32Array.from(keys.flatMap((key) => pairs.get(key)!)),
	}
}

function listNeighbours(count: number, from: Int32Array, to: Int32Array): number[][] {
	const neighbours: number[][] = Array.from({ length: count }, () => [])
	from.forEach((one, i) => {
		neighbours[one]!.push(to[i]!)
		neighbours[to[i]!]!.push(one)
	})
	return neighbours
}

function findComponents(count: number, neighbours: readonly number[][]): Pick<Network, 'component' | 'components'> {
	const found = new Int32Array(count).fill(-1)
	const sizes: number[] = []
	for (let start = 0; start < count; start++) {
		if (found[start] !== -1 || neighbours[start]!.length === 0) continue
		const queue = [start]
		found[start] = sizes.length
		for (const one of queue) for (const next of neighbours[one]!) if (found[next] === -1) {
			found[next] = sizes.length
			queue.push(next)
		}
		sizes.push(queue.length)
	}
	const order = sizes.map((_, part) => part).sort((a, b) => sizes[b]! - sizes[a]! || a - b)
	return { component: found.map((part) => (part === -1 ? -1 : order.indexOf(part))), components: sizes.length }
}

function measureReach(count: number, neighbours: readonly number[][]): Pick<Network, 'density' | 'withinTwo'> {
	const pairs = (count * (count - 1)) / 2
	if (pairs === 0) return { density: 0, withinTwo: 0 }
	let [ties, near] = [0, 0]
	for (let one = 0; one < count; one++) {
		const met = new Uint8Array(count)
		for (const next of neighbours[one]!) {
			met[next] = 1
			for (const second of neighbours[next]!) met[second] = 1
		}
		for (let other = one + 1; other < count; other++) near += met[other]!
		ties += neighbours[one]!.length
	}
	return { density: ties / 2 / pairs, withinTwo: near / pairs }
}

function measureBetweenness(count: number, neighbours: readonly number[][]): Float64Array {
	const through = new Float64Array(count)
	const [ways, distance, dependency] = [new Float64Array(count), new Int32Array(count), new Float64Array(count)]
	for (let start = 0; start < count; start++) {
		ways.fill(0)
		distance.fill(-1)
		dependency.fill(0)
		ways[start] = 1
		distance[start] = 0
		const order = [start]
		for (const one of order) for (const next of neighbours[one]!) {
			if (distance[next] === -1) {
				distance[next] = distance[one]! + 1
				order.push(next)
			}
			if (distance[next] === distance[one]! + 1) ways[next]! += ways[one]!
		}
		for (let n = order.length - 1; n > 0; n--) {
			const one = order[n]!
			for (const next of neighbours[one]!) if (distance[next] === distance[one]! - 1) dependency[next]! += (ways[next]! / ways[one]!) * (1 + dependency[one]!)
			through[one]! += dependency[one]!
		}
	}
	const most = (count - 1) * (count - 2)
	return most <= 0 ? through : through.map((value) => value / most)
}

/**
 * Places in a unit square in which tied organizations stand near each other (T. Fruchterman and E. Reingold, Graph drawing by force-directed
 * placement, Software: Practice and Experience 21, 1991), with a pull to the middle so that separate parts stay in sight.
 */
export function layOut(count: number, from: Int32Array, to: Int32Array, strength: Int32Array, seed: number): Float64Array {
	const shown = [...new Set([...from, ...to])].sort((a, b) => a - b)
	const places = new Float64Array(2 * count).fill(NaN)
	let state = seed >>> 0
	const draw = () => {
		// Mulberry32 (public domain).
		state = (state + 0x6d2b79f5) >>> 0
		let t = Math.imul(state ^ (state >>> 15), state | 1)
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296
	}
	for (const one of shown) {
		places[2 * one] = draw()
		places[2 * one + 1] = draw()
	}
	const apart = 1 / Math.sqrt(Math.max(1, shown.length))
	const steps = 250
	const move = new Float64Array(2 * count)
	for (let step = 0; step < steps; step++) {
		move.fill(0)
		for (let i = 0; i < shown.length; i++) for (let j = i + 1; j < shown.length; j++) push(shown[i]!, shown[j]!)
		from.forEach((one, i) => pull(one, to[i]!, Math.min(3, strength[i]!)))
		const reach = 0.12 * (1 - step / steps) + 0.001
		for (const one of shown) for (const axis of [0, 1]) {
			const at = 2 * one + axis
			move[at]! -= (places[at]! - 0.5) * 0.6
			places[at]! += Math.max(-reach, Math.min(reach, move[at]! * apart))
		}
	}
	return fitSquare(places, shown)

	function push(one: number, other: number): void {
		const [x, y] = [places[2 * one]! - places[2 * other]!, places[2 * one + 1]! - places[2 * other + 1]!]
		const force = Math.min(50, (apart * apart) / Math.max(1e-6, x * x + y * y))
		move[2 * one]! += x * force * 10
		move[2 * one + 1]! += y * force * 10
		move[2 * other]! -= x * force * 10
		move[2 * other + 1]! -= y * force * 10
	}
	function pull(one: number, other: number, weight: number): void {
		const [x, y] = [places[2 * one]! - places[2 * other]!, places[2 * one + 1]! - places[2 * other + 1]!]
		const force = (Math.hypot(x, y) * weight) / apart / Math.sqrt(shown.length)
		move[2 * one]! -= x * force
		move[2 * one + 1]! -= y * force
		move[2 * other]! += x * force
		move[2 * other + 1]! += y * force
	}
}

function fitSquare(places: Float64Array, shown: readonly number[]): Float64Array {
	for (const axis of [0, 1]) {
		const all = shown.map((one) => places[2 * one + axis]!)
		const [low, high] = [Math.min(...all), Math.max(...all)]
		for (const one of shown) places[2 * one + axis] = high - low < 1e-9 ? 0.5 : (places[2 * one + axis]! - low) / (high - low)
	}
	return places
}

/** The text of these functions, for a thread that has nothing else, and the name of the one to call. */
export const NETWORK_SOURCE = { text: [makeNetwork, joinThings, listNeighbours, findComponents, measureReach, measureBetweenness, layOut, fitSquare].join('\n'), makes: makeNetwork.name }
