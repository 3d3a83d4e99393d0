import { fromMultikey, toMultikey } from './multikey.ts'

/** A key of a controller document. https://www.w3.org/TR/cid-1.0/#verification-methods */
export interface VerificationMethod {
	id: string
	type: string
	controller: string
	publicKeyMultibase?: string
	/** When the key stopped: signatures made later are none. */
	revoked?: string
}

/** What a DID leads to, as far as signatures need it. https://www.w3.org/TR/did-1.0/#core-properties */
export interface DidDocument {
	'@context'?: unknown
	id: string
	verificationMethod?: VerificationMethod[]
	/** Keys, or names of keys above, that may sign claims. */
	assertionMethod?: (string | VerificationMethod)[]
}

const CONTEXTS = ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1']

/** The DID that is its own key, and cannot change it. https://w3c-ccg.github.io/did-key-spec/ */
export const didKeyOf = (publicKey: Uint8Array): string => `did:key:${toMultikey(publicKey)}`

/** The document of a `did:key`, worked out from its text; undefined for another DID or another kind of key. */
export function resolveDidKey(did: string): DidDocument | undefined {
	const key = did.startsWith('did:key:') ? did.slice(8) : ''
	return fromMultikey(key) && didDocumentOf(did, [{ name: key, publicKeyMultibase: key }])
}

/** A document that names keys which may sign claims; a `revoked` one stays, so that what it signed before can still be read. */
export function didDocumentOf(did: string, keys: { name: string; publicKeyMultibase: string; revoked?: string }[]): DidDocument {
	const verificationMethod = keys.map(({ name, publicKeyMultibase, revoked }) => ({ id: `${did}#${name}`, type: 'Multikey', controller: did, publicKeyMultibase, ...(revoked ? { revoked } : {}) }))
	return { '@context': CONTEXTS, id: did, verificationMethod, assertionMethod: verificationMethod.map(({ id }) => id) }
}

/** The `did:web` of an origin such as `https://example.org:8443`, or of a path below it. https://w3c-ccg.github.io/did-method-web/ */
export function didWebOf(origin: string, path = ''): string {
	const host = new URL(origin).host.replace(':', '%3A')
	return ['did:web', host, ...path.split('/').filter(Boolean).map(encodeURIComponent)].join(':')
}

/** Where the document of a `did:web` lies; undefined for another DID or one whose host is none. */
export function addressOfDidWeb(did: string): string | undefined {
	const [scheme, method, host, ...path] = did.split(':')
	if (scheme !== 'did' || method !== 'web' || !host || path.some((part) => part === '')) return undefined
	try {
		const name = decodeURIComponent(host)
		if (!/^[a-z0-9.-]+(:\d{1,5})?$/i.test(name)) return undefined
		return `https://${name}${path.length === 0 ? '/.well-known' : `/${path.join('/')}`}/did.json`
	} catch {
		return undefined
	}
}

/** The key of a document by its identifier, when it may sign claims. */
export function assertionKey(document: DidDocument, id: string): VerificationMethod | undefined {
	const named = (document.assertionMethod ?? []).find((one) => (typeof one === 'string' ? one : one.id) === id)
	const method = typeof named === 'string' ? document.verificationMethod?.find((one) => one.id === named) : named
	return method?.controller === document.id ? method : undefined
}
