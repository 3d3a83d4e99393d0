// The thread that job-thread.db.test.ts starts.
import { sql } from 'kysely'
import { serveJobs } from '../jobs/job-thread.ts'
import type { Task } from '../jobs/jobs.ts'

/** Computes without a pause, as loading a region does. */
const compute: Task = async () => {
	const until = performance.now() + 600
	while (performance.now() < until) Math.sqrt(until)
}

/** Ends its thread until it has done so `times` times, as running out of memory would. */
const endThread: Task = async (payload, job) => {
	const { times } = payload as { times: number }
	const { rows } = await sql<{ count: number }>`insert into core.setting (key, value) values (${`ended/${job.id}`}, '1')
		on conflict (key) do update set value = to_jsonb((core.setting.value #>> '{}')::int + 1) returning (value #>> '{}')::int as count`.execute(job.database)
	if (rows[0]!.count <= times) process.exit(1)
}

await serveJobs({ compute, 'end-thread': endThread })
