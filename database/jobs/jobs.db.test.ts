import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { connectTo, type OpenDatabase } from '../connect.ts'
import { Refusal } from '../refusal.ts'
import type { CoreTables } from '../tables.ts'
import { createTestDatabase } from '../testing/index.ts'
import { enqueue, getJob, listJobs, type Job, type Task } from './jobs.ts'
import { recoverJobs } from './recover-jobs.ts'
import { runJobs, type JobRunner } from './run-jobs.ts'

let open: OpenDatabase<CoreTables>
before(async () => void (open = await createTestDatabase<CoreTables>()))
after(() => open.close())

async function ask(task: string, payload: unknown = {}): Promise<string> {
	const id = randomUUID()
	await open.database.transaction().execute((writer) => enqueue(writer, { id, task, payload: payload as never, askedBy: 'system', at: new Date() }))
	return id
}

async function waitFor(id: string, done: (job: Job) => boolean, seconds = 20): Promise<Job> {
	const deadline = performance.now() + seconds * 1000
	for (;;) {
		const job = await getJob(open.database, id)
		if (done(job)) return job
		assert.ok(performance.now() < deadline, `job stays ${job.state} at ${job.step}`)
		await sleep(20)
	}
}

const ended = (job: Job) => job.state === 'done' || job.state === 'failed'

async function withRunner(tasks: Record<string, Task>, work: (runner: JobRunner) => Promise<void>): Promise<void> {
	const own = await connectTo<CoreTables>(open.address)
	await recoverJobs(own.database, { forgive: true })
	const runner = await runJobs(own, tasks)
	try {
		await work(runner)
	} finally {
		await runner.stop(0.2)
		await own.close()
	}
}

test('a job runs, reports its progress and ends as done', async () => {
	const count: Task = async (payload, job) => {
		const { to } = payload as { to: number }
		for (let done = 1; done <= to; done++) job.report('counting', done, to)
	}
	await withRunner({ count }, async () => {
		const job = await waitFor(await ask('count', { to: 1000 }), ended)
		assert.deepEqual([job.state, job.step, job.done, job.total, job.reason], ['done', 'counting', 1000, 1000, null])
		assert.ok(job.ended_at! >= job.started_at!)
	})
})

test('a job asked for in a transaction that fails was never asked for', async () => {
	const id = randomUUID()
	const asking = open.database.transaction().execute(async (writer) => {
		await enqueue(writer, { id, task: 'count', payload: {}, askedBy: 'system', at: new Date() })
		throw new Error('no')
	})
	await assert.rejects(asking, /no/)
	await assert.rejects(getJob(open.database, id), { code: 'job_unknown' })
	const { rows } = await sql`select 1 from graphile_worker.jobs where key = ${id}`.execute(open.database)
	assert.equal(rows.length, 0)
})

test('a refusal ends a job with its reason at the first attempt', async () => {
	let runs = 0
	const refuse: Task = async () => {
		runs++
		throw new Refusal('port_taken', { port: '80' })
	}
	await withRunner({ refuse }, async () => {
		const job = await waitFor(await ask('refuse'), ended)
		assert.deepEqual([job.state, job.reason, runs], ['failed', { code: 'port_taken', parameters: { port: '80' } }, 1])
	})
})

test('an unexpected error is tried again', async (context) => {
	context.mock.method(console, 'error', () => undefined)
	let runs = 0
	const stumble: Task = async () => {
		if (++runs < 2) throw new Error('network')
	}
	await withRunner({ stumble }, async () => {
		const id = await ask('stumble')
		const waiting = await waitFor(id, (job) => job.reason !== null)
		assert.deepEqual([waiting.state, waiting.reason!.code], ['waiting', 'job_broke'])
		const job = await waitFor(id, ended)
		assert.deepEqual([job.state, runs, job.reason], ['done', 2, null])
	})
})

test('a stopped server leaves its job waiting, and the next start does it without counting the attempt', async () => {
	let runs = 0
	const long: Task = async (_payload, job) => {
		if (++runs > 4) return
		await new Promise((_resolve, reject) => job.signal.addEventListener('abort', () => reject(new Error('stopping'))))
	}
	const id = await ask('long')
	for (let start = 0; start < 4; start++) {
		await withRunner({ long }, async () => void (await waitFor(id, (job) => job.state === 'running')))
		assert.equal((await getJob(open.database, id)).state, 'waiting')
	}
	await withRunner({ long }, async () => assert.equal((await waitFor(id, ended)).state, 'done'))
	assert.equal(runs, 5)
})

test('a job that a restored backup brought is put into the queue again', async () => {
	const id = await ask('count', { to: 1 })
	await sql`delete from graphile_worker._private_jobs`.execute(open.database)
	await withRunner({ count: async () => undefined }, async () => assert.equal((await waitFor(id, ended)).state, 'done'))
})

test('jobs are listed newest first', async () => {
	const jobs = await listJobs(open.database, { task: 'count' })
	assert.ok(jobs.length >= 2)
	assert.deepEqual(jobs.map((job) => job.asked_at.getTime()), jobs.map((job) => job.asked_at.getTime()).sort((a, b) => b - a))
})
