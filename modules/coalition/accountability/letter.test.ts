import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { mailtoOf } from './letter.ts'

test('a mail program reads from the address what was typed, with the line ends of mail', () => {
	fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 100 }), (subject, text) => {
		const href = mailtoOf({ email: 'office+1@example.gov', subject, text })
		if (!href) return
		const url = new URL(href)
		assert.equal(decodeURIComponent(url.pathname), 'office+1@example.gov')
		assert.equal(new URLSearchParams(url.search.replaceAll('+', '%2B')).get('subject'), subject)
		assert.equal(decodeURIComponent(/&body=(.*)$/.exec(href)![1]!), text.replace(/\r\n?|\n/g, '\r\n'))
	}))
})

test('what would add a second recipient or a header is part of the text', () => {
	const href = mailtoOf({ email: 'a@example.gov', subject: 'x&cc=b@example.org', text: 'y?bcc=c@example.org' })!
	assert.deepEqual([...new URL(href).searchParams.keys()], ['subject', 'body'])
	assert.equal(new URL(mailtoOf({ email: 'a@example.gov?cc=b@example.org', subject: '', text: '' })!).search.includes('cc='), false)
})

test('without an address, or too long to be opened whole, there is none', () => {
	assert.equal(mailtoOf({ email: '', subject: 'a', text: 'b' }), undefined)
	assert.equal(mailtoOf({ email: 'a@example.gov', subject: 'a', text: 'é'.repeat(400) }), undefined)
})
