import { CREDENTIALS_V2 } from './contexts.ts'
import type { JsonObject, Proof } from './eddsa-rdfc-2022.ts'

/** A verifiable credential of version 2, as far as it is read here. https://www.w3.org/TR/vc-data-model-2.0/ */
export interface Credential extends JsonObject {
	'@context': unknown[]
	id?: string
	type: string[]
	issuer: string | (JsonObject & { id: string })
	validFrom?: string
	validUntil?: string
	credentialSubject: JsonObject | JsonObject[]
	credentialStatus?: StatusEntry
}

export type SignedCredential = Credential & { proof: Proof }

/** Where a credential's status is found. https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry */
export interface StatusEntry extends JsonObject {
	type: 'BitstringStatusListEntry'
	statusPurpose: string
	statusListIndex: string
	statusListCredential: string
}

/** Most characters of a credential that is read, and deepest nesting. */
export const LARGEST_CREDENTIAL = 262_144
const DEEPEST = 32

/** An instant with its zone, as XML Schema writes a dateTimeStamp. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

/** What is wrong with the shape of a credential. */
export type ShapeFault =
	| 'not_json' | 'too_large' | 'too_deep' | 'not_an_object' | 'context_missing' | 'type_missing' | 'id_no_address' | 'issuer_missing'
	| 'subject_missing' | 'date_unreadable' | 'proof_missing' | 'proofs_many' | 'proof_unknown' | 'status_unreadable'

/** The identifier of whoever issued it. */
export const issuerOf = ({ issuer }: Credential): string => (typeof issuer === 'string' ? issuer : issuer.id)

/** A text as a credential, or what is wrong with it. */
export function readCredential(text: string): SignedCredential | ShapeFault {
	if (text.length > LARGEST_CREDENTIAL) return 'too_large'
	try {
		return shapeFault(JSON.parse(text)) ?? (JSON.parse(text) as SignedCredential)
	} catch {
		return 'not_json'
	}
}

/** The first thing that is wrong with the shape of something that should be a signed credential. */
export function shapeFault(value: unknown): ShapeFault | undefined {
	if (!isObject(value)) return 'not_an_object'
	if (isDeeper(value, DEEPEST)) return 'too_deep'
	const { id, type, issuer, credentialSubject: subject, validFrom, validUntil, proof, credentialStatus: status } = value
	const contexts = value['@context']
	if (!Array.isArray(contexts) || contexts[0] !== CREDENTIALS_V2) return 'context_missing'
	if (!Array.isArray(type) || !type.includes('VerifiableCredential') || !type.every((one) => typeof one === 'string')) return 'type_missing'
	if (id !== undefined && !isAddress(id)) return 'id_no_address'
	if (!isAddress(isObject(issuer) ? issuer.id : issuer)) return 'issuer_missing'
	if (![subject].flat().every((one) => isObject(one) && Object.keys(one).length > 0) || [subject].flat().length === 0) return 'subject_missing'
	if (![validFrom, validUntil].every((date) => date === undefined || isInstant(date))) return 'date_unreadable'
	return proofFault(proof) ?? (status === undefined || isStatusEntry(status) ? undefined : 'status_unreadable')
}

function proofFault(proof: unknown): ShapeFault | undefined {
	if (proof === undefined) return 'proof_missing'
	if (Array.isArray(proof)) return 'proofs_many'
	if (!isObject(proof) || proof.type !== 'DataIntegrityProof' || proof.cryptosuite !== 'eddsa-rdfc-2022') return 'proof_unknown'
	if (proof.proofPurpose !== 'assertionMethod' || typeof proof.proofValue !== 'string' || typeof proof.verificationMethod !== 'string') return 'proof_unknown'
	return [proof.created, proof.expires].every((date) => date === undefined || isInstant(date)) ? undefined : 'date_unreadable'
}

function isStatusEntry(status: unknown): status is StatusEntry {
	return isObject(status) && status.type === 'BitstringStatusListEntry' && typeof status.statusPurpose === 'string'
		&& typeof status.statusListIndex === 'string' && /^\d{1,9}$/.test(status.statusListIndex) && isAddress(status.statusListCredential)
}

function isDeeper(value: unknown, levels: number): boolean {
	return typeof value === 'object' && value !== null && (levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1)))
}

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)
const isInstant = (value: unknown): value is string => typeof value === 'string' && INSTANT.test(value) && !Number.isNaN(Date.parse(value))
const isAddress = (value: unknown): value is string => typeof value === 'string' && /^[a-z][a-z0-9+.-]*:\S+$/i.test(value)
