const FANOUT = 16

/** Boxes packed into a tree (sort-tile-recursive): level 0 holds the items, each further level the boxes of 16 of the one below. */
export interface BoxTree {
	/** Items in the order of level 0. */
	items: Uint32Array
	boxes: Float64Array
	/** Where each level starts among the boxes, and where the last one ends. */
	levels: number[]
}

/** Packs boxes (left, bottom, right, top, four numbers each); NaN boxes are left out. Memory grows with their number only. */
export function packBoxes(source: Float64Array, shared: boolean): BoxTree {
	const items = ordered(source)
	const levels = [0, items.length]
	while (levels.at(-1)! - levels.at(-2)! > 1) levels.push(levels.at(-1)! + Math.ceil((levels.at(-1)! - levels.at(-2)!) / FANOUT))
	const buffer = (bytes: number) => (shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes))
	const tree: BoxTree = { items: new Uint32Array(buffer(4 * items.length)), boxes: new Float64Array(buffer(32 * levels.at(-1)!)), levels }
	tree.items.set(items)
	items.forEach((item, at) => tree.boxes.set(source.subarray(4 * item, 4 * item + 4), 4 * at))
	for (let level = 1; level < levels.length - 1; level++) joinLevel(tree, level)
	return tree
}

function ordered(boxes: Float64Array): Uint32Array {
	const centre = (item: number, axis: number) => boxes[4 * item + axis]! + boxes[4 * item + axis + 2]!
	const by = (axis: number) => (p: number, q: number) => centre(p, axis) - centre(q, axis) || p - q
	const items = Uint32Array.from({ length: boxes.length / 4 }, (_, item) => item).filter((item) => !Number.isNaN(boxes[4 * item]!)).sort(by(0))
	const slice = FANOUT * Math.ceil(Math.sqrt(items.length / FANOUT))
	for (let start = 0; start < items.length; start += slice) items.subarray(start, start + slice).sort(by(1))
	return items
}

function joinLevel({ boxes, levels }: BoxTree, level: number): void {
	const below = levels[level - 1]!
	boxes.fill(Infinity, 4 * levels[level]!, 4 * levels[level + 1]!)
	for (let node = levels[level]!; node < levels[level + 1]!; node++) {
		boxes[4 * node + 2] = boxes[4 * node + 3] = -Infinity
		const first = below + (node - levels[level]!) * FANOUT
		for (let child = first; child < Math.min(first + FANOUT, levels[level]!); child++) {
			for (const axis of [0, 1]) {
				boxes[4 * node + axis] = Math.min(boxes[4 * node + axis]!, boxes[4 * child + axis]!)
				boxes[4 * node + axis + 2] = Math.max(boxes[4 * node + axis + 2]!, boxes[4 * child + axis + 2]!)
			}
		}
	}
}

/** Items whose boxes share more than a border with the given one, in ascending order. */
export function findBoxes(tree: BoxTree, left: number, bottom: number, right: number, top: number): number[] {
	const found: number[] = []
	const { boxes, items, levels } = tree
	const visit = (level: number, first: number, end: number): void => {
		for (let node = first; node < end; node++) {
			if (!(boxes[4 * node]! < right && boxes[4 * node + 2]! > left && boxes[4 * node + 1]! < top && boxes[4 * node + 3]! > bottom)) continue
			if (level === 0) {
				found.push(items[node]!)
				continue
			}
			const child = levels[level - 1]! + (node - levels[level]!) * FANOUT
			visit(level - 1, child, Math.min(child + FANOUT, levels[level]!))
		}
	}
	const root = levels.length - 2
	visit(root, levels[root]!, levels[root + 1]!)
	return found.sort((p, q) => p - q)
}
