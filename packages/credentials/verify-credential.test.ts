import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { test } from 'node:test'
import fc from 'fast-check'
import { CREDENTIALS_V2 } from './contexts.ts'
import { readCredential, type SignedCredential } from './credential.ts'
import { addressOfDidWeb, didDocumentOf, didKeyOf, didWebOf } from './did.ts'
import { addProof } from './eddsa-rdfc-2022.ts'
import { keyFromSeed, toMultikey } from './multikey.ts'
import { decodeList, encodeList, isSet, LIST_LENGTH, listOf } from './status-list.ts'
import { verifyCredential, type Beside, type Verdict } from './verify-credential.ts'

const NOW = Date.parse('2026-06-01T00:00:00Z')
const LIST = 'https://coalition.example/status/1'
const key = await keyFromSeed(Uint8Array.from({ length: 32 }, (_, i) => i))
const WEB = didWebOf('https://coalition.example')
const DOCUMENT = didDocumentOf(WEB, [{ name: 'key-1', publicKeyMultibase: toMultikey(key.publicKey) }])
const BARE = {
	'@context': [CREDENTIALS_V2, { place: 'https://schema.org/areaServed', level: 'https://schema.org/award' }], id: 'urn:uuid:6f1d2c1e-0b7e-4f0a-9d57-6b1d3a1a9c10', type: ['VerifiableCredential'], issuer: WEB,
	validFrom: '2026-01-01T00:00:00Z', validUntil: '2028-01-01T00:00:00Z', credentialSubject: { id: 'https://coalition.example/projects/mill-street', place: 'Mill Street', level: 'certified' },
	credentialStatus: { type: 'BitstringStatusListEntry' as const, statusPurpose: 'revocation', statusListIndex: '94567', statusListCredential: LIST },
}
const sign = <T extends object>(document: T, method = `${WEB}#key-1`) => addProof(document as T & { [key: string]: unknown }, { key, verificationMethod: method, created: '2026-01-02T00:00:00Z' })
const listing = async (set: number[]) => sign({ '@context': [CREDENTIALS_V2], type: ['VerifiableCredential', 'BitstringStatusListCredential'], issuer: WEB, validFrom: '2026-01-01T00:00:00Z', credentialSubject: { id: `${LIST}#list`, type: 'BitstringStatusList', statusPurpose: 'revocation', encodedList: await encodeList(listOf(set)) } })
const signed = await sign(BARE)
const beside: Beside = { now: NOW, documents: [DOCUMENT], lists: new Map([[LIST, await listing([3])]]) }
const said = ({ verdict, checks }: Verdict) => [verdict, ...checks.filter(({ state }) => state !== 'passed').map(({ check, reason }) => `${check}: ${reason}`)]

test('a credential is checked without a network: by a key that is its own name, or by the document of a host', async () => {
	assert.deepEqual(said(await verifyCredential(signed, beside)), ['valid'])
	const did = didKeyOf(key.publicKey)
	const { credentialStatus, ...plain } = BARE
	assert.deepEqual(said(await verifyCredential(await sign({ ...plain, issuer: did }, `${did}#${did.slice(8)}`), { now: NOW })), ['valid'])
	assert.deepEqual(said(await verifyCredential(signed, { now: NOW })), ['unknown', 'issuer: issuer_unknown', 'proof: key_unknown', 'status: list_unknown'])
})

test('every fault is named: another issuer, a key that stopped, a day that is over, a revocation, a list that is not the issuer’s', async () => {
	const faults = async (value: unknown, other: Partial<Beside> = {}) => said(await verifyCredential(value, { ...beside, ...other }))
	assert.deepEqual(await faults({ ...signed, issuer: 'did:web:elsewhere.example' }), ['invalid', 'issuer: issuer_other', 'proof: key_unknown', 'status: list_wrong'])
	const stopped = (revoked: string) => ({ documents: [didDocumentOf(WEB, [{ name: 'key-1', publicKeyMultibase: toMultikey(key.publicKey), revoked }])], lists: undefined })
	assert.deepEqual(await faults(signed, stopped('2026-01-01T12:00:00Z')), ['invalid', 'issuer: key_revoked', 'proof: key_unknown', 'status: list_unknown'])
	assert.deepEqual(await faults(signed, stopped('2026-03-01T00:00:00Z')), ['unknown', 'status: list_unknown'])
	assert.deepEqual((await faults(signed, { now: Date.parse('2028-02-01T00:00:00Z') })), ['invalid', 'period: over'])
	assert.deepEqual(await faults(signed, { lists: new Map([[LIST, await listing([94_567])]]) }), ['invalid', 'status: revoked'])
	assert.deepEqual(await faults(signed, { lists: new Map([[LIST, { ...(await listing([])), issuer: didKeyOf(key.publicKey) }]]) }), ['invalid', 'status: list_wrong'])
	assert.deepEqual(await faults({ ...signed, invented: 1 }), ['invalid', 'proof: terms_unknown'])
	assert.deepEqual(await faults({ ...signed, '@context': [...signed['@context'], 'https://elsewhere.example/context'] }), ['unknown', 'proof: context_unknown'])
})

