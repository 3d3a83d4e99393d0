import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SharedWork } from './shared-work.ts'

test('who asks while work runs gets the same result; who asks later, or for something else, begins anew', async () => {
	const work = new SharedWork<number>()
	let done = 0
	const next = async () => {
		await Promise.resolve()
		return ++done
	}
	assert.deepEqual(await Promise.all([work.do('a', next), work.do('a', next), work.do('b', next)]), [1, 1, 2])
	assert.equal(await work.do('a', next), 3)
})

test('work that fails fails for all who wait for it, and is begun anew by the next', async () => {
	const work = new SharedWork<number>()
	const fails = () => Promise.reject(new Error('broken'))
	const both = await Promise.allSettled([work.do('a', fails), work.do('a', fails)])
	assert.deepEqual(both.map(({ status }) => status), ['rejected', 'rejected'])
	assert.equal(await work.do('a', async () => 7), 7)
})
