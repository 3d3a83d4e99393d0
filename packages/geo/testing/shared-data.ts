import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const REPOSITORY = join(import.meta.dirname, '..', '..', '..')
const FOLDER = join(process.env.THROUGHLINE_SHARED ?? join(REPOSITORY, '..', 'shared'), 'data')

/** Why tests with the shared data are skipped, or false. In CI they never are: there the missing file fails them. */
export const sharedDataMissing: false | string =
	existsSync(FOLDER) || process.env.CI ? false : `shared data is not at ${FOLDER}: set THROUGHLINE_SHARED to test with it`

if (sharedDataMissing) console.error(sharedDataMissing)

/** Bytes of a shared file, unpacked when it ends in .gz. */
export function readSharedFile(path: string): Uint8Array {
	const bytes = readFileSync(join(FOLDER, path))
	return path.endsWith('.gz') ? gunzipSync(bytes) : bytes
}
