import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { drawRoom, randomDraw, uniformFrom } from './random-draw.ts'
import { representationRatio } from './representation-ratio.ts'
import { presenceOfGroups, roomIndex } from './room-index.ts'
import { wilsonInterval } from './wilson-interval.ts'

const SHARES = [0.43, 0.38, 0.08, 0.07, 0.03, 0.01]
const near = (value: number, expected: number, within: number) => assert.ok(Math.abs(value - expected) <= within, `${value} is not ${expected} ± ${within}`)

test('Wilson’s interval is the published one', () => {
	// Newcombe 1998, table I: 81 of 263 and 0 of 20 at 95 percent.
	const [many, none] = [wilsonInterval(81, 263, 1.959964), wilsonInterval(0, 20, 1.959964)]
	near(many.low, 0.2553, 0.00005)
	near(many.high, 0.3662, 0.00005)
	near(none.low, 0, 0.00005)
	near(none.high, 0.1611, 0.00005)
})

test('a ratio is what it says, its interval holds it, and without a margin it is Wilson’s over the share', () => {
	const group = fc.integer({ min: 11, max: 400 }).chain((total) => fc.tuple(fc.integer({ min: 0, max: total }), fc.constant(total)))
	fc.assert(fc.property(group, fc.double({ min: 0.02, max: 0.98, noNaN: true }), fc.double({ min: 0, max: 0.2, noNaN: true }), ([count, total], estimate, moe) => {
		const { ratio, low, high, verdict } = representationRatio(count, total, { estimate, moe })
		assert.ok(Math.abs(ratio - count / total / estimate) < 1e-12)
		assert.ok(low <= ratio + 1e-9 && high >= ratio - 1e-9)
		assert.equal(verdict === 'cannot_tell', low <= 1 && high >= 1)
		const [bare, room] = [representationRatio(count, total, { estimate, moe: 0 }), wilsonInterval(count, total)]
		assert.ok(Math.abs(bare.low - room.low / estimate) < 1e-9 && Math.abs(bare.high - room.high / estimate) < 1e-9)
		assert.ok(low <= bare.low + 1e-9 && high >= bare.high - 1e-9, 'a margin only widens')
	}))
	assert.equal(representationRatio(4, 40, { estimate: 0.05, moe: 0.06 }).high, Infinity)
	assert.equal(representationRatio(2, 60, { estimate: 0.4, moe: 0.02 }).verdict, 'under')
})

test('rooms drawn at random are within the interval about nine times in ten', () => {
	const random = uniformFrom(7)
	let held = 0
	for (let room = 0; room < 4000; room++) {
		const [share] = drawRoom([0.4, 1], 60, random)
		const { low, high } = representationRatio(Math.round(share! * 60), 60, { estimate: 0.4, moe: 0 })
		if (low <= 1 && high >= 1) held++
	}
	near(held / 4000, 0.9, 0.03)
})

test('the index is 1 for the same shares and 0 for nobody in common, and presence counts groups that a room of this size would hold', () => {
	near(roomIndex(SHARES, SHARES), 1, 1e-12)
	assert.equal(roomIndex([1, 0], [0, 1]), 0)
	assert.deepEqual(presenceOfGroups([true, true, false, true, true, false], SHARES, 20), { expected: 5, present: 4 })
})

test('the baseline of six groups is the published table within sampling error and one step of the index, the same for a seed', () => {
	const table = [[10, 0.774, 0.61], [20, 0.839, 0.73], [50, 0.899, 0.82], [100, 0.93, 0.88], [200, 0.95, 0.91], [500, 0.969, 0.946]] as const
	for (const [size, mean, fifth] of table) {
		const draw = randomDraw(SHARES, size, { draws: 20_000 })
		near(draw.mean, mean, 0.002)
		// The index of a room of 20 moves in steps of 0.01, of which one holds 2 percent of all rooms.
		near(draw.fifthPercentile, fifth, 0.0101)
		assert.deepEqual(randomDraw(SHARES, size), randomDraw(SHARES, size))
	}
	assert.notDeepEqual(randomDraw(SHARES, 20, { seed: 2 }), randomDraw(SHARES, 20))
})

/** Share of rooms drawn at random that fall under the fifth percentile, with seeds apart from that of the baseline. */
function falseAlarms(shares: readonly number[], size: number, rooms: number): number {
	const { fifthPercentile } = randomDraw(shares, size, { draws: 20_000 })
	const random = uniformFrom(99)
	const ends = shares.map((_, group) => shares.slice(0, group + 1).reduce((sum, share) => sum + share, 0))
	let alarms = 0
	for (let room = 0; room < rooms; room++) if (roomIndex(drawRoom(ends, size, random), shares) < fifthPercentile - 1e-9) alarms++
	return alarms / rooms
}

test('of rooms drawn at random one in twenty falls under the fifth percentile, and fewer where the index moves in steps', () => {
	// Two standard errors of 5 percent in 8,000 rooms and 20,000 draws are 0.006.
	near(falseAlarms([0.4312, 0.3794, 0.0811, 0.0707, 0.0279, 0.0097], 200, 8000), 0.05, 0.008)
	for (const size of [20, 50, 200]) assert.ok(falseAlarms(SHARES, size, 8000) < 0.058)
})
