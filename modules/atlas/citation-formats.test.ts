import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toBibTeX, toCslJson } from './citation-formats.ts'

const reference = {
	id: 'c-1abc', title: 'Rent & {costs}, Census Tract 1', publisher: 'Census Bureau', region: 'Metro Atlanta',
	madeAt: new Date('2026-03-01T23:00:00Z'), url: 'https://atlas.example.org/citations/c-1abc', note: '44.8 % ± 10.4',
}

test('BibTeX escapes what TeX would take for commands and balances its braces', () => {
	const text = toBibTeX(reference)
	assert.match(text, /^@misc\{throughline-c-1abc,\n/)
	assert.match(text, /Rent \\& \\\{costs\\\}/)
	assert.match(text, /44\.8 \\% \$\\pm\$ 10\.4/)
	const plain = text.replace(/\\[{}]/g, '')
	assert.equal(plain.split('{').length, plain.split('}').length)
})

test('CSL-JSON is one dataset with its date in parts', () => {
	const [item] = JSON.parse(toCslJson(reference))
	assert.deepEqual(item.issued, { 'date-parts': [[2026, 3, 1]] })
	assert.equal(item.type, 'dataset')
	assert.equal(item.URL, reference.url)
})
