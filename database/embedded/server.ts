import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, mkdtempSync, openSync, closeSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type DataDirectoryRecord, readRecord, writeRecord } from '../data-directory.ts'
import { Refusal } from '../refusal.ts'
import { findPostgresBinaries, type PostgresBinaries } from './binaries.ts'
import { canReach, findDatabaseUser, type SystemUser } from './run-as.ts'

/** How to reach a server: what `pg` takes. */
export type ServerAddress = Pick<pg.PoolConfig, 'host' | 'port' | 'user' | 'password' | 'database'>

const SUPERUSER = 'throughline'
const START_SECONDS = 60
const STOP_SECONDS = 15

/** Settings for one small machine; durability stays at PostgreSQL's defaults (fsync and synchronous_commit on). */
const SETTINGS = {
	shared_buffers: '128MB',
	max_connections: '60',
	max_wal_size: '1GB',
	log_min_messages: 'warning',
	timezone: 'UTC',
	log_timezone: 'UTC',
	idle_in_transaction_session_timeout: '10min',
}

/** The address of the server that runs on this data directory, or undefined when none answers. */
export async function findRunningServer(directory: string): Promise<ServerAddress | undefined> {
	if (!existsSync(join(directory, 'postgres', 'postmaster.pid'))) return undefined
	const record = readRecord(directory)
	if (!record.socketDirectory && !record.port) return undefined
	const address = addressOf(record)
	return (await answers(address)) ? address : undefined
}

/**
 * Creates the database cluster when missing and starts PostgreSQL on it. The caller holds the directory's lock.
 * A server left over from a killed application is taken over. Errors: Refusals that name what to change.
 */
export async function startServer(directory: string): Promise<ServerAddress> {
	const running = await findRunningServer(directory)
	if (running) return running
	await endUnreachable(directory)
	const binaries = findPostgresBinaries()
	const user = findDatabaseUser()
	if (user) requireReach(user, directory, binaries)
	const cluster = join(directory, 'postgres')
	const record = readRecord(directory)
	if (!existsSync(join(cluster, 'PG_VERSION'))) createCluster(cluster, binaries, user, record)
	await chooseTransport(record, user)
	writeRecord(directory, record)
	const deadline = performance.now() + START_SECONDS * 1000
	for (;;) {
		const logged = sizeOf(join(directory, 'postgres.log'))
		const server = launch(directory, cluster, binaries, user, record)
		if (await becomesReady(addressOf(record), server, deadline)) return addressOf(record)
		const log = join(directory, 'postgres.log')
		const reason = existsSync(log) ? readFileSync(log).subarray(logged).toString() : ''
		// After a killed postmaster its last backends still hold the shared memory for a moment.
		if (performance.now() < deadline && /shared memory block|is the postmaster already running|lock file .* already exists/i.test(reason)) await sleep(100)
		else throw new Refusal('database_not_started', { reason: reasonIn(reason), log })
	}
}

/**
 * Stops the server: `fast` ends open sessions, `smart` lets them finish first. Waits until it is gone. A server that does not
 * follow a `fast` stop (seen after a full disk) is ended at once; what it acknowledged is in its log, and the next start reads it.
 */
export async function stopServer(directory: string, mode: 'fast' | 'smart' = 'fast'): Promise<void> {
	const cluster = join(directory, 'postgres')
	const pid = readPid(cluster)
	if (!pid) return
	const { socketDirectory } = readRecord(directory)
	const ended = async (signal: NodeJS.Signals, seconds: number) => {
		const deadline = performance.now() + seconds * 1000
		send(pid, signal)
		// In a container without an init process a dead server may stay a zombie: its missing pid file tells.
		const gone = () => !readPid(cluster) || !isAlive(pid)
		while (!gone() && performance.now() < deadline) await sleep(20)
		return gone()
	}
	const followed = mode === 'smart' ? await ended('SIGTERM', Infinity) : await ended('SIGINT', STOP_SECONDS)
	if (!followed && !(await ended('SIGQUIT', STOP_SECONDS))) await ended('SIGKILL', STOP_SECONDS)
	if (socketDirectory) rmSync(socketDirectory, { recursive: true, force: true })
}

/** A server of this directory that lives but cannot be reached (its socket's folder was swept away) would keep a new one from starting. */
async function endUnreachable(directory: string): Promise<void> {
	const cluster = join(directory, 'postgres')
	const pid = readPid(cluster)
	// After a reboot the number may belong to a stranger.
	if (pid && isAlive(pid) && commandOf(pid).includes(cluster)) await stopServer(directory)
}

function readPid(cluster: string): number | undefined {
	const file = join(cluster, 'postmaster.pid')
	return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined
}

function commandOf(pid: number): string {
	const file = `/proc/${pid}/cmdline`
	return existsSync(file) ? readFileSync(file, 'utf8') : (spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '')
}

