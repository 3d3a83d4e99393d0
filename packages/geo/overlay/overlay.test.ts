import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { areaSquareMeters } from '../layers/measures.ts'
import { readGeoJson } from '../layers/geojson.ts'
import { selectFeatures } from '../layers/select-layer.ts'
import type { PolygonLayer } from '../layers/polygon-layer.ts'
import { tessellation } from '../testing/tessellation.ts'
import { equalAreaX, equalAreaY } from './equal-area.ts'
import { joinOverlays, overlayAreas, overlayRange, overlayRanges, prepareOverlay, type OverlayAreas } from './overlay-areas.ts'

type Ring = [number, number][]

/** A layer of features, each a list of polygons, each a list of open rings. */
function layerOf(...features: Ring[][][]): PolygonLayer {
	const closed = (ring: Ring) => [...ring, ring[0]!]
	return readGeoJson(Buffer.from(JSON.stringify({
		type: 'FeatureCollection',
		features: features.map((polygons) => ({ type: 'Feature', properties: {}, geometry: { type: 'MultiPolygon', coordinates: polygons.map((rings) => rings.map(closed)) } })),
	})), { fileName: 'test' })
}

const box = (west: number, south: number, east: number, north: number): Ring => [[west, south], [east, south], [east, north], [west, north]]
const triples = ({ sources, targets, squareMeters }: OverlayAreas) => Array.from(sources, (s, k) => [s, targets[k]!, squareMeters[k]!] as const)
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0)
const near = (value: number, expected: number, relative = 1e-12) => assert.ok(Math.abs(value - expected) <= relative * Math.abs(expected), `${value} is not ${expected}`)

/** The area of a box of degrees, in the plane. */
const boxArea = (west: number, south: number, east: number, north: number) => (equalAreaX(east) - equalAreaX(west)) * (equalAreaY(north) - equalAreaY(south))

/** Any layer without gaps, holes of its own or crossing borders. */
const lattice = (largest = 6) => fc.record({ columns: fc.integer({ min: 1, max: largest }), rows: fc.integer({ min: 1, max: largest }), seed: fc.integer({ min: 0, max: 1e6 }) })
	.map((options) => tessellation({ ...options, verticesPerBorder: 1, bounds: [-85, 33, -83, 34.5] }))

test('the plane keeps areas: features measure the same as by the formula for layers', () => {
	const layer = tessellation({ columns: 7, rows: 5 })
	const { sourceSquareMeters } = overlayAreas(layer, layer)
	areaSquareMeters(layer).forEach((area, f) => near(sourceSquareMeters[f]!, area))
	assert.ok(Math.abs(2 * equalAreaX(180) * (equalAreaY(90) - equalAreaY(-90)) - 510_065_621_724_089) < 1e6, 'the whole ellipsoid')
})

test('boxes that overlap by a quarter share their common box', () => {
	const shared = triples(overlayAreas(layerOf([[box(0, 0, 2, 2)]]), layerOf([[box(1, 1, 3, 3)]])))
	assert.deepEqual(shared.map(([s, t]) => [s, t]), [[0, 0]])
	near(shared[0]![2], boxArea(1, 1, 2, 2))
})

test('triangles share what is clipped by hand', () => {
	const [p, q]: [Ring, Ring] = [[[0, 0], [2, 0], [0, 0.02]], [[0, 0], [2, 0], [2, 0.02]]]
	const [, , area] = triples(overlayAreas(layerOf([[p]]), layerOf([[q]])))[0]!
	// Near the equator the plane is linear in latitude to 1e-8: the common triangle has half the height of either.
	near(area, boxArea(0, 0, 2, 0.01) / 2, 1e-7)
})

test('features that touch in a border, a corner or a vertex within a border share nothing', () => {
	const middle = layerOf([[box(0, 0, 1, 1)]])
	const around = layerOf([[box(1, 0, 2, 1)]], [[box(1, 1, 2, 2)]], [[box(-1, 0.3, 0, 0.7)]], [[[[0.5, 1], [0.7, 1.5], [0.3, 1.5]]]])
	assert.deepEqual(triples(overlayAreas(middle, around)), [])
})

test('a hole takes its area out, and what fills the hole exactly shares nothing', () => {
	const ring = layerOf([[box(0, 0, 3, 3), box(1, 1, 2, 2)]])
	const others = layerOf([[box(1, 1, 2, 2)]], [[box(0, 0, 3, 3)]], [[box(1.5, 1.5, 4, 1.75)]])
	const shared = triples(overlayAreas(ring, others))
	assert.deepEqual(shared.map(([, t]) => t), [1, 2])
	near(shared[0]![2], boxArea(0, 0, 3, 3) - boxArea(1, 1, 2, 2))
	near(shared[1]![2], boxArea(2, 1.5, 3, 1.75))
})

test('the parts of a multipolygon add up; a feature without geometry meets nothing', () => {
	const parts = layerOf([[box(0, 0, 1, 1)], [box(2, 0, 3, 1)]], [])
	const bar = layerOf([], [[box(0.5, 0.25, 2.5, 0.5)]])
	const shared = triples(overlayAreas(parts, bar))
	assert.deepEqual(shared.map(([s, t]) => [s, t]), [[0, 1]])
	near(shared[0]![2], 2 * boxArea(0.5, 0.25, 1, 0.5))
})

