import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isReviewDue, REVIEW_DAYS } from './index.ts'

const DOWN = new Date('2026-03-01T12:00:00Z')
const after = (days: number) => new Date(DOWN.getTime() + days * 86_400_000)

test('a review is due once thirty days have gone by since the stand-down, and no more once it is written', () => {
	assert.equal(isReviewDue(undefined, false, after(100)), false, 'an open call waits for none')
	assert.equal(isReviewDue(DOWN, false, after(REVIEW_DAYS)), false)
	assert.equal(isReviewDue(DOWN, false, after(REVIEW_DAYS + 1)), true)
	assert.equal(isReviewDue(DOWN, true, after(REVIEW_DAYS + 1)), false)
})
