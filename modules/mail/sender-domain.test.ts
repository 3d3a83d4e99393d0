import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dmarcNames, domainOf, readDmarc, readSpf } from './sender-domain.ts'

test('the domain of a sender is read with or without a name before it', () => {
	assert.deepEqual(['Hub <hello@Mail.Example.org>', 'hello@example.org', 'hello@localhost', 'nobody', 'a@b.org <x>'].map(domainOf), ['mail.example.org', 'example.org', undefined, undefined, undefined])
})

test('one SPF record counts, several are as good as none, and other texts are no SPF', () => {
	assert.deepEqual(readSpf(['google-site-verification=1', 'v=spf1 include:_spf.example.net ~all']), { state: 'found', record: 'v=spf1 include:_spf.example.net ~all' })
	assert.deepEqual(readSpf(['v=spf1 -all', 'v=spf1 mx ~all']), { state: 'several', count: 2 })
	assert.deepEqual(readSpf(['v=spf10 -all', 'spf1']), { state: 'missing' })
	assert.deepEqual(readSpf(['v=spf1']), { state: 'found', record: 'v=spf1' })
})

test('a DMARC record counts with its policy; without a readable one it is said so', () => {
	assert.deepEqual(readDmarc(['v=DMARC1; p=quarantine; rua=mailto:a@example.org']), { state: 'found', record: 'v=DMARC1; p=quarantine; rua=mailto:a@example.org', policy: 'quarantine' })
	assert.deepEqual(readDmarc(['v=DMARC1; sp=none; p = Reject']).state, 'found')
	assert.deepEqual(readDmarc(['v=DMARC1; sp=none']), { state: 'unreadable', record: 'v=DMARC1; sp=none' })
	assert.deepEqual(readDmarc(['v=DMARC1; p=none', 'v=DMARC1; p=reject']), { state: 'missing' })
	assert.deepEqual(readDmarc([]), { state: 'missing' })
})

test('DMARC is looked for at the domain and above it, never at a top-level domain', () => {
	assert.deepEqual(dmarcNames('news.hub.example.org'), ['_dmarc.news.hub.example.org', '_dmarc.hub.example.org', '_dmarc.example.org'])
	assert.deepEqual(dmarcNames('example.org'), ['_dmarc.example.org'])
})
