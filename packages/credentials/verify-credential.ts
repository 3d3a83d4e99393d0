import { UnknownContext, type Contexts } from './contexts.ts'
import { issuerOf, shapeFault, type ShapeFault, type SignedCredential } from './credential.ts'
import { assertionKey, resolveDidKey, type DidDocument, type VerificationMethod } from './did.ts'
import { isProofOf } from './eddsa-rdfc-2022.ts'
import { fromMultikey } from './multikey.ts'
import { decodeList, isSet } from './status-list.ts'

/** One question that a verifier asks, with its answer; `unknown` where an answer needs what was not at hand. */
export interface Check {
	check: 'shape' | 'issuer' | 'proof' | 'period' | 'status'
	state: 'passed' | 'failed' | 'unknown'
	reason?: ShapeFault | CheckReason
	/** What the reason speaks of: a DID, a context, a day. */
	of?: string
}

export type CheckReason =
	| 'issuer_unknown' | 'issuer_other' | 'key_unknown' | 'key_revoked' | 'signature_wrong' | 'context_unknown' | 'terms_unknown' | 'proof_expired'
	| 'not_yet' | 'over' | 'list_unknown' | 'list_wrong' | 'revoked'

export interface Verdict {
	verdict: 'valid' | 'invalid' | 'unknown'
	checks: Check[]
}

/** What a check needs beside the credential; nothing is fetched. */
export interface Beside {
	/** The instant of checking, in milliseconds since 1970 UTC. */
	now: number
	/** Documents of `did:web` that are at hand; `did:key` needs none. */
	documents?: readonly DidDocument[]
	/** Signed status lists that are at hand, by their address. */
	lists?: ReadonlyMap<string, unknown>
	contexts?: Contexts
}

/**
 * Checks a credential without a network: shape, that the key is its issuer's, signature, dates, and whether it was revoked. Everything is asked
 * even after a failure, except what cannot be read. A key that was revoked later than `created` counts, though whoever stole it could date back.
 */
export async function verifyCredential(value: unknown, beside: Beside): Promise<Verdict> {
	const fault = shapeFault(value)
	if (fault) return conclude([{ check: 'shape', state: 'failed', reason: fault }])
	const credential = value as SignedCredential
	const { checks, key } = findKey(credential, beside)
	return conclude([{ check: 'shape', state: 'passed' }, ...checks, await checkProof(credential, key, beside), checkPeriod(credential, beside), ...(await checkStatus(credential, beside))])
}

function conclude(checks: Check[]): Verdict {
	const failed = checks.some(({ state }) => state === 'failed')
	return { verdict: failed ? 'invalid' : checks.some(({ state }) => state === 'unknown') ? 'unknown' : 'valid', checks }
}

function findKey(credential: SignedCredential, { documents = [] }: Beside): { checks: Check[]; key?: VerificationMethod } {
	const answer = (state: Check['state'], reason?: CheckReason, of?: string): Check => ({ check: 'issuer', state, ...(reason ? { reason, of } : {}) })
	const [issuer, { verificationMethod: id, created }] = [issuerOf(credential), credential.proof]
	if (id.split('#')[0] !== issuer) return { checks: [answer('failed', 'issuer_other', issuer)] }
	const document = resolveDidKey(issuer) ?? documents.find((one) => one.id === issuer)
	if (!document) return { checks: [answer('unknown', 'issuer_unknown', issuer)] }
	const key = assertionKey(document, id)
	if (!key) return { checks: [answer('failed', 'key_unknown', id)] }
	if (key.revoked && !(created && Date.parse(created) < Date.parse(key.revoked))) return { checks: [answer('failed', 'key_revoked', key.revoked)] }
	return { checks: [answer('passed')], key }
}

async function checkProof(credential: SignedCredential, key: VerificationMethod | undefined, { now, contexts }: Beside): Promise<Check> {
	const answer = (state: Check['state'], reason?: CheckReason, of?: string): Check => ({ check: 'proof', state, ...(reason ? { reason, of } : {}) })
	if (!key) return answer('unknown', 'key_unknown', credential.proof.verificationMethod)
	const { expires } = credential.proof
	if (expires && Date.parse(expires) <= now) return answer('failed', 'proof_expired', expires)
	const publicKey = fromMultikey(key.publicKeyMultibase ?? '')
	if (!publicKey) return answer('failed', 'key_unknown', key.id)
	try {
		return (await isProofOf(publicKey, credential, contexts)) ? answer('passed') : answer('failed', 'signature_wrong')
	} catch (cause) {
		const unknown = contextOf(cause)
		return unknown ? answer('unknown', 'context_unknown', unknown) : answer('failed', 'terms_unknown')
	}
}

/** The context that was not at hand, however deep the library wrapped it. */
function contextOf(cause: unknown): string | undefined {
	if (cause instanceof UnknownContext) return cause.url
	const { cause: inner, details } = (cause ?? {}) as { cause?: unknown; details?: { cause?: unknown } }
	return inner ?? details?.cause ? contextOf(inner ?? details!.cause) : undefined
}

function checkPeriod({ validFrom, validUntil }: SignedCredential, { now }: Beside): Check {
	if (validFrom && Date.parse(validFrom) > now) return { check: 'period', state: 'failed', reason: 'not_yet', of: validFrom }
	if (validUntil && Date.parse(validUntil) < now) return { check: 'period', state: 'failed', reason: 'over', of: validUntil }
	return { check: 'period', state: 'passed' }
}

async function checkStatus(credential: SignedCredential, beside: Beside): Promise<Check[]> {
	const entry = credential.credentialStatus
	if (!entry) return []
	const answer = (state: Check['state'], reason?: CheckReason): Check[] => [{ check: 'status', state, ...(reason ? { reason, of: entry.statusListCredential } : {}) }]
	const list = beside.lists?.get(entry.statusListCredential)
	if (!list) return answer('unknown', 'list_unknown')
	const { verdict } = await verifyCredential(list, { ...beside, lists: undefined })
	const { credentialSubject, ...signed } = list as SignedCredential
	const subject = [credentialSubject].flat()[0]
	if (verdict !== 'valid' || issuerOf(signed as SignedCredential) !== issuerOf(credential) || subject?.statusPurpose !== entry.statusPurpose) return answer('failed', 'list_wrong')
	const bits = await decodeList(String(subject.encodedList))
	const set = bits && isSet(bits, Number(entry.statusListIndex))
	if (set === undefined) return answer('failed', 'list_wrong')
	return set ? answer('failed', 'revoked') : answer('passed')
}
