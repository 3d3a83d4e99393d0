import { existsSync, globSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { checkBackup } from '../../backup/restore-backup.ts'
import type { OpenDatabase } from '../../connect.ts'
import { verifyLedger } from '../../ledger/verify-ledger.ts'
import type { CoreTables } from '../../tables.ts'

/** Rows of one load. */
export const LOAD_ROWS = 2000

/** Everything that was acknowledged and is gone, and everything that is half there; empty when all promises were kept. */
export async function findFaults({ database }: OpenDatabase<CoreTables>, backups: string, promises: string): Promise<string[]> {
	const lines = existsSync(promises) ? readFileSync(promises, 'utf8').trim().split('\n').filter(Boolean) : []
	const promised = (kind: string) => lines.filter((line) => line.startsWith(`${kind} `)).map((line) => line.slice(kind.length + 1))
	const faults: string[] = []
	const column = async (query: string) => new Set((await sql.raw<{ value: string }>(query).execute(database)).rows.map(({ value }) => value))

	const citations = await column('select id as value from atlas.citation')
	const events = await column(`select substr(subject, 10) as value from core.ledger where kind = 'citation.made'`)
	const links = await column(`select substr(from_record, 10) as value from core.link where relation = 'cites'`)
	for (const id of promised('citation')) if (!citations.has(id)) faults.push(`lost citation ${id}`)
	for (const [name, others] of [['event', events], ['link', links]] as const) {
		if (others.symmetricDifference(citations).size) faults.push(`citation without its ${name}, or the other way round`)
	}

	const jobs = await column('select id::text as value from core.job')
	for (const id of promised('job')) if (!jobs.has(id)) faults.push(`lost job ${id}`)
	faults.push(...(await column(`select 'half a load: ' || from_record as value from core.link where relation = 'holds' group by from_record having count(*) <> ${LOAD_ROWS}`)))
	faults.push(...(await column(`select 'job done without its load: ' || id as value from core.job where state = 'done'
		and not exists (select 1 from core.ledger where kind = 'load.done' and subject = 'load/' || core.job.id)`)))
	faults.push(...(await column(`select 'job failed: ' || reason::text as value from core.job where state = 'failed'`)))

	const ledger = await verifyLedger(database)
	if (ledger.verdict === 'broken') faults.push(`ledger: ${JSON.stringify(ledger)}`)
	faults.push(...(await findBackupFaults(backups, promised('backup'))))
	return faults
}

/** Each file under its own name must be whole; checked files are removed, but for the newest. */
async function findBackupFaults(backups: string, promised: string[]): Promise<string[]> {
	const faults: string[] = []
	const files = globSync('*.throughline', { cwd: backups }).map((name) => join(backups, name))
	const newest = promised.at(-1)
	if (newest && !files.includes(newest)) faults.push(`lost backup ${newest}`)
	for (const file of files) {
		await checkBackup(file).catch((cause: Error) => faults.push(`backup: ${cause.message}`))
		if (file !== newest) rmSync(file)
	}
	return faults
}
