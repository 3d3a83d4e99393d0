import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { contexts as citizenship } from '@digitalbazaar/citizenship-context'
import { CREDENTIALS_V2, BUNDLED, UnknownContext } from './contexts.ts'
import { resolveDidKey } from './did.ts'
import { addProof, hashForProof, isProofOf, type JsonObject, type Proof, type ProofOptions } from './eddsa-rdfc-2022.ts'
import { fromMultibase, fromMultikey, keyFromSeed, verifyBytes } from './multikey.ts'

const FOLDER = join(process.env.THROUGHLINE_SHARED ?? join(import.meta.dirname, '../../../shared'), 'data/credentials')
const skip = existsSync(FOLDER) || process.env.CI ? false : `the vectors of the W3C are not at ${FOLDER}: set THROUGHLINE_SHARED to test with them`
if (skip) console.error(skip)
const text = (...path: string[]) => readFileSync(join(FOLDER, ...path), 'utf8')
const json = <T>(...path: string[]) => JSON.parse(text(...path)) as T
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/** Contexts of the published examples: the first gives every term that nothing else defines an address of its own. */
const EXAMPLES = new Map<string, unknown>([
	['https://www.w3.org/ns/credentials/examples/v2', { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' } }],
	['https://w3id.org/citizenship/v4rc1', citizenship.get('https://w3id.org/citizenship/v4rc1')],
])

for (const [name, unsigned, folder] of [['an alumni credential', 'unsigned.json', ['eddsa-rdfc-2022']], ['an employment credential', 'employmentAuth.json', ['eddsa-rdfc-2022', 'employ']]] as const) {
	test(`${name} of the W3C: canonical forms, hashes and signature are the published ones, step by step`, { skip }, async () => {
		const options = json<ProofOptions>(...folder, 'proofConfigDataInt.json')
		const hashed = await hashForProof(json<JsonObject>(unsigned), options, EXAMPLES)
		assert.equal(hashed.canonicalDocument, text(...folder, 'canonDocDataInt.txt'))
		assert.equal(hashed.canonicalProof, text(...folder, 'proofCanonDataInt.txt'))
		assert.equal(hex(hashed.documentHash), text(...folder, 'docHashDataInt.txt').trim())
		assert.equal(hex(hashed.proofHash), text(...folder, 'proofHashDataInt.txt').trim())
		assert.equal(hex(hashed.combined), text(...folder, 'combinedHashDataInt.txt').trim())
		const signed = json<JsonObject & { proof: Proof }>(...folder, 'signedDataInt.json')
		assert.equal(hex(fromMultibase(signed.proof.proofValue)!), text(...folder, 'sigHexDataInt.txt').trim())
		assert.equal(signed.proof.proofValue, text(...folder, 'sigBTC58DataInt.txt').trim())
		const key = fromMultikey(resolveDidKey(options.verificationMethod.split('#')[0]!)!.verificationMethod![0]!.publicKeyMultibase!)!
		assert.ok(await isProofOf(key, signed, EXAMPLES))
		assert.equal(await isProofOf(key, { ...signed, validUntil: '2099-01-01T00:00:00Z' }, EXAMPLES), false)
	})
}

test('a published Open Badges signature holds over the proof’s hash and then the document’s, and not the other way round', async () => {
	const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
	const key = fromMultikey('z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi')!
	assert.equal(hex(key), '4bdeafde2ea8beefadd8c699b5c7e0704cf51154d52e17b20b71337ca04cc5a5')
	const [document, proof] = ['87f65a76d40146205e3b3e06cb0fbd153f97f9ce70372390f52566bb7f9e0773', 'd34009cea0dbc1ca941e09dc01c8c9d3e3ce3c5b853f67ee44698dcea10f5d19']
	const signature = fromMultibase('z5x9aCBYovW3CQCbKdNyhEm7ffYSw1YpEdPywQJoNbzDD2gkzQDKJ1sYKJaWvqZtkMtSbz35HcbgXVEDYHxCzgkCr')!
	assert.ok(await verifyBytes(key, signature, bytes(proof + document)))
	assert.equal(await verifyBytes(key, signature, bytes(document + proof)), false)
})

test('the key of a seed is that of RFC 8032, test 1, and so is its signature', async () => {
	const key = await keyFromSeed(Uint8Array.from(Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex')))
	assert.equal(hex(key.publicKey), 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a')
	assert.equal(hex(await key.sign(new Uint8Array())), 'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b')
})

test('a term that no context defines cannot be signed, and a context that is not bundled is not fetched', async () => {
	const key = await keyFromSeed(new Uint8Array(32).fill(7))
	const sign = (document: JsonObject) => addProof(document, { key, verificationMethod: 'did:example:a#b', created: '2026-01-01T00:00:00Z' })
	const document = { '@context': [CREDENTIALS_V2], type: ['VerifiableCredential'], issuer: 'did:example:a', credentialSubject: { id: 'did:example:c' } }
	await sign(document)
	await assert.rejects(sign({ ...document, invented: 'a' }))
	await assert.rejects(sign({ ...document, '@context': [CREDENTIALS_V2, 'https://example.org/other'] }), (cause: { cause?: unknown; details?: { cause?: unknown } }) => [cause, cause.cause, cause.details?.cause].some((one) => one instanceof UnknownContext))
	assert.deepEqual([...BUNDLED.keys()], [CREDENTIALS_V2])
})
