import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Writes beside, flushes and renames: the file is there whole or not at all. */
export function writeDurably(file: string, text: string, mode: number): void {
	const handle = openSync(`${file}.new`, 'w', mode)
	try {
		writeSync(handle, text)
		fsyncSync(handle)
	} finally {
		closeSync(handle)
	}
	renameSync(`${file}.new`, file)
}

/** The installation's secret for signing cookies, made at first use and kept in the data directory for its owner only. */
export function readSecret(directory: string): string {
	const file = join(directory, 'auth-secret')
	if (!existsSync(file)) writeDurably(file, randomBytes(32).toString('base64url'), 0o600)
	return readFileSync(file, 'utf8')
}
