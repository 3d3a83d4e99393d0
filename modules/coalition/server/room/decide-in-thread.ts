import { createRequire } from 'node:module'
import type * as Threads from 'node:worker_threads'
import { Worker } from 'node:worker_threads'
import type { Release, Secret, Statement, TableNumber } from '@throughline/disclosure'
import { Refusal } from '#database'

/** The tables of one question with the true counts, what is known already, and what nobody may learn of them (`secrets` before it, `small` of it). */
export interface ReleaseWork {
	numbers: TableNumber[]
	counts: ReadonlyMap<string, number>
	published: Statement[]
	secrets: Secret[]
	small: Secret[]
}

/** What of a question may be shown, and how much it gives away all the same when it is audited once more as a whole. */
export interface DecidedRelease {
	release: Release
	leaks: number
}

const SECONDS = 120

/** Runs in a thread from its text alone, so everything that it needs comes in by its parameters. */
function decideInThread({ parentPort, workerData }: typeof Threads, load: (address: string) => Promise<typeof import('@throughline/disclosure')>): void {
	const { library, works } = workerData as { library: string; works: ReleaseWork[] }
	const decide = ({ suppress, audit }: typeof import('@throughline/disclosure')) => works.map(({ numbers, counts, published, secrets, small }) => {
		const release = suppress(numbers, counts, published, secrets)
		return { release, leaks: release.exposed.length > 0 ? release.exposed.length : audit([...published, ...release.statements], [...secrets, ...small]).length }
	})
	// A range error says that what was published before contradicts the answers; others end the thread.
	load(library).then(decide).then((decided) => parentPort!.postMessage({ decided }), (cause: unknown) => {
		if (!(cause instanceof RangeError)) throw cause
		parentPort!.postMessage({ contradicted: true })
	})
}

const THREAD = `(${decideInThread})(require('node:worker_threads'), (address) => import(address))`
const library = createRequire(import.meta.url).resolve('@throughline/disclosure')

/** Decides what of each question may be shown, in a thread of its own, so that nobody else waits for it. Errors: `room_leaks`. */
export function decideReleases(works: readonly ReleaseWork[]): Promise<DecidedRelease[]> {
	if (works.length === 0) return Promise.resolve([])
	return new Promise((resolve, reject) => {
		const worker = new Worker(THREAD, { eval: true, name: 'room', workerData: { library, works } })
		const cut = setTimeout(() => void worker.terminate(), SECONDS * 1000)
		worker.once('message', ({ decided }: { decided?: DecidedRelease[] }) => (decided ? resolve(decided) : reject(new Refusal('room_leaks'))))
		worker.once('error', reject)
		worker.once('exit', (code) => {
			clearTimeout(cut)
			// Without effect once the answer is there.
			reject(new Error(`the thread of a room ended with ${code}`))
		})
	})
}
