import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { makeNetwork, type SharedThing } from './network.ts'

const pair = (members: number[], kind = 0): SharedThing => ({ kind, members })
const near = (a: number, b: number, by = 1e-4) => assert.ok(Math.abs(a - b) < by, `${a} is not ${b}`)

/** Who met whom outside a karate club (W. Zachary, Journal of Anthropological Research 33, 1977): the friendships of each of its 34 members with later ones. */
const KARATE = [
	[1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31], [2, 3, 7, 13, 17, 19, 21, 30], [3, 7, 8, 9, 13, 27, 28, 32], [7, 12, 13], [6, 10], [6, 10, 16], [16], [], [30, 32, 33], [33], [], [], [], [33], [32, 33], [32, 33], [], [], [32, 33],
	[33], [32, 33], [], [32, 33], [25, 27, 29, 32, 33], [25, 27, 31], [31], [29, 33], [33], [31, 33], [32, 33], [32, 33], [32, 33], [33],
]

test('measures are those that are published for the karate club', () => {
	const network = makeNetwork(34, KARATE.flatMap((others, one) => others.map((other) => pair([one, other]))), 1)
	assert.equal(network.from.length, 78)
	near(network.density, 0.13904)
	assert.deepEqual([network.degree[33], network.degree[0], network.degree[32]], [17, 16, 12])
	near(network.betweenness[0]!, 0.437635)
	near(network.betweenness[33]!, 0.304075)
	near(network.betweenness[32]!, 0.145247)
	assert.equal(network.components, 1)
})

test('two that share several things have one tie that says how many of each kind', () => {
	const { from, to, strength, byKind, components, component, degree } = makeNetwork(6, [pair([0, 1, 2]), pair([0, 1], 1), pair([3, 4], 2), { kind: 3, members: [0, 1], others: [1, 3] }], 1)
	assert.deepEqual([...from].map((one, i) => `${one}-${to[i]}:${strength[i]}`), ['0-1:3', '0-2:1', '0-3:1', '1-2:1', '1-3:1', '3-4:1'])
	assert.deepEqual([...byKind.slice(0, 4)], [1, 1, 0, 1])
	assert.deepEqual([components, component[5], degree[5]], [1, -1, 0])
})

test('a chain: nobody is between its ends but those in the middle, and two steps reach what two steps reach', () => {
	const { betweenness, withinTwo } = makeNetwork(4, [pair([0, 1]), pair([1, 2]), pair([2, 3])], 7)
	near(betweenness[0]!, 0)
	near(betweenness[1]!, 2 / 3)
	near(withinTwo, 5 / 6)
})

test('places are the same for the same seed and another for another, in the square, and apart', () => {
	const things = [pair(Array.from({ length: 12 }, (_, i) => i)), pair([10, 11, 12, 13, 14, 15]), pair([20, 21])]
	const one = makeNetwork(24, things, 5)
	assert.deepEqual(one.places, makeNetwork(24, things, 5).places)
	assert.notDeepEqual(one.places, makeNetwork(24, things, 6).places)
	const shown = [...one.degree].flatMap((degree, i) => (degree > 0 ? [i] : []))
	for (const i of shown) for (const axis of [0, 1]) assert.ok(one.places[2 * i + axis]! >= 0 && one.places[2 * i + axis]! <= 1)
	for (const i of shown) for (const j of shown) if (i < j) assert.ok(Math.hypot(one.places[2 * i]! - one.places[2 * j]!, one.places[2 * i + 1]! - one.places[2 * j + 1]!) > 0.02, `${i} lies on ${j}`)
	assert.ok(Number.isNaN(one.places[2 * 23]!))
})

test('whatever is shared, shares lie between 0 and 1 and degrees add up to twice the ties', () => {
	fc.assert(fc.property(fc.array(fc.record({ kind: fc.nat(3), members: fc.uniqueArray(fc.nat(14), { maxLength: 6 }) }), { maxLength: 8 }), (things) => {
		const { degree, from, density, withinTwo, betweenness } = makeNetwork(15, things, 3)
		assert.equal(degree.reduce((sum, one) => sum + one, 0), 2 * from.length)
		for (const share of [density, withinTwo, ...betweenness]) assert.ok(share >= 0 && share <= 1 + 1e-9)
		assert.ok(withinTwo >= density - 1e-12)
	}), { numRuns: 60 })
})