test('whatever leaf of a signed credential is changed, it is no longer valid', async () => {
	const leaves = leavesOf(signed)
	assert.ok(leaves.length > 15)
	await fc.assert(fc.asyncProperty(fc.constantFrom(...leaves), fc.string({ minLength: 1, maxLength: 8 }), async (path, added) => {
		const changed = structuredClone(signed) as unknown as Record<string, unknown>
		const holder = path.slice(0, -1).reduce((at, step) => at[step] as Record<string, unknown>, changed)
		holder[path.at(-1)!] = `${String(holder[path.at(-1)!])}${added}`
		assert.notEqual((await verifyCredential(changed, beside)).verdict, 'valid')
	}), { numRuns: 120, seed: 7 })
})

test('what is no credential is refused with what is wrong, whatever it is', async () => {
	assert.equal(readCredential('{'), 'not_json')
	assert.equal(readCredential(`"${'a'.repeat(300_000)}"`), 'too_large')
	assert.equal(readCredential(`${'['.repeat(40)}${']'.repeat(40)}`), 'not_an_object')
	assert.equal(readCredential(JSON.stringify({ ...signed, credentialSubject: { a: JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`) } })), 'too_deep')
	const faults: [Partial<Record<keyof SignedCredential, unknown>>, string][] = [
		[{ '@context': ['https://www.w3.org/2018/credentials/v1'] }, 'context_missing'], [{ type: ['Other'] }, 'type_missing'], [{ id: 'no address' }, 'id_no_address'], [{ issuer: { name: 'a' } }, 'issuer_missing'],
		[{ credentialSubject: {} }, 'subject_missing'], [{ validFrom: '2026-01-01' }, 'date_unreadable'], [{ proof: undefined }, 'proof_missing'], [{ proof: [signed.proof, signed.proof] }, 'proofs_many'],
		[{ proof: { ...signed.proof, cryptosuite: 'eddsa-2022' } }, 'proof_unknown'], [{ credentialStatus: { ...BARE.credentialStatus, statusListIndex: '-1' } }, 'status_unreadable'],
	]
	for (const [part, fault] of faults) assert.equal(readCredential(JSON.stringify({ ...signed, ...part })), fault)
	await fc.assert(fc.asyncProperty(fc.jsonValue(), async (value) => assert.equal((await verifyCredential(value, beside)).verdict, 'invalid')), { numRuns: 200, seed: 7 })
})

test('a status list is the published one when nothing is set, keeps what is set, and cannot unfold without end', async () => {
	assert.deepEqual(await decodeList('uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA'), new Uint8Array(16_384))
	await fc.assert(fc.asyncProperty(fc.uniqueArray(fc.nat(LIST_LENGTH - 1), { maxLength: 40 }), fc.nat(LIST_LENGTH - 1), async (set, entry) => {
		const bits = (await decodeList(await encodeList(listOf(set))))!
		assert.deepEqual([set.every((one) => isSet(bits, one)), isSet(bits, entry), isSet(bits, LIST_LENGTH)], [true, set.includes(entry), undefined])
	}), { numRuns: 30, seed: 7 })
	assert.equal(isSet(listOf([0]), 0) && listOf([0])[0], 0x80)
	assert.throws(() => listOf([LIST_LENGTH]), RangeError)
	for (const bytes of [new Uint8Array(100), new Uint8Array(1 << 22)]) assert.equal(await decodeList(`u${gzipSync(bytes).toString('base64url')}`), undefined)
	assert.equal(await decodeList('uAAAA'), undefined)
})

test('a host’s DID leads to one address, and what is none leads nowhere', () => {
	assert.deepEqual([didWebOf('https://coalition.example:8443', 'hubs/mill street'), addressOfDidWeb('did:web:coalition.example%3A8443:hubs'), addressOfDidWeb(WEB)], ['did:web:coalition.example%3A8443:hubs:mill%20street', 'https://coalition.example:8443/hubs/did.json', 'https://coalition.example/.well-known/did.json'])
	for (const did of ['did:key:z6Mk', 'did:web:', 'did:web:a%2Fb', 'did:web:user%40host', 'did:web:%', 'did:web:a::b', 'https://a']) assert.equal(addressOfDidWeb(did), undefined, did)
})

function leavesOf(value: unknown, path: string[] = []): string[][] {
	if (typeof value !== 'object' || value === null) return [path]
	return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...path, name]))
}
