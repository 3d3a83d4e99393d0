import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameKey, readContact, readPaperSheet } from './paper-sheet.ts'

test('a sheet is read line by line, whatever parts the columns, and faults keep their line', () => {
	const lines = readPaperSheet('Ana Ruiz, ana@example.org\n\nBo Chen;404-555-0142\nCy\nDee Fox\tnot a number')
	assert.deepEqual(lines.map(({ line, name, contact, fault }) => [line, name, contact?.normalized, fault]), [
		[1, 'Ana Ruiz', 'ana@example.org', undefined], [3, 'Bo Chen', '+14045550142', undefined], [4, 'Cy', undefined, undefined], [5, 'Dee Fox', undefined, 'not a number'],
	])
})

test('one field takes an e-mail address, a telephone number, or nothing', () => {
	assert.equal(readContact('  '), undefined)
	assert.deepEqual(readContact('Ana@Example.org'), { channel: 'email', value: 'Ana@Example.org', normalized: 'ana@example.org' })
	assert.deepEqual(readContact('12'), { fault: '12' })
})

test('names are compared without case, accents and blanks', () => {
	assert.equal(nameKey(' José  Núñez-Ortiz'), nameKey('jose nunez ortiz'))
})