test('a sliver counts while it is above the tolerance, which is relative to the smaller feature', () => {
	const left = layerOf([[box(0, 0, 1, 1)]])
	const right = layerOf([[box(1 - 1e-6, 0, 2, 1)]])
	assert.equal(overlayAreas(left, right).sources.length, 1)
	assert.equal(overlayAreas(left, right, { relativeTolerance: 1e-5 }).sources.length, 0)
})

/** Area of convex ∩ convex by clipping (Sutherland and Hodgman), corners in metres of the plane. */
function clippedArea(subject: Ring, clip: Ring): number {
	let ring = subject
	clip.forEach(([ax, ay], i) => {
		const [bx, by] = clip[(i + 1) % clip.length]!
		const side = ([x, y]: [number, number]) => (bx - ax) * (y - ay) - (by - ay) * (x - ax)
		ring = ring.flatMap((p, k) => {
			const q = ring[(k + 1) % ring.length]!
			const [dp, dq] = [side(p), side(q)]
			const t = dp / (dp - dq)
			const cut: Ring = dp > 0 !== dq > 0 ? [[p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])]] : []
			return dp > 0 ? [p, ...cut] : cut
		})
	})
	return Math.abs(sum(ring.map(([x, y], k) => x * ring[(k + 1) % ring.length]![1] - y * ring[(k + 1) % ring.length]![0]))) / 2
}

test('any two triangles share what clipping says', () => {
	const corner = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })).map(([x, y]): [number, number] => [x / 100, y / 100])
	const triangle = fc.tuple(corner, corner, corner).map((ring) => {
		const [[ax, ay], [bx, by], [cx, cy]] = ring
		const turn = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
		return { ring: (turn > 0 ? ring : [...ring].reverse()) as Ring, turn: Math.abs(turn) }
	}).filter(({ turn }) => turn > 1e-6)
	fc.assert(fc.property(triangle, triangle, (a, b) => {
		const plane = ({ ring }: { ring: Ring }) => ring.map(([x, y]): [number, number] => [equalAreaX(x), equalAreaY(y)])
		const found = triples(overlayAreas(layerOf([[a.ring]]), layerOf([[b.ring]])))
		assert.ok(Math.abs((found[0]?.[2] ?? 0) - clippedArea(plane(a), plane(b))) < 10, `${found[0]?.[2]} instead of ${clippedArea(plane(a), plane(b))} square metres`)
	}), { numRuns: 500 })
})

test('a layer that covers another shares all of it, whatever the borders', () => {
	fc.assert(fc.property(lattice(), lattice(), (a, b) => {
		const { sources, squareMeters, sourceSquareMeters } = overlayAreas(a, b)
		const perSource = new Float64Array(a.featureCount)
		sources.forEach((s, k) => (perSource[s]! += squareMeters[k]!))
		perSource.forEach((area, s) => near(area, sourceSquareMeters[s]!, 1e-8))
	}))
})

test('a layer laid over itself meets itself only, whole', () => {
	fc.assert(fc.property(lattice(), (layer) => {
		const { sources, targets, squareMeters, sourceSquareMeters } = overlayAreas(layer, layer)
		assert.deepEqual(sources, targets)
		assert.equal(sources.length, layer.featureCount)
		squareMeters.forEach((area, k) => near(area, sourceSquareMeters[k]!))
	}))
})

test('source and target may change places', () => {
	fc.assert(fc.property(lattice(), lattice(), (a, b) => {
		const back = triples(overlayAreas(b, a)).map(([s, t, area]) => [t, s, area] as const).sort((p, q) => p[0] - q[0] || p[1] - q[1])
		const there = triples(overlayAreas(a, b))
		assert.deepEqual(there.map(([s, t]) => [s, t]), back.map(([s, t]) => [s, t]))
		there.forEach(([, , area], k) => assert.ok(Math.abs(area - back[k]![2]) < 1))
	}))
})

test('any split into ranges gives the same numbers, bit by bit, on shared memory too', () => {
	fc.assert(fc.property(lattice(), lattice(), fc.integer({ min: 1, max: 9 }), (a, b, count) => {
		const plan = prepareOverlay(a, b, { shared: true })
		const ranges = overlayRanges(plan, count)
		assert.equal(ranges[0]![0], 0)
		assert.equal(ranges.at(-1)![1], a.featureCount)
		const joined = joinOverlays(plan, ranges.map(([first, end]) => overlayRange(plan, first, end)))
		const whole = overlayAreas(a, b)
		assert.deepEqual([joined.sources, joined.targets, joined.squareMeters], [whole.sources, whole.targets, whole.squareMeters])
	}))
})

test('the order of features changes the order of the answer only', () => {
	fc.assert(fc.property(lattice(), lattice(), fc.integer(), (a, b, seed) => {
		const shuffle = (count: number) => Array.from({ length: count }, (_, i) => i).sort((p, q) => ((p * 7919 + seed) % 101) - ((q * 7919 + seed) % 101) || p - q)
		const [orderA, orderB] = [shuffle(a.featureCount), shuffle(b.featureCount)]
		const mixed = triples(overlayAreas(selectFeatures(a, orderA), selectFeatures(b, orderB)))
		const back = mixed.map(([s, t, area]) => [orderA[s]!, orderB[t]!, area] as const).sort((p, q) => p[0] - q[0] || p[1] - q[1])
		assert.deepEqual(back, triples(overlayAreas(a, b)))
	}))
})
