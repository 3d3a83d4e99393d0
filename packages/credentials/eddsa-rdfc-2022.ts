import jsonld from 'jsonld'
import { contextLoader, type Contexts } from './contexts.ts'
import { fromMultibase, toMultibase, verifyBytes, type SigningKey } from './multikey.ts'

/** What a proof says of itself, without its signature. https://www.w3.org/TR/vc-data-integrity/#proofs */
export interface ProofOptions {
	type: 'DataIntegrityProof'
	cryptosuite: 'eddsa-rdfc-2022'
	created?: string
	verificationMethod: string
	proofPurpose: string
	'@context'?: unknown
	expires?: string
}

export type Proof = ProofOptions & { proofValue: string }
export type JsonObject = { [key: string]: unknown }

/** The steps of the suite, so that each can be compared with published values. https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022 */
export interface Hashed {
	canonicalDocument: string
	canonicalProof: string
	/** 32 bytes, SHA-256. */
	documentHash: Uint8Array
	/** 32 bytes, SHA-256. */
	proofHash: Uint8Array
	/** 64 bytes that are signed: the proof's hash, then the document's. */
	combined: Uint8Array
}

/**
 * Canonical forms (RDFC-1.0) and hashes of a document without proof and of a proof's options under the same contexts. Terms that no
 * context defines are errors, so nothing can stand in a document without being signed. Errors: `UnknownContext`, those of JSON-LD.
 */
export async function hashForProof(document: JsonObject, options: ProofOptions, contexts?: Contexts): Promise<Hashed> {
	const [canonicalDocument, canonicalProof] = [await canonize(document, contexts), await canonize({ ...options, '@context': options['@context'] ?? document['@context'] }, contexts)]
	const [documentHash, proofHash] = [await sha256(canonicalDocument), await sha256(canonicalProof)]
	return { canonicalDocument, canonicalProof, documentHash, proofHash, combined: Uint8Array.from([...proofHash, ...documentHash]) }
}

/** A document with its proof by a key. `created` is an instant in UTC without fractions. Errors: those of `hashForProof`. */
export async function addProof<T extends JsonObject>(document: T, { key, verificationMethod, created, contexts }: { key: SigningKey; verificationMethod: string; created: string; contexts?: Contexts }): Promise<T & { proof: Proof }> {
	const options: ProofOptions = { type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022', created, verificationMethod, proofPurpose: 'assertionMethod' }
	const { combined } = await hashForProof(document, options, contexts)
	return { ...document, proof: { ...options, proofValue: toMultibase(await key.sign(combined)) } }
}

/** Whether the one proof of a document is a signature of a public key (32 bytes) over it. Errors: those of `hashForProof`. */
export async function isProofOf(publicKey: Uint8Array, document: JsonObject & { proof: Proof }, contexts?: Contexts): Promise<boolean> {
	const { proof: { proofValue, ...options }, ...unsecured } = document
	const signature = fromMultibase(proofValue)
	if (!signature || !startsWith(unsecured['@context'], options['@context'])) return false
	return verifyBytes(publicKey, signature, (await hashForProof(unsecured, options, contexts)).combined)
}

/** Whether a document's contexts begin with those that the proof was made under. https://www.w3.org/TR/vc-data-integrity/#verify-proof */
function startsWith(contexts: unknown, wanted: unknown): boolean {
	const [given, first] = [[contexts].flat(), wanted === undefined ? [] : [wanted].flat()]
	return first.every((context, i) => JSON.stringify(given[i]) === JSON.stringify(context))
}

function canonize(document: JsonObject, contexts?: Contexts): Promise<string> {
	return jsonld.canonize(document, { algorithm: 'RDFC-1.0', format: 'application/n-quads', safe: true, documentLoader: contextLoader(contexts) })
}

async function sha256(text: string): Promise<Uint8Array> {
	return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}
