import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Reader } from '../connect.ts'
import { Refusal } from '../refusal.ts'
import { writeDurably } from '../secret.ts'
import type { CoreTables } from '../tables.ts'
import { canonicalJson } from './canonical-json.ts'

/** What the ledger's last row was at a moment, signed: kept elsewhere, it shows a chain that was cut or rewritten whole. */
export interface LedgerHead {
	seq: number
	/** Hash of row `seq`, hexadecimal. */
	hash: string
	at: string
	/** Ed25519 key of the installation, SPKI in base64. */
	publicKey: string
	/** Ed25519 signature over the canonical JSON of the other fields, base64. */
	signature: string
}

/** The installation's signing key, made at first use and kept in the data directory for its owner only. */
export function readSigningKey(directory: string): KeyObject {
	const file = join(directory, 'ledger-key.pem')
	if (!existsSync(file)) {
		const { privateKey } = generateKeyPairSync('ed25519')
		writeDurably(file, privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, 0o600)
	}
	return createPrivateKey(readFileSync(file))
}

/** The signed head of the ledger, or undefined while the ledger is empty. */
export async function signHead(reader: Reader<CoreTables>, key: KeyObject, at: Date): Promise<LedgerHead | undefined> {
	const last = await reader.selectFrom('core.ledger').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst()
	if (!last) return undefined
	const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64')
	const unsigned = { seq: last.seq, hash: last.hash.toString('hex'), at: at.toISOString(), publicKey }
	return { ...unsigned, signature: sign(null, Buffer.from(canonicalJson(unsigned)), key).toString('base64') }
}

/** Whether the head carries a valid signature of the key it names. */
export function isSigned({ signature, ...unsigned }: LedgerHead): boolean {
	try {
		const key = createPublicKey({ key: Buffer.from(unsigned.publicKey, 'base64'), type: 'spki', format: 'der' })
		return verify(null, Buffer.from(canonicalJson(unsigned)), key, Buffer.from(signature, 'base64'))
	} catch {
		return false
	}
}

/** First 16 hexadecimal digits of the key's SHA-256: short enough to be read out over the telephone. */
export function fingerprintOf(head: LedgerHead): string {
	return createHash('sha256').update(Buffer.from(head.publicKey, 'base64')).digest('hex').slice(0, 16)
}

/** Writes the head as `head-<seq>.json`; one that stands there is never replaced. Returns the file. */
export function writeHead(folder: string, head: LedgerHead): string {
	const file = join(folder, `head-${String(head.seq).padStart(12, '0')}.json`)
	mkdirSync(folder, { recursive: true })
	if (!existsSync(file)) writeDurably(file, JSON.stringify(head, null, 2) + '\n', 0o644)
	return file
}

/** All heads of a folder in the order of their rows. Errors: `head_unreadable` for a file that is no signed head. */
export function readHeads(folder: string): LedgerHead[] {
	const files = globSync('head-*.json', { cwd: folder }).sort()
	return files.map((name) => {
		const file = join(folder, name)
		const head = parse(readFileSync(file, 'utf8'))
		if (!head || !isSigned(head)) throw new Refusal('head_unreadable', { file })
		return head
	})
}

function parse(text: string): LedgerHead | undefined {
	try {
		const head = JSON.parse(text) as LedgerHead
		return Number.isInteger(head.seq) && /^[0-9a-f]{64}$/.test(head.hash) ? head : undefined
	} catch {
		return undefined
	}
}
