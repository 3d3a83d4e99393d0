import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addProof, CREDENTIALS_V2, didDocumentOf, didKeyOf, keyFromSeed, toMultikey } from '@throughline/credentials'
import { Refusal } from '#database'
import { checkCredential } from './check-credential.ts'

const NOW = new Date('2027-01-05T12:00:00Z')
const key = await keyFromSeed(new Uint8Array(32).fill(3))
const did = didKeyOf(key.publicKey)
const sign = (issuer: string, method: string, more: object = {}) => addProof({ '@context': [CREDENTIALS_V2], type: ['VerifiableCredential'], name: 'Good Neighbors community', issuer, validFrom: '2026-01-01T00:00:00Z', credentialSubject: { id: 'https://coalition.example/projects/mill-street', name: 'Mill Street' }, ...more }, { key, verificationMethod: method, created: '2026-01-02T00:00:00Z' })
const check = (credential: object | string, document = '', list = '') => checkCredential({ credential: typeof credential === 'string' ? credential : JSON.stringify(credential), document, list }, NOW)
const refuses = (work: Promise<unknown>, code: string) => assert.rejects(work, (cause) => cause instanceof Refusal && cause.code === code)

test('a credential that was brought is checked in a thread, and says what it is about', async () => {
	const good = await sign(did, `${did}#${did.slice(8)}`)
	const { checks, ...told } = await check(good)
	assert.deepEqual(told, { verdict: 'valid', issuer: did, subjects: ['Mill Street · https://coalition.example/projects/mill-street'], title: 'Good Neighbors community', validFrom: '2026-01-01T00:00:00Z' })
	assert.deepEqual((await check({ ...good, name: 'Better Neighbors community' })).verdict, 'invalid')
	assert.deepEqual((await check('{"a":')).checks, [{ check: 'shape', state: 'failed', reason: 'not_json' }])
})

test('an issuer on a host is known by the document that is brought with it', async () => {
	const web = 'did:web:coalition.example'
	const signed = await sign(web, `${web}#k`)
	assert.equal((await check(signed)).verdict, 'unknown')
	assert.equal((await check(signed, JSON.stringify(didDocumentOf(web, [{ name: 'k', publicKeyMultibase: toMultikey(key.publicKey) }])))).verdict, 'valid')
	await refuses(check(signed, '[1'), 'credential_document_unreadable')
	await refuses(check(signed, '', '{"a":1}'), 'credential_list_unreadable')
	await refuses(check('  '), 'credential_missing')
})

test('a credential that is written to take long is cut off, and holds nobody up meanwhile', { timeout: 30_000 }, async () => {
	const n = 3000
	const ring = Array.from({ length: n }, (_, i) => ({ '@id': `_:b${i}`, a: [`_:b${(i + 1) % n}`, `_:b${(i + 7) % n}`] }))
	const context = [CREDENTIALS_V2, { knows: 'https://schema.org/knows', a: { '@id': 'https://schema.org/knows', '@type': '@id' } }]
	const slow = { '@context': context, type: ['VerifiableCredential'], issuer: did, credentialSubject: { knows: ring }, proof: (await sign(did, `${did}#${did.slice(8)}`)).proof }
	let turns = 0
	const watch = setInterval(() => (turns += 1), 5)
	const answer = await check(slow).catch((cause: Refusal) => cause.code)
	clearInterval(watch)
	assert.ok(answer === 'credential_slow' || (answer as { verdict: string }).verdict === 'invalid')
	assert.ok(turns > 10, 'others had their turns meanwhile')
	assert.equal((await check(await sign(did, `${did}#${did.slice(8)}`))).verdict, 'valid')
})
