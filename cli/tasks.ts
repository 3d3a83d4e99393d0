import type { Database, CoreTables, TaskMap } from '#database'
import { checkImport, findRegion, loadRegion, readImport, type AtlasTables } from '#atlas/server'
import { makeSampleCoalition, type CoalitionTables } from '#coalition/server'
import { mailTasks } from './mail-tasks.ts'
import { regionFolders } from './regions-folder.ts'
import { sentenceOfRefusal } from './sentence.ts'

/** Every task a job can name. A task is safe to begin again, reports its progress and ends soon when its signal is aborted. */
export const tasks: TaskMap = {
	'load-region': async (payload, job) => {
		const { region, data } = payload as { region: string; data: string | null }
		await loadRegion({
			database: job.database as unknown as Database<AtlasTables & CoreTables>,
			regionsFolder: regionFolders(),
			region,
			dataFolder: data ?? undefined,
			now: () => job.now(),
			report: async (step, done, total) => job.report(step, done, total),
			signal: job.signal,
		})
		const database = job.database as unknown as Database<CoalitionTables>
		if (!(await findRegion(database))?.fictional) return
		await database.transaction().execute((writer) => makeSampleCoalition(writer, job.now())).catch((cause: unknown) => {
			// The region is there by now, so no page would say that its coalition is missing.
			console.error(sentenceOfRefusal(cause) ?? cause)
			throw cause
		})
	},
	'read-import': (payload, job) => readImport((payload as { import: string }).import, job),
	'check-import': (payload, job) => checkImport((payload as { import: string }).import, job),
	...mailTasks,
}
