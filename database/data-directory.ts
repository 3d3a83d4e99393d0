import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Refusal } from './refusal.ts'

/** What `throughline.json` in a data directory records. `socketDirectory` is where the embedded server listens. */
export interface DataDirectoryRecord {
	region?: string
	socketDirectory?: string
	port?: number
	password?: string
}

/** What shows that a folder with something in it is a data directory. */
const OWN_ENTRIES = ['throughline.json', 'lock', 'postgres', 'auth-secret', 'ledger-key.pem', 'ledger-heads', 'files']

/** Creates the directory when missing. Errors: `data_directory_unusable`, `data_directory_foreign` for a folder with other things in it. Returns its absolute path. */
export function prepareDataDirectory(directory: string): string {
	const path = resolve(directory)
	try {
		makeFolders(path)
		accessSync(path, constants.W_OK | constants.X_OK)
	} catch (cause) {
		throw new Refusal('data_directory_unusable', { directory: path, reason: (cause as NodeJS.ErrnoException).code ?? 'unknown' })
	}
	const entries = readdirSync(path)
	if (entries.length > 0 && !OWN_ENTRIES.some((entry) => entries.includes(entry))) throw new Refusal('data_directory_foreign', { directory: path })
	return path
}

/** One folder at a time: Node's recursive mkdir never returns on file systems that answer ENOENT, such as /proc. */
function makeFolders(path: string): void {
	if (existsSync(path) && statSync(path).isDirectory()) return
	if (dirname(path) !== path) makeFolders(dirname(path))
	mkdirSync(path)
}

export function readRecord(directory: string): DataDirectoryRecord {
	const file = join(directory, 'throughline.json')
	return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DataDirectoryRecord) : {}
}

/** Replaces the record at once (write beside, then rename), readable by its owner only: it may hold a password. Errors: `data_directory_unusable`. */
export function writeRecord(directory: string, record: DataDirectoryRecord): void {
	const file = join(directory, 'throughline.json')
	try {
		writeFileSync(`${file}.new`, JSON.stringify(record, null, 2) + '\n', { mode: 0o600 })
		renameSync(`${file}.new`, file)
	} catch (cause) {
		rmSync(`${file}.new`, { force: true })
		throw new Refusal('data_directory_unusable', { directory, reason: (cause as NodeJS.ErrnoException).code ?? 'unknown' }, { cause })
	}
}

/**
 * Takes the directory for this process, or returns undefined when another process has it.
 * The lock is an exclusive SQLite transaction: the operating system frees it when its holder dies, however it dies.
 */
export function lockDataDirectory(directory: string): (() => void) | undefined {
	let database: DatabaseSync | undefined
	try {
		database = new DatabaseSync(join(directory, 'lock'), { timeout: 0 })
		database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
		const held = database
		return () => held.close()
	} catch (cause) {
		database?.close()
		if (/locked|busy/i.test((cause as Error).message)) return undefined
		throw new Refusal('data_directory_unusable', { directory, reason: (cause as Error).message })
	}
}
