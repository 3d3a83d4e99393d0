import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { commentState, cutLinks, excerptOf, FOUND_BEGINS, FOUND_ENDS, PIECE_ENDS, type CommentStep, type CommentStepKind } from './index.ts'

const steps = (...kinds: CommentStepKind[]): CommentStep[] => kinds.map((kind, n) => ({ kind, reason: `${kind} ${n}`, by: `p-${n}`, at: new Date(n) }))

test('a comment is hidden from the step that hides it until an appeal restores it, and reports before an answer do not wait any more', () => {
	assert.equal(commentState([]).hidden, false)
	assert.equal(commentState(steps('reported', 'reported')).reports.length, 2)
	assert.equal(commentState(steps('reported', 'kept')).reports.length, 0)
	assert.equal(commentState(steps('reported', 'kept', 'reported')).reports.length, 1)
	const hidden = commentState(steps('reported', 'hidden'))
	assert.deepEqual([hidden.hidden, hidden.reason, hidden.hiddenBy, hidden.reports.length], [true, 'hidden 1', 'p-1', 0])
	assert.ok(commentState(steps('hidden', 'appealed')).appeal)
	const upheld = commentState(steps('hidden', 'appealed', 'upheld'))
	assert.deepEqual([upheld.hidden, upheld.appeal, upheld.ruling?.kind], [true, undefined, 'upheld'])
	assert.equal(commentState(steps('reported', 'hidden', 'appealed', 'restored')).hidden, false)
})

test('only http addresses become links, without the marks that end a sentence, and no sign of a text is lost', () => {
	assert.deepEqual(cutLinks('See https://example.org/a?b=1, and (http://x.test).'), [{ text: 'See ' }, { text: 'https://example.org/a?b=1', href: 'https://example.org/a?b=1' }, { text: ', and (' }, { text: 'http://x.test', href: 'http://x.test' }, { text: ').' }])
	assert.deepEqual(cutLinks('javascript:alert(1) data:text/html,x'), [{ text: 'javascript:alert(1) data:text/html,x' }])
	fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.constant(' https://a.test/'), fc.constant('http://'))), (parts) => {
		const text = parts.join('')
		assert.equal(cutLinks(text).map((piece) => piece.text).join(''), text)
		assert.ok(cutLinks(text).every(({ href }) => href === undefined || /^https?:\/\//.test(href)))
	}))
})

test('an excerpt shows the text as it was written, with its accents, and marks what was found', () => {
	const original = 'Una reunión larga sobre la organización de los inquilinos.'
	const folded = 'Una reunion larga sobre la organizacion de los inquilinos.'
	const pieces = excerptOf(original, folded, `sobre la ${FOUND_BEGINS}organizacion${FOUND_ENDS} de los`)
	assert.deepEqual(pieces, [{ text: '… ', found: false }, { text: 'sobre la ', found: false }, { text: 'organización', found: true }, { text: ' de los', found: false }, { text: ' …', found: false }])
	const two = excerptOf(original, folded, `${FOUND_BEGINS}Una${FOUND_ENDS} reunion${PIECE_ENDS}${FOUND_BEGINS}inquilinos${FOUND_ENDS}.`)
	assert.deepEqual(two.filter(({ found }) => found).map(({ text }) => text), ['Una', 'inquilinos'])
	assert.deepEqual(excerptOf(original, folded, 'something else'), [{ text: original, found: false }])
})
