import { parentPort, Worker, workerData } from 'node:worker_threads'
import type pg from 'pg'
import { connectTo } from '../connect.ts'
import type { CoreTables } from '../tables.ts'
import type { TaskMap } from './jobs.ts'
import { recoverJobs } from './recover-jobs.ts'
import { runJobs, type ClockedTasks } from './run-jobs.ts'

export interface JobThread {
	/** Lets running jobs end for at most `graceSeconds`; those that did not end begin again at the next start. */
	stop(graceSeconds: number): Promise<void>
}

const RESTART_MILLISECONDS = 1000

/**
 * Starts the thread that does the jobs, so that their computing never delays a page. `entry` is the file that calls
 * `serveJobs`. A thread that ends by itself (out of memory) is started again. Only the holder of the server's lock may call it.
 */
export async function startJobThread({ address, entry }: { address: pg.PoolConfig; entry: URL }): Promise<JobThread> {
	let stopping = false
	let ended = Promise.withResolvers<void>()
	const launch = (forgive: boolean): Promise<Worker> => {
		const worker = new Worker(entry, { workerData: { address, forgive }, name: 'jobs' })
		const up = Promise.withResolvers<Worker>()
		worker.on('message', (message) => message === 'up' && up.resolve(worker))
		worker.on('error', (cause) => {
			console.error(cause)
			up.reject(cause)
		})
		worker.on('exit', () => {
			if (stopping) return ended.resolve()
			setTimeout(() => void (stopping ? ended.resolve() : (current = launch(false))), RESTART_MILLISECONDS)
		})
		up.promise.catch(() => undefined)
		return up.promise
	}
	let current = launch(true)
	await current
	const stop = async (graceSeconds: number) => {
		stopping = true
		const worker = await current.catch(() => undefined)
		if (!worker) return
		worker.postMessage({ stop: graceSeconds })
		const cut = setTimeout(() => void worker.terminate(), (graceSeconds + 2) * 1000)
		await ended.promise
		clearTimeout(cut)
	}
	return { stop }
}

/** What the thread's entry file calls: recovers what was left, then does jobs until it is told to stop. */
export async function serveJobs(tasks: TaskMap, clocked: ClockedTasks = {}): Promise<void> {
	const { address, forgive } = workerData as { address: pg.PoolConfig; forgive: boolean }
	const open = await connectTo<CoreTables>(address)
	await recoverJobs(open.database, { forgive })
	const runner = await runJobs(open, tasks, clocked)
	parentPort!.on('message', async ({ stop }: { stop: number }) => {
		await runner.stop(stop)
		process.exit(0)
	})
	parentPort!.postMessage('up')
}
