import { join } from 'node:path'
import type { Whereabouts } from '#database'

/** One command of `./throughline`. `run` returns the exit code; Refusals it throws are printed as their sentence. */
export interface Command {
	/** As typed, e.g. `index` or `region load`. */
	name: string
	/** One line for the list of commands. */
	summary: string
	/** What `--help` prints: usage, options, examples. */
	help: string
	run(args: string[]): Promise<number>
}

/** Options by which every command finds the database. */
export const whereOptions = { 'data-dir': { type: 'string' }, region: { type: 'string' } } as const

/** Their lines in a command's help. */
export const whereHelp = `  --region NAME     the region whose database is meant (default: sample)
  --data-dir DIR    where that database lives (default: data/REGION in this folder)
Environment: DATABASE_URL, THROUGHLINE_DATA_DIR.`

/** Where the database is: `DATABASE_URL`, else `--data-dir`, else `data/<region>` in the project folder. */
export function whereabouts(dataDirectory: string | undefined, region = 'sample', environment: NodeJS.ProcessEnv = process.env): Whereabouts {
	return {
		databaseUrl: environment.DATABASE_URL || undefined,
		dataDirectory: dataDirectory ?? environment.THROUGHLINE_DATA_DIR ?? join(import.meta.dirname, '..', 'data', region),
	}
}
