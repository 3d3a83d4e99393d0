import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownTurn } from './own-turn.ts'

test('ten who wait together go on in ten turns, and a timer that is due gets in between', async () => {
	let before = 0
	let waiting = 0
	setTimeout(() => (before = waiting), 0)
	const busy = async () => {
		await ownTurn()
		waiting++
		const end = performance.now() + 3
		while (performance.now() < end);
	}
	await Promise.all(Array.from({ length: 10 }, busy))
	assert.equal(waiting, 10)
	assert.ok(before < 5, `the timer came after ${before}`)
})
