import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The folder of published tables that tests compare with: THROUGHLINE_SHARED, else `../shared` beside the repository. */
export const SHARED = resolve(process.env.THROUGHLINE_SHARED ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared'))

/** Path of a published table, and why its test must be skipped (false: it must run). Continuous integration never skips. */
export function sharedFile(name: string): { path: string; skip: string | false } {
	const path = join(SHARED, 'data', name)
	if (existsSync(path)) return { path, skip: false }
	const reason = `the published table ${name} is absent: set THROUGHLINE_SHARED to the folder that holds data/${name}`
	if (process.env.CI) throw new Error(reason)
	console.error(`SKIPPED: ${reason}`)
	return { path, skip: reason }
}
