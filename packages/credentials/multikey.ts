import { base58 } from '@scure/base'

/** Multicodec of an Ed25519 public key: 0xed as a varint. https://www.w3.org/TR/cid-1.0/#Multikey */
const ED25519 = [0xed, 0x01]
/** First bytes of a PKCS #8 Ed25519 private key; the seed follows. RFC 8410, section 7. */
const PKCS8 = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20]

/** An Ed25519 key that signs; the seed stays inside. */
export interface SigningKey {
	/** 32 bytes. */
	publicKey: Uint8Array
	/** 64 bytes over the given ones. RFC 8032, section 5.1.6. */
	sign(bytes: Uint8Array): Promise<Uint8Array>
}

/** The key of a seed of 32 random bytes, which the caller draws and keeps secret. Errors: `RangeError` for another length. */
export async function keyFromSeed(seed: Uint8Array): Promise<SigningKey> {
	if (seed.length !== 32) throw new RangeError('a seed has 32 bytes')
	const key = await crypto.subtle.importKey('pkcs8', Uint8Array.from([...PKCS8, ...seed]), 'Ed25519', true, ['sign'])
	const { x } = await crypto.subtle.exportKey('jwk', key)
	const publicKey = Uint8Array.from(atob(x!.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
	return { publicKey, sign: async (bytes) => new Uint8Array(await crypto.subtle.sign('Ed25519', key, Uint8Array.from(bytes))) }
}

/** Whether 64 bytes are the signature of a public key (32 bytes) over `bytes`; false for a key or signature of another length. */
export async function verifyBytes(publicKey: Uint8Array, signature: Uint8Array, bytes: Uint8Array): Promise<boolean> {
	if (publicKey.length !== 32 || signature.length !== 64) return false
	const key = await crypto.subtle.importKey('raw', Uint8Array.from(publicKey), 'Ed25519', false, ['verify']).catch(() => undefined)
	return key !== undefined && crypto.subtle.verify('Ed25519', key, Uint8Array.from(signature), Uint8Array.from(bytes))
}

/** Bytes as multibase in base58btc: `z` and the text. https://www.w3.org/TR/cid-1.0/#multibase-0 */
export const toMultibase = (bytes: Uint8Array): string => `z${base58.encode(bytes)}`

/** The bytes of a multibase text in base58btc, or undefined where it is none. */
export function fromMultibase(text: string): Uint8Array | undefined {
	if (!text.startsWith('z') || text.length > 200) return undefined
	try {
		return base58.decode(text.slice(1))
	} catch {
		return undefined
	}
}

/** A public key as `publicKeyMultibase` writes it: `z6Mk…`. */
export const toMultikey = (publicKey: Uint8Array): string => toMultibase(Uint8Array.from([...ED25519, ...publicKey]))

/** The 32 bytes of an Ed25519 key written as `z6Mk…`, or undefined for anything else. */
export function fromMultikey(text: string): Uint8Array | undefined {
	const bytes = fromMultibase(text)
	return bytes?.length === 34 && bytes[0] === ED25519[0] && bytes[1] === ED25519[1] ? bytes.slice(2) : undefined
}
