import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely, PostgresDialect, sql } from 'kysely'
import type { Transaction } from 'kysely'
import pg from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import { lockDataDirectory, prepareDataDirectory } from './data-directory.ts'
import { findRunningServer, startServer, stopServer, type ServerAddress } from './embedded/server.ts'
import { Refusal } from './refusal.ts'

/**
 * Read-only access to tables `T`: what `load` functions get. Kysely's own read-only type takes neither a pool nor a transaction
 * (their results differ by a type), so this keeps the verbs that read.
 */
export type Reader<T> = Pick<Kysely<T>, 'selectFrom' | 'selectNoFrom' | 'fn' | 'getExecutor'>
/** A transaction on tables `T`: what form actions and commands get. */
export type Writer<T> = Transaction<T>
/** A pool over tables `T`. */
export type Database<T> = Kysely<T>

export interface OpenDatabase<T> {
	database: Database<T>
	pool: pg.Pool
	/** What other processes and workers of this application connect with. */
	address: pg.PoolConfig
	/** Ends the pool, and the embedded server when this process started it. */
	close(): Promise<void>
}

export interface Whereabouts {
	/** `DATABASE_URL`: any PostgreSQL from 15 on. Wins over the data directory. */
	databaseUrl?: string
	dataDirectory: string
}

const MINIMUM_VERSION = 150000
const SERVER_LOCK = 7_201_954
const JOIN_ATTEMPTS = 40
const JOIN_PAUSE_MILLISECONDS = 100

// bigint and int8 counters stay below 2^53 here; as numbers they need no conversion at every use.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/**
 * Opens the database for a command: joins the server that runs on the data directory, or starts it for as long as the command runs.
 * Errors: Refusals (`data_directory_in_use`, `database_unreachable`, `database_too_old`, …).
 */
export async function openDatabase<T>(where: Whereabouts): Promise<OpenDatabase<T>> {
	if (where.databaseUrl) return connectTo(urlAddress(where.databaseUrl))
	const directory = prepareDataDirectory(where.dataDirectory)
	const unlock = lockDataDirectory(directory)
	if (unlock) return startOwn(directory, unlock, 'smart')
	// Somebody holds the directory: join their server, which may be a moment away from being ready.
	for (let attempt = 0; attempt < JOIN_ATTEMPTS; attempt++) {
		const running = await findRunningServer(directory)
		if (running) return connectTo(await ensureDatabase(running))
		await sleep(JOIN_PAUSE_MILLISECONDS)
	}
	throw new Refusal('data_directory_in_use', { directory })
}

/**
 * Opens the database for the application server: only one at a time may have it.
 * Errors: `data_directory_in_use` when another application or command has it.
 */
export async function openDatabaseForServer<T>(where: Whereabouts): Promise<OpenDatabase<T>> {
	if (!where.databaseUrl) {
		const directory = prepareDataDirectory(where.dataDirectory)
		const unlock = lockDataDirectory(directory)
		if (!unlock) throw new Refusal('data_directory_in_use', { directory })
		return startOwn(directory, unlock, 'fast')
	}
	const open = await connectTo<T>(urlAddress(where.databaseUrl))
	const holder = new pg.Client(open.address)
	await holder.connect()
	const { rows } = await holder.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [SERVER_LOCK])
	if (!rows[0]!.taken) {
		await Promise.all([holder.end(), open.close()])
		throw new Refusal('database_in_use', {})
	}
	holder.on('error', () => undefined)
	return { ...open, close: async () => void (await Promise.all([holder.end(), open.close()])) }
}

/** For commands that read what is there: refuses a data directory without a database. Errors: `no_database_here`. */
export function requireDatabase({ databaseUrl, dataDirectory }: Whereabouts): void {
	if (!databaseUrl && !existsSync(join(dataDirectory, 'postgres', 'PG_VERSION'))) throw new Refusal('no_database_here', { directory: dataDirectory })
}

/** Starts the server, or takes over the one a killed process left behind, for the holder of the directory's lock; `close` stops it. */
async function startOwn<T>(directory: string, unlock: () => void, stopMode: 'fast' | 'smart'): Promise<OpenDatabase<T>> {
	try {
		const open = await connectTo<T>(await ensureDatabase(await startServer(directory)))
		const close = async () => {
			await open.close()
			await stopServer(directory, stopMode)
			unlock()
		}
		return { ...open, close }
	} catch (cause) {
		unlock()
		throw cause
	}
}

async function ensureDatabase(address: ServerAddress): Promise<ServerAddress> {
	const client = new pg.Client({ ...address, database: 'postgres' })
	await client.connect()
	try {
		const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [address.database])
		if (!rowCount) await client.query(`create database ${client.escapeIdentifier(address.database!)}`)
	} catch (cause) {
		// Two processes may create it at the same moment; the second one finds it made.
		if (!['42P04', '23505'].includes((cause as { code?: string }).code ?? '')) throw cause
	} finally {
		await client.end()
	}
	return address
}

/**
 * Connects the web to the database its server process opened (`THROUGHLINE_ADDRESS`), else to `DATABASE_URL`.
 * The pool is ended when the server shuts down. Errors: `database_not_named`, `database_unreachable`.
 */
export async function connectFromEnvironment<T>(environment: NodeJS.ProcessEnv = process.env): Promise<OpenDatabase<T>> {
	const { THROUGHLINE_ADDRESS: given, DATABASE_URL: url } = environment
	if (!given && !url) throw new Refusal('database_not_named', {})
	const open = await connectTo<T>(given ? (JSON.parse(given) as pg.PoolConfig) : urlAddress(url!))
	process.once('sveltekit:shutdown' as 'exit', () => void open.close().catch(() => undefined))
	return open
}

function urlAddress(url: string): pg.PoolConfig {
	return { connectionString: url }
}

/** Connects to an address that is known to exist. */
export async function connectTo<T>(address: pg.PoolConfig): Promise<OpenDatabase<T>> {
	const pool = new pg.Pool({ max: 12, idleTimeoutMillis: 30_000, connectionTimeoutMillis: 10_000, ...address })
	// A lost connection fails the query that uses it and is replaced at the next; without listeners it would end the process.
	pool.on('error', () => undefined)
	pool.on('connect', (client) => client.on('error', () => undefined))
	const database = new Kysely<T>({ dialect: new PostgresDialect({ pool }) })
	try {
		const { rows } = await sql<{ version: number }>`select current_setting('server_version_num')::int as version`.execute(database)
		if (rows[0]!.version < MINIMUM_VERSION) throw new Refusal('database_too_old', { version: rows[0]!.version })
	} catch (cause) {
		await database.destroy()
		if (cause instanceof Refusal) throw cause
		throw new Refusal('database_unreachable', { reason: (cause as Error).message }, { cause })
	}
	pools.set(database, pool)
	return { database, pool, address, close: () => database.destroy() }
}

const pools = new WeakMap<object, pg.Pool>()

/** The pool under a database that `connectTo` opened: for libraries that speak to PostgreSQL themselves. */
export function poolOf<T>(database: Kysely<T>): pg.Pool {
	const pool = pools.get(database)
	if (!pool) throw new RangeError('this database was not opened by connectTo')
	return pool
}
