import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeAcsNumber, decodeAcsPair, decodeAcsText } from './acs-annotations.ts'

test('jam values become missing, and a controlled margin becomes zero', () => {
	for (const jam of [-222222222, -333333333, -666666666, -888888888, -999999999]) {
		assert.equal(decodeAcsNumber(jam, 'estimate').value, NaN)
		assert.equal(decodeAcsNumber(jam, 'margin').value, NaN)
	}
	assert.deepEqual(decodeAcsNumber(-555555555, 'margin'), { value: 0, annotation: 'controlled' })
	assert.equal(decodeAcsNumber(-555555555, 'estimate').value, NaN)
	assert.equal(decodeAcsNumber(-777777777, 'estimate').annotation, 'unknown-code')
	assert.equal(decodeAcsNumber(-5000, 'estimate').value, -5000)
})

test('symbols of the Census Bureau are read by their meaning', () => {
	assert.deepEqual(decodeAcsText('*****', 'margin'), { value: 0, annotation: 'controlled' })
	assert.equal(decodeAcsText('***', 'margin')!.annotation, 'open-ended-interval')
	assert.equal(decodeAcsText('**', 'margin')!.annotation, 'too-few-observations')
	assert.equal(decodeAcsText('-', 'estimate')!.annotation, 'no-sample')
	assert.equal(decodeAcsText('N', 'estimate')!.annotation, 'not-available')
	assert.equal(decodeAcsText('(X)', 'estimate')!.annotation, 'not-applicable')
	assert.equal(decodeAcsText('250,000+', 'estimate')!.annotation, 'open-ended-interval')
})

test('numbers are read with separators, blanks are missing and other text is nobody’s number', () => {
	assert.equal(decodeAcsText('1,234.5', 'estimate')!.value, 1234.5)
	assert.equal(decodeAcsText(' 12 ', 'estimate')!.value, 12)
	assert.deepEqual(decodeAcsText('', 'estimate'), { value: NaN })
	assert.equal(decodeAcsText('12 %', 'estimate'), undefined)
	assert.equal(decodeAcsText('1,23', 'estimate'), undefined)
	assert.equal(decodeAcsText('0x10', 'estimate'), undefined)
})

test('whatever a cell holds, no number at or below −111,111,111 comes out', () => {
	fc.assert(fc.property(fc.oneof(fc.integer().map(String), fc.double().map(String), fc.string()), fc.constantFrom('estimate' as const, 'margin' as const), (text, role) => {
		const cell = decodeAcsText(text, role)
		assert.ok(cell === undefined || !(cell.value <= -111111111))
	}))
})

test('of a number and the annotation beside it the annotation decides', () => {
	assert.deepEqual(decodeAcsPair('250001', '250,000+', 'estimate'), { value: NaN, annotation: 'open-ended-interval' })
	assert.deepEqual(decodeAcsPair('-555555555', '*****', 'margin'), { value: 0, annotation: 'controlled' })
	assert.deepEqual(decodeAcsPair('1200', '*****', 'estimate'), { value: 1200, annotation: 'controlled' })
	assert.equal(decodeAcsPair('0', '**', 'margin')!.value, NaN)
	assert.equal(decodeAcsPair('', 'N', 'estimate')!.value, NaN)
	assert.deepEqual(decodeAcsPair('17', '', 'margin'), { value: 17 })
	assert.deepEqual(decodeAcsPair('', '', 'margin'), { value: NaN })
	assert.equal(decodeAcsPair('many', '', 'estimate'), undefined)
})
