import { createRequire } from 'node:module'
import type * as Threads from 'node:worker_threads'
import { Worker } from 'node:worker_threads'
import type { DidDocument, SignedCredential, Verdict } from '@throughline/credentials'
import { Refusal } from '#database'

/** What somebody brought to have a credential checked; nothing else is looked at, and nothing is fetched. */
export interface BroughtCredential {
	/** The credential as JSON. */
	credential: string
	/** The issuer's `did.json`, or empty. */
	document: string
	/** The signed status list that the credential names, or empty. */
	list: string
}

/** The answer, and what the credential says of itself. */
export interface CheckedCredential extends Verdict {
	issuer?: string
	/** Names and identifiers of its subjects. */
	subjects: string[]
	title?: string
	validFrom?: string
	validUntil?: string
}

type Library = typeof import('@throughline/credentials')

/** A credential is written so that checking it takes long, or the machine is busy: then the answer is a refusal. */
const SECONDS = 5
/** How many are checked at once; more wait for nothing and are told to come back. */
const AT_ONCE = 2
let running = 0

/** Runs in a thread from its text alone, so everything that it needs comes in by its parameters. */
function checkInThread({ parentPort, workerData }: typeof Threads, load: (address: string) => Promise<Library>): void {
	const { library, credential, documents, lists, now } = workerData as { library: string; credential: unknown; documents: DidDocument[]; lists: [string, unknown][]; now: number }
	void load(library).then(({ verifyCredential }) => verifyCredential(credential, { now, documents, lists: new Map(lists) })).then((verdict) => parentPort!.postMessage(verdict))
}

const THREAD = `(${checkInThread})(require('node:worker_threads'), (address) => import(address))`
const require = createRequire(import.meta.url)

/**
 * Checks a credential in a thread of its own, because one can be written so that its canonical form takes long. Errors: `credential_missing`,
 * `credential_document_unreadable`, `credential_list_unreadable`, `credential_slow`, `credential_busy`.
 */
export async function checkCredential(brought: BroughtCredential, now: Date): Promise<CheckedCredential> {
	if (brought.credential.trim() === '') throw new Refusal('credential_missing')
	const { readCredential }: Library = await import('@throughline/credentials')
	const read = readCredential(brought.credential)
	if (typeof read === 'string') return { verdict: 'invalid', checks: [{ check: 'shape', state: 'failed', reason: read }], subjects: [] }
	const document = parse(brought.document, 'credential_document_unreadable', ({ id }) => typeof id === 'string') as DidDocument | undefined
	const list = parse(brought.list, 'credential_list_unreadable', ({ credentialSubject }) => credentialSubject !== undefined)
	const address = read.credentialStatus?.statusListCredential
	const verdict = await inThread({ credential: read, documents: document ? [document] : [], lists: list && address ? [[address, list]] : [], now: now.getTime() })
	return { ...verdict, ...describe(read) }
}

function parse(text: string, code: string, isRight: (value: Record<string, unknown>) => boolean): unknown {
	if (text.trim() === '') return undefined
	try {
		const value = JSON.parse(text) as Record<string, unknown> | null
		if (value && typeof value === 'object' && isRight(value)) return value
	} catch {}
	throw new Refusal(code)
}

function describe({ issuer, credentialSubject, name, validFrom, validUntil }: SignedCredential): Omit<CheckedCredential, keyof Verdict> {
	const subjects = [credentialSubject].flat().map((subject) => [subject.name, subject.id].filter((one) => typeof one === 'string').join(' · ')).filter(Boolean)
	return { issuer: typeof issuer === 'string' ? issuer : issuer.id, subjects: subjects.slice(0, 5), ...(typeof name === 'string' ? { title: name } : {}), ...(validFrom ? { validFrom } : {}), ...(validUntil ? { validUntil } : {}) }
}

function inThread(data: object): Promise<Verdict> {
	if (running >= AT_ONCE) throw new Refusal('credential_busy')
	running += 1
	return new Promise<Verdict>((resolve, reject) => {
		const worker = new Worker(THREAD, { eval: true, name: 'credential', workerData: { ...data, library: require.resolve('@throughline/credentials') }, resourceLimits: { maxOldGenerationSizeMb: 256 } })
		const cut = setTimeout(() => void worker.terminate(), SECONDS * 1000)
		worker.once('message', resolve)
		// Whatever ends the thread before it answers is of the credential that it was given.
		worker.once('error', () => reject(new Refusal('credential_slow')))
		worker.once('exit', () => {
			clearTimeout(cut)
			running -= 1
			// Without effect once the answer is there.
			reject(new Refusal('credential_slow'))
		})
	})
}
