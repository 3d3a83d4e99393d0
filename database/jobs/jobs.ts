import { sql, type Selectable } from 'kysely'
import type { Database, Reader, Writer } from '../connect.ts'
import type { Json } from '../ledger/canonical-json.ts'
import { Refusal } from '../refusal.ts'
import type { CoreTables, JobTable } from '../tables.ts'

/** A job as people see it: what was asked, how far it is, how it ended. */
export type Job = Selectable<JobTable>

export interface JobRequest {
	/** A UUID that the caller made. */
	id: string
	/** A name in the task map, e.g. `load-region`. */
	task: string
	payload: Json
	/** A pseudonymous account id, or `system`. */
	askedBy: string
	at: Date
}

/** What a task works with, beside its payload. */
export interface JobContext {
	id: string
	askedBy: string
	database: Database<CoreTables>
	/** Tells people how far it is; may be called as often as one likes, and is written at most four times a second. */
	report(step: string, done: number, total: number): void
	/** Aborted when the server stops: end soon by throwing; the job begins again at the next start. */
	signal: AbortSignal
	now(): Date
}

/**
 * Does one job. Must be safe to begin again: a killed server repeats it. A thrown Refusal ends the job as failed with that
 * reason; any other error is tried again, three times in all.
 */
export type Task = (payload: Json, job: JobContext) => Promise<void>
export type TaskMap = Readonly<Record<string, Task>>

export const ATTEMPTS = 3

/** Writes the job and hands it to the queue in the caller's transaction: both happen or neither. */
export async function enqueue(writer: Writer<CoreTables>, request: JobRequest): Promise<void> {
	await writer
		.insertInto('core.job')
		.values({ id: request.id, task: request.task, payload: JSON.stringify(request.payload), asked_by: request.askedBy, asked_at: request.at })
		.execute()
	await addToQueue(writer, request)
}

/** The queue's row names the job only; everything else stands in `core.job`. */
export async function addToQueue(writer: Database<CoreTables>, { id, task }: Pick<JobRequest, 'id' | 'task'>): Promise<void> {
	await sql`select graphile_worker.add_job(${task}, ${JSON.stringify({ job: id })}::json, job_key => ${id}, max_attempts => ${ATTEMPTS})`.execute(writer)
}

/** Errors: `job_unknown`. */
export async function getJob(reader: Reader<CoreTables>, id: string): Promise<Job> {
	const job = await reader.selectFrom('core.job').selectAll().where(sql<string>`id::text`, '=', id).executeTakeFirst()
	if (!job) throw new Refusal('job_unknown', { id })
	return job
}

/** The newest jobs first, of one task or of all; at most `limit`. */
export async function listJobs(reader: Reader<CoreTables>, filter: { task?: string; limit?: number } = {}): Promise<Job[]> {
	let query = reader.selectFrom('core.job').selectAll().orderBy('asked_at', 'desc').orderBy('id').limit(filter.limit ?? 100)
	if (filter.task) query = query.where('task', '=', filter.task)
	return query.execute()
}
