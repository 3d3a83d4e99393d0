import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawGroupBorders } from './county-borders.ts'

// Three unit squares in a row; the first two belong together.
const paths = ['M0 0l10 0 0 10-10 0z', 'M10 0l10 0 0 10-10 0z', 'M20 0l10 0 0 10-10 0z']

test('lines run around a group and between groups, not within one', () => {
	const drawn = drawGroupBorders(paths, ['a', 'a', 'b'])
	const edges = drawn.split('M').filter(Boolean).flatMap((line) => {
		const corners = line.split(' ')
		return corners.slice(1).map((to, i) => [corners[i]!, to].sort().join(' '))
	})
	assert.ok(edges.includes('20,0 20,10'))
	assert.ok(!edges.includes('10,0 10,10'))
	assert.equal(edges.length, 9)
	assert.equal(new Set(edges).size, 9)
})

test('one group alone is only outlined', () => {
	assert.ok(!drawGroupBorders(paths, ['a', 'a', 'a']).includes('20,0 20,10'))
})
