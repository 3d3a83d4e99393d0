import { createHash } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { Refusal } from '#database'
import { NETWORK_SOURCE, type Network, type SharedThing } from '../../network/network.ts'

/** Networks that may wait for their turn, and that are kept once they are made. */
const MOST_WAITING = 8
const MOST_KEPT = 12
const SECONDS = 30
/** The same network looks the same every time. */
const SEED = 20_260_301

const THREAD = `${NETWORK_SOURCE.text}
const { parentPort, workerData } = require('node:worker_threads')
parentPort.postMessage(${NETWORK_SOURCE.makes}(workerData.count, workerData.things, workerData.seed))`

const kept = new Map<string, Promise<Network>>()
let waiting = 0
let last: Promise<unknown> = Promise.resolve()

/** The network of organizations that share things, made in a thread of its own, one at a time, so that no page waits for it; kept while it is asked for. Errors: `network_busy`. */
export async function networkInThread(count: number, things: readonly SharedThing[]): Promise<Network> {
	const key = createHash('sha256').update(JSON.stringify([count, things])).digest('base64')
	const known = kept.get(key)
	if (known) return known
	if (waiting >= MOST_WAITING) throw new Refusal('network_busy')
	waiting++
	const made = last.then(() => makeNow({ count, things, seed: SEED })).finally(() => waiting--)
	last = made.catch(() => kept.delete(key))
	kept.set(key, made)
	if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!)
	return made
}

function makeNow(work: { count: number; things: readonly SharedThing[]; seed: number }): Promise<Network> {
	return new Promise((resolve, reject) => {
		const worker = new Worker(THREAD, { eval: true, name: 'network', workerData: work })
		const cut = setTimeout(() => void worker.terminate(), SECONDS * 1000)
		worker.once('message', resolve)
		worker.once('error', reject)
		worker.once('exit', (code) => {
			clearTimeout(cut)
			// Without effect once the network is there.
			reject(new Error(`the thread of a network ended with ${code}`))
		})
	})
}
