import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Refusal } from '../refusal.ts'

export interface SystemUser {
	name: string
	uid: number
	gid: number
}

const PREFERRED = ['postgres', 'nobody', 'daemon']

/**
 * The system user PostgreSQL runs as: `undefined` means the present user. PostgreSQL refuses to run as root,
 * so root borrows an existing user (`THROUGHLINE_DATABASE_USER`, else postgres, nobody, daemon) and changes nothing on the host.
 * Errors: `no_user_for_database` when no such user exists.
 */
export function findDatabaseUser(environment: NodeJS.ProcessEnv = process.env): SystemUser | undefined {
	if (process.getuid?.() !== 0) return undefined
	const users = readFileSync('/etc/passwd', 'utf8').split('\n').map(parsePasswdLine).filter((user) => user !== undefined)
	const wanted = environment.THROUGHLINE_DATABASE_USER ? [environment.THROUGHLINE_DATABASE_USER] : PREFERRED
	const user = wanted.map((name) => users.find((candidate) => candidate.name === name)).find((found) => found && found.uid !== 0)
	if (!user) throw new Refusal('no_user_for_database', { wanted: wanted.join(', ') })
	return user
}

function parsePasswdLine(line: string): SystemUser | undefined {
	const [name, , uid, gid] = line.split(':')
	return name && uid ? { name, uid: Number(uid), gid: Number(gid) } : undefined
}

/** Whether `user` can enter `directory` (all its parents included) and read there. */
export function canReach(user: SystemUser, directory: string): boolean {
	const probe = spawnSync('/bin/sh', ['-c', 'cd "$0" && test -r .', directory], { uid: user.uid, gid: user.gid, cwd: '/' })
	return probe.status === 0
}
