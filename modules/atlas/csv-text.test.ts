import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvText } from './csv-text.ts'

test('commas, quotes and line breaks are quoted', () => {
	assert.equal(csvText([['a,b', 'say "x"', 'two\nlines', 'plain']]), '"a,b","say ""x""","two\nlines",plain\r\n')
})

test('what a spreadsheet would run as a formula stays text, and negative numbers stay numbers', () => {
	assert.equal(csvText([['=1+1', '+1', '@x', '-cmd', '-5', '-.5', '\tx']]), "'=1+1,'+1,'@x,'-cmd,-5,-.5,'\tx\r\n")
})
