import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { widthOfText, wrapText } from './wrap-text.ts'

const words = fc.array(fc.stringMatching(/^[A-Za-zñé0-9.,%/?=&-]{1,40}$/), { minLength: 1, maxLength: 40 }).map((list) => list.join(' '))

test('no line is wider than the room, and nothing is lost or moved', () => {
	fc.assert(fc.property(words, fc.constantFrom('serif', 'sans', 'bold'), fc.integer({ min: 60, max: 1200 }), (text, face, width) => {
		const lines = wrapText(text, face, 16, width)
		for (const line of lines) assert.ok(widthOfText(line, face, 16) <= width || line.length === 1, line)
		assert.equal(lines.join('').replaceAll(' ', ''), text.replaceAll(' ', ''))
	}))
})

test('a line that fits stays one line; an address too long for its line is cut', () => {
	assert.deepEqual(wrapText('People with low income', 'sans', 16, 600), ['People with low income'])
	assert.deepEqual(wrapText('', 'sans', 16, 600), [])
	assert.ok(wrapText(`at https://example.org/${'a'.repeat(300)}`, 'sans', 16, 600).length > 3)
})
