import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { OpenDatabase } from '../connect.ts'
import type { CoreTables } from '../tables.ts'
import { createTestDatabase } from '../testing/index.ts'
import { startJobThread, type JobThread } from './job-thread.ts'
import { enqueue, getJob, type Job } from './jobs.ts'

let open: OpenDatabase<CoreTables>
let thread: JobThread
before(async () => {
	open = await createTestDatabase<CoreTables>()
	thread = await startJobThread({ address: open.address, entry: new URL('../testing/job-thread-entry.ts', import.meta.url) })
})
after(async () => {
	await thread.stop(1)
	await open.close()
})

async function run(task: string, payload: { times?: number } = {}): Promise<Job> {
	const id = randomUUID()
	await open.database.transaction().execute((writer) => enqueue(writer, { id, task, payload, askedBy: 'system', at: new Date() }))
	for (;;) {
		const job = await getJob(open.database, id)
		if (job.state === 'done' || job.state === 'failed') return job
		await sleep(20)
	}
}

test('a job that computes without a pause does not delay the thread that serves pages', { timeout: 30_000 }, async () => {
	let longest = 0
	let last = performance.now()
	const ticks = setInterval(() => {
		longest = Math.max(longest, performance.now() - last)
		last = performance.now()
	}, 5)
	assert.equal((await run('compute')).state, 'done')
	clearInterval(ticks)
	assert.ok(longest < 300, `one tick took ${Math.round(longest)} ms`)
})

test('a thread that ends by itself is started again and repeats its job; the third time the job has failed', { timeout: 60_000 }, async () => {
	assert.equal((await run('end-thread', { times: 1 })).state, 'done')
	const failed = await run('end-thread', { times: 9 })
	assert.deepEqual([failed.state, failed.reason!.code], ['failed', 'job_broke'])
	assert.equal((await run('compute')).state, 'done', 'other jobs go on')
})
