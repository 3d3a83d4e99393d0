import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareGroups, type GroupMeasure } from './group-gaps.ts'

const everybody: GroupMeasure = { key: 'low-income', direction: 'higher_is_worse', estimate: 20, moe: 2, standardDeviation: 10 }
const group = (among: string, estimate: number, moe: number): GroupMeasure => ({ ...everybody, key: `low-income-${among}`, of: 'low-income', among, estimate, moe })

test('a group far from everybody in its place is a gap, worse or better, and one within the margins is none', () => {
	const compared = compareGroups([everybody, group('black', 34, 4), group('hispanic', 22, 9), group('white', 9, 3)])
	assert.deepEqual(compared.map(({ group, everybody, gap }) => [group, everybody, gap?.worse]), [[1, 0, true], [2, 0, undefined], [3, 0, false]])
	assert.deepEqual([compared[0]!.gap!.index, compared[0]!.gap!.difference], [1, 14])
	assert.ok(Math.abs(compared[0]!.gap!.margin - Math.hypot(4, 2)) < 1e-12)
})

test('all groups are tested together: a borderline difference is a gap alone and none among many', () => {
	const borderline = group('black', 24.6, 3.3)
	assert.ok(compareGroups([everybody, borderline])[0]!.gap)
	const many = Array.from({ length: 12 }, (_, i) => group(`other-${i}`, 20.2, 3))
	assert.equal(compareGroups([everybody, borderline, ...many])[0]!.gap, undefined)
})

test('a group without a number, or whose measure of everybody is not known, is not compared, and without margins nothing is claimed', () => {
	assert.deepEqual(compareGroups([everybody, group('black', NaN, NaN)]), [])
	assert.deepEqual(compareGroups([group('black', 30, 3)]), [])
	assert.deepEqual(compareGroups([everybody, group('black', 60, NaN)]), [{ group: 1, everybody: 0, gap: undefined }])
})
