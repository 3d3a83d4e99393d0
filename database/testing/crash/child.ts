// One life of an application that the crash suite ends with kill -9: it opens the data directory as a server does, checks all that
// earlier lives promised, says "ready", and then writes citations, does jobs and makes backups at once until it is killed.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { writeBackup } from '../../backup/write-backup.ts'
import { openDatabaseForServer, type OpenDatabase } from '../../connect.ts'
import { enqueue, type Task } from '../../jobs/jobs.ts'
import { recoverJobs } from '../../jobs/recover-jobs.ts'
import { runJobs } from '../../jobs/run-jobs.ts'
import { appendToLedger } from '../../ledger/ledger.ts'
import { linkRecords } from '../../links.ts'
import { migrate } from '../../migrate.ts'
import type { CoreTables } from '../../tables.ts'
import { findFaults, LOAD_ROWS } from './promises.ts'

const [directory, backups, promises, mode] = process.argv.slice(2) as [string, string, string, 'write' | 'finish']
const promise = (line: string) => appendFileSync(promises, `${line}\n`)

const open = await openDatabaseForServer<CoreTables>({ dataDirectory: directory })
await migrate(open.database)
const faults = await findFaults(open, backups, promises)
await recoverJobs(open.database, { forgive: true })
const runner = await runJobs(open, { load: loadRows() })
process.stdout.write(`${JSON.stringify({ faults })}\n`)

if (mode === 'write') await Promise.race([citeForEver(open), askForEver(open), backUpForEver(open)])
else {
	while ((await sql`select 1 from core.job where state in ('waiting', 'running') limit 1`.execute(open.database)).rows.length) await new Promise((resolve) => setTimeout(resolve, 50))
	await runner.stop(1)
	process.stdout.write(`${JSON.stringify({ faults: await findFaults(open, backups, promises), finished: true })}\n`)
	await open.close()
}

async function citeForEver({ database }: OpenDatabase<CoreTables>): Promise<never> {
	for (;;) {
		const id = randomBytes(8).toString('hex')
		const frozen = JSON.stringify({ id })
		await database.transaction().execute(async (writer) => {
			const hash = createHash('sha256').update(frozen).digest()
			await sql`insert into atlas.citation (id, made_at, made_by, frozen, content_hash) values (${id}, now(), 'system', ${frozen}::jsonb, ${hash})`.execute(writer)
			await appendToLedger(writer, { at: new Date(), actor: 'system', kind: 'citation.made', subject: `citation/${id}`, payload: { id } })
			await linkRecords(writer, { from: `citation/${id}`, relation: 'cites', to: 'indicator/x', at: new Date(), by: 'system' })
		})
		promise(`citation ${id}`)
	}
}

/** All rows of a load in one transaction, in steps slow enough to be hit. Does nothing when an earlier attempt succeeded. */
function loadRows(): Task {
	return async (_payload, job) => {
		await job.database.transaction().execute(async (writer) => {
			const { rows } = await sql`select 1 from core.link where from_record = ${`load/${job.id}`} limit 1`.execute(writer)
			if (rows.length) return
			for (let step = 0; step < 10; step++) {
				await sql`insert into core.link (from_record, relation, to_record, at, by)
					select ${`load/${job.id}`}, 'holds', n::text, now(), 'system' from generate_series(${step * (LOAD_ROWS / 10)} + 1, ${(step + 1) * (LOAD_ROWS / 10)}) n`.execute(writer)
				job.report('rows', step + 1, 10)
			}
			await appendToLedger(writer, { at: job.now(), actor: 'system', kind: 'load.done', subject: `load/${job.id}`, payload: null })
		})
	}
}

async function askForEver({ database }: OpenDatabase<CoreTables>): Promise<never> {
	for (;;) {
		const id = randomUUID()
		await database.transaction().execute((writer) => enqueue(writer, { id, task: 'load', payload: {}, askedBy: 'system', at: new Date() }))
		promise(`job ${id}`)
		await new Promise((resolve) => setTimeout(resolve, 100))
	}
}

async function backUpForEver({ pool }: OpenDatabase<CoreTables>): Promise<never> {
	for (;;) {
		const file = join(backups, `${randomUUID()}.throughline`)
		await writeBackup(pool, file, new Date())
		promise(`backup ${file}`)
	}
}
