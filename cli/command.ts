import { join } from 'node:path'
import type { Whereabouts } from '#database'

/** One command of `./throughline`; its help stands in `messages/{en,es}/help/<name>.txt`. `run` returns the exit code; Refusals it throws are printed as their sentence. */
export interface Command {
	/** As typed, e.g. `index` or `region load`. */
	name: string
	run(args: string[]): Promise<number>
}

/** Options by which every command finds the database. */
export const whereOptions = { 'data-dir': { type: 'string' }, region: { type: 'string' } } as const

/** Where the database is: `DATABASE_URL`, else `--data-dir`, else `data/<region>` in the project folder. */
export function whereabouts(dataDirectory: string | undefined, region = 'sample', environment: NodeJS.ProcessEnv = process.env): Whereabouts {
	return {
		databaseUrl: environment.DATABASE_URL || undefined,
		dataDirectory: dataDirectory ?? environment.THROUGHLINE_DATA_DIR ?? join(import.meta.dirname, '..', 'data', region),
	}
}
