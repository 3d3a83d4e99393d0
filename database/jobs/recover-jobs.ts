import { sql } from 'kysely'
import type { Database } from '../connect.ts'
import type { CoreTables } from '../tables.ts'
import { addToQueue } from './jobs.ts'

/**
 * Puts right what a killed server left: its jobs wait again at once (the queue alone would keep them locked for four hours),
 * and jobs that a restored backup brought without the queue's row get one. Only the holder of the server's lock may call it.
 * `forgive`: the interrupted attempt does not count, for the server died and not the job.
 */
export async function recoverJobs(database: Database<CoreTables>, { forgive }: { forgive: boolean }): Promise<void> {
	await database.transaction().execute(async (writer) => {
		await sql`update graphile_worker._private_jobs set locked_at = null, locked_by = null, run_at = least(run_at, now()),
			attempts = greatest(attempts - ${forgive ? 1 : 0}, 0) where locked_by is not null`.execute(writer)
		await sql`update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_by is not null`.execute(writer)
		await endExhausted(writer)
		await writer.updateTable('core.job').set({ state: 'waiting' }).where('state', '=', 'running').execute()
		const lost = await writer
			.selectFrom('core.job')
			.select(['id', 'task'])
			.where('state', '=', 'waiting')
			.where(sql<boolean>`not exists (select 1 from graphile_worker.jobs as queued where queued.key = core.job.id::text)`)
			.orderBy('asked_at')
			.execute()
		for (const job of lost) await addToQueue(writer, job)
	})
}

/** A job that took its thread down three times is not tried a fourth time. */
async function endExhausted(writer: Database<CoreTables>): Promise<void> {
	const { rows } = await sql<{ key: string | null }>`delete from graphile_worker._private_jobs where attempts >= max_attempts returning key`.execute(writer)
	const ids = rows.map(({ key }) => key).filter((key) => key !== null)
	if (ids.length === 0) return
	const reason = JSON.stringify({ code: 'job_broke', parameters: { reason: 'the job thread ended' } })
	await writer.updateTable('core.job').set({ state: 'failed', reason, ended_at: new Date() }).where('id', 'in', ids).where('state', '!=', 'done').execute()
}
