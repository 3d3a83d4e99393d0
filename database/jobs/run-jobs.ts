import type { Database, OpenDatabase } from '../connect.ts'
import type { CoreTables } from '../tables.ts'
import { getJob, type JobContext, type Task, type TaskMap } from './jobs.ts'
import { isDiskFull } from '../refusal.ts'

/** Work that the clock asks for, once a day; the server catches up after a night off. */
export type DailyTask = (context: { database: Database<CoreTables>; now(): Date }) => Promise<void>

/** Work that the clock asks for more often; `match` is a line of cron, in UTC. A time that was missed is not made up for. */
export interface ClockedTask {
	match: string
	work: DailyTask
}

export type ClockedTasks = Readonly<Record<string, DailyTask | ClockedTask>>

const DAILY = '17 3 * * *'

export interface JobRunner {
	/** Asks running tasks to end and waits for them, at most `graceSeconds`. Interrupted jobs begin again at the next start. */
	stop(graceSeconds: number): Promise<void>
}

interface Attempt {
	attempts: number
	max_attempts: number
}

/** Takes jobs from the queue and does them, two at a time. Call `recoverJobs` first. */
export async function runJobs(open: OpenDatabase<CoreTables>, tasks: TaskMap, clocked: ClockedTasks = {}): Promise<JobRunner> {
	const { Logger, parseCronItems, run } = await import('graphile-worker')
	const controller = new AbortController()
	const running = new Set<Promise<void>>()
	const now = () => new Date()
	const track = (work: Promise<void>) => {
		running.add(work)
		return work.finally(() => running.delete(work))
	}
	const asked = Object.entries(tasks).map(([name, task]) => [
		name,
		async (payload: unknown, { job: attempt }: { job: Attempt }) => {
			await track(doJob(open.database, (payload as { job: string }).job, attempt, controller.signal, task))
			// After a stop the queue keeps its lock until the next start frees it, without counting this attempt.
			if (controller.signal.aborted) await new Promise(() => undefined)
		},
	])
	const byClock = Object.entries(clocked).map(([name, task]) => ({ name, match: DAILY, work: task, ...(typeof task === 'function' ? {} : task) }))
	const timed = byClock.map(({ name, work }) => [name, () => track((work as DailyTask)({ database: open.database, now }))])
	const runner = await run({
		pgPool: open.pool,
		concurrency: 2,
		noHandleSignals: true,
		pollInterval: 2000,
		// Failures stand in core.job with their reason; the queue's own log would say everything twice.
		logger: new Logger(() => () => undefined),
		taskList: Object.fromEntries([...asked, ...timed]),
		parsedCronItems: parseCronItems(byClock.map(({ name, match }) => ({ task: name, match, options: { backfillPeriod: match === DAILY ? 86_400_000 : 0, maxAttempts: 3 } }))),
	})
	runner.promise.catch(() => undefined)
	const stop = async (graceSeconds: number) => {
		controller.abort()
		const settled = Promise.allSettled(running)
		await Promise.race([settled, new Promise((resolve) => setTimeout(resolve, graceSeconds * 1000).unref())])
		await Promise.race([runner.stop().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 1000).unref())])
	}
	return { stop }
}

async function doJob(database: Database<CoreTables>, id: string, attempt: Attempt, signal: AbortSignal, task: Task): Promise<void> {
	const job = await getJob(database, id)
	// The server may have died between the job's last word and the queue's.
	if (job.state === 'done' || job.state === 'failed') return
	const row = database.updateTable('core.job').where('id', '=', id)
	await row.set({ state: 'running', started_at: job.started_at ?? new Date(), heartbeat_at: new Date(), reason: null }).execute()
	const progress = followProgress(database, id)
	try {
		const context: JobContext = { id, askedBy: job.asked_by, database, report: progress.report, signal, now: () => new Date() }
		await task(job.payload, context)
		await progress.end()
		await row.set({ state: 'done', ended_at: new Date(), heartbeat_at: new Date() }).execute()
	} catch (cause) {
		await progress.end()
		if (signal.aborted) return void (await row.set({ state: 'waiting' }).execute())
		const reason = reasonOf(cause)
		if (reason.code === 'job_broke') console.error(cause)
		const last = reason.code !== 'job_broke' || attempt.attempts >= attempt.max_attempts
		await row.set({ state: last ? 'failed' : 'waiting', reason: JSON.stringify(reason), ended_at: last ? new Date() : null }).execute()
		if (!last) throw cause
	}
}

/** A typed reason as it is; anything else as `job_broke` with its message. */
function reasonOf(cause: unknown): { code: string; parameters: Record<string, string | number> } {
	const { code, parameters, message } = (cause ?? {}) as { code?: unknown; parameters?: unknown; message?: string }
	if (typeof code === 'string' && typeof parameters === 'object' && parameters) return { code, parameters: parameters as Record<string, string | number> }
	if (isDiskFull(cause)) return { code: 'disk_full', parameters: {} }
	return { code: 'job_broke', parameters: { reason: message ?? String(cause) } }
}

const REPORT_MILLISECONDS = 250
const HEARTBEAT_MILLISECONDS = 5000

/** Writes the newest report at most every quarter of a second, and a heartbeat in between. */
function followProgress(database: Database<CoreTables>, id: string) {
	let news: { step: string; done: number; total: number } | undefined
	let writing: Promise<unknown> = Promise.resolve()
	let timer: NodeJS.Timeout | undefined
	const write = () => {
		const values = { ...news, heartbeat_at: new Date() }
		news = undefined
		timer = undefined
		// A report that cannot be written is not worth a job.
		writing = writing.then(() => database.updateTable('core.job').set(values).where('id', '=', id).execute()).catch(() => undefined)
	}
	const heartbeat = setInterval(write, HEARTBEAT_MILLISECONDS)
	return {
		report(step: string, done: number, total: number) {
			news = { step, done: Math.round(done), total: Math.round(total) }
			timer ??= setTimeout(write, REPORT_MILLISECONDS)
		},
		async end() {
			clearInterval(heartbeat)
			clearTimeout(timer)
			if (news) write()
			await writing
		},
	}
}