function send(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(pid, signal)
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw cause
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0)
		return true
	} catch {
		return false
	}
}

function requireReach(user: SystemUser, directory: string, binaries: PostgresBinaries): void {
	for (const path of [directory, join(binaries.postgres, '..')]) {
		if (!canReach(user, path)) throw new Refusal('database_user_cannot_reach', { user: user.name, directory: path })
	}
}

function createCluster(cluster: string, binaries: PostgresBinaries, user: SystemUser | undefined, record: DataDirectoryRecord): void {
	const parent = `${cluster}.new`
	rmSync(parent, { recursive: true, force: true })
	mkdirSync(parent, { mode: 0o700 })
	if (user) chownSync(parent, user.uid, user.gid)
	const args = ['-D', parent, '-U', SUPERUSER, '--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-instructions']
	if (process.platform === 'win32') {
		record.password = randomBytes(24).toString('base64url')
		const passwordFile = join(parent, '..', 'password.tmp')
		writeFileSync(passwordFile, record.password, { mode: 0o600 })
		args.push('--auth=scram-sha-256', `--pwfile=${passwordFile}`)
	} else args.push('--auth=trust')
	const result = spawnSync(binaries.initdb, args, { uid: user?.uid, gid: user?.gid, cwd: '/', encoding: 'utf8' })
	rmSync(join(parent, '..', 'password.tmp'), { force: true })
	if (result.status !== 0) {
		rmSync(parent, { recursive: true, force: true })
		throw new Refusal('database_not_created', { reason: lastLine(result.stderr || String(result.error)) })
	}
	// Renamed only when whole: a start killed in the middle of initdb finds nothing and begins again.
	renameSync(parent, cluster)
}


/** A private socket directory with a short path (a Unix socket path is limited to 107 bytes); on Windows a free loopback port. */
async function chooseTransport(record: DataDirectoryRecord, user: SystemUser | undefined): Promise<void> {
	if (process.platform === 'win32') {
		record.port = await freePort()
		return
	}
	if (record.socketDirectory) rmSync(record.socketDirectory, { recursive: true, force: true })
	const base = Buffer.byteLength(tmpdir()) < 70 ? tmpdir() : '/tmp'
	record.socketDirectory = mkdtempSync(join(base, 'throughline-'))
	if (user) chownSync(record.socketDirectory, user.uid, user.gid)
}

function launch(directory: string, cluster: string, binaries: PostgresBinaries, user: SystemUser | undefined, record: DataDirectoryRecord): ChildProcess {
	const transport =
		process.platform === 'win32'
			? { listen_addresses: '127.0.0.1', port: String(record.port) }
			: { listen_addresses: '', unix_socket_directories: record.socketDirectory!, unix_socket_permissions: '0700' }
	const args = Object.entries({ ...SETTINGS, ...transport }).flatMap(([key, value]) => ['-c', `${key}=${value}`])
	const log = openSync(join(directory, 'postgres.log'), 'a')
	// Detached: an interrupt typed in the terminal reaches the application first, which then stops the server in order.
	const child = spawn(binaries.postgres, ['-D', cluster, ...args], {
		uid: user?.uid,
		gid: user?.gid,
		cwd: '/',
		detached: true,
		stdio: ['ignore', log, log],
	})
	child.on('error', () => undefined)
	child.unref()
	closeSync(log)
	return child
}

/** Whether the server answers before it ends by itself or the time is over. */
async function becomesReady(address: ServerAddress, server: ChildProcess, deadline: number): Promise<boolean> {
	let ended = false
	server.on('exit', () => (ended = true)).on('error', () => (ended = true))
	while (!ended && performance.now() < deadline) {
		if (await answers(address)) return true
		await sleep(25)
	}
	return false
}

async function answers(address: ServerAddress): Promise<boolean> {
	const client = new pg.Client({ ...address, database: 'postgres', connectionTimeoutMillis: 3000 })
	client.on('error', () => undefined)
	try {
		await client.connect()
		await client.query('select 1')
		return true
	} catch {
		return false
	} finally {
		await client.end().catch(() => undefined)
	}
}

function addressOf(record: DataDirectoryRecord): ServerAddress {
	const place = record.socketDirectory ? { host: record.socketDirectory } : { host: '127.0.0.1', port: record.port, password: record.password }
	return { ...place, user: SUPERUSER, database: SUPERUSER }
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer()
		server.on('error', reject)
		server.listen(0, '127.0.0.1', () => {
			const { port } = server.address() as { port: number }
			server.close(() => resolve(port))
		})
	})
}

function sizeOf(file: string): number {
	return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

/** The line that says why: the first FATAL or PANIC, else the last one. */
function reasonIn(log: string): string {
	return /(?:FATAL|PANIC):\s*(.*)/.exec(log)?.[1] ?? lastLine(log)
}

function lastLine(text: string): string {
	return text.trim().split('\n').at(-1) ?? ''
}
