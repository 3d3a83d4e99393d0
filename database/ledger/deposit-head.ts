import { join } from 'node:path'
import type { Database } from '../connect.ts'
import { Refusal } from '../refusal.ts'
import type { CoreTables } from '../tables.ts'
import { readSigningKey, signHead, writeHead, type LedgerHead } from './ledger-head.ts'

export interface HeadPlaces {
	/** Where the signing key lives. */
	dataDirectory: string
	/** `THROUGHLINE_LEDGER_HEADS`: a folder, best on another machine; default `ledger-heads` in the data directory. */
	folder?: string
	/** `THROUGHLINE_LEDGER_HEAD_URL`: an https address that also receives each head by PUT; off by default. */
	url?: string
}

const SEND_SECONDS = 20

/**
 * Signs the ledger's head and puts it where the administrator wants it. Returns undefined while the ledger is empty.
 * Errors: `head_not_delivered`; the local copy is written first.
 */
export async function depositHead(database: Database<CoreTables>, places: HeadPlaces, now: Date): Promise<LedgerHead | undefined> {
	const head = await signHead(database, readSigningKey(places.dataDirectory), now)
	if (!head) return undefined
	writeHead(headFolder(places), head)
	if (places.url) await send(places.url, head)
	return head
}

/** The folder that receives the heads. */
export function headFolder({ folder, dataDirectory }: HeadPlaces): string {
	return folder || join(dataDirectory, 'ledger-heads')
}

/** The places that the environment names. */
export function headPlaces(dataDirectory: string, environment: NodeJS.ProcessEnv = process.env): HeadPlaces {
	return { dataDirectory, folder: environment.THROUGHLINE_LEDGER_HEADS || undefined, url: environment.THROUGHLINE_LEDGER_HEAD_URL || undefined }
}

async function send(url: string, head: LedgerHead): Promise<void> {
	if (!url.startsWith('https://')) throw new Refusal('head_not_delivered', { url, reason: 'https' })
	const request = { method: 'PUT', body: JSON.stringify(head), headers: { 'content-type': 'application/json' }, redirect: 'error', signal: AbortSignal.timeout(SEND_SECONDS * 1000) } as const
	const response = await fetch(url, request).catch((cause: Error) => {
		throw new Refusal('head_not_delivered', { url, reason: cause.message }, { cause })
	})
	if (!response.ok) throw new Refusal('head_not_delivered', { url, reason: String(response.status) })
}
