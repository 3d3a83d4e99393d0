import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, chmodSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { connectTo, type OpenDatabase } from '../connect.ts'
import { startServer, stopServer } from '../embedded/server.ts'
import { migrate } from '../migrate.ts'

const TEMPLATE = 'throughline_template'

export { longestHold } from './longest-hold.ts'

/** One PostgreSQL for a whole test run, with a migrated template that test files copy. */
export interface TestServer {
	address: pg.PoolConfig
	stop(): Promise<void>
}

/** Starts the run's server (embedded, or the one at `databaseUrl`) and makes the migrated template. */
export async function startTestServer(databaseUrl?: string): Promise<TestServer> {
	const directory = mkdtempSync(join(tmpdir(), 'throughline-test-'))
	chmodSync(directory, 0o755)
	const address: pg.PoolConfig = databaseUrl ? parseUrl(databaseUrl) : { ...(await startServer(directory)) }
	const stop = async () => {
		if (databaseUrl) await administer(address, (client) => client.query(`drop database if exists ${TEMPLATE}`))
		else await stopServer(directory)
		rmSync(directory, { recursive: true, force: true })
	}
	try {
		await makeTemplate(address)
		return { address, stop }
	} catch (cause) {
		await stop()
		throw cause
	}
}

async function makeTemplate(address: pg.PoolConfig): Promise<void> {
	await administer(address, async (client) => {
		await client.query(`drop database if exists ${TEMPLATE}`)
		await client.query(`create database ${TEMPLATE}`)
	})
	const template = await connectTo({ ...address, database: TEMPLATE })
	try {
		await migrate(template.database)
	} finally {
		await template.close()
	}
}

/** A fresh database for one test file, copied from the template of the run's server; dropped by `close`. */
export function createTestDatabase<T>(): Promise<OpenDatabase<T> & { name: string }> {
	return createDatabase(TEMPLATE)
}

/** A database without any migration; dropped by `close`. */
export function createEmptyDatabase<T>(): Promise<OpenDatabase<T> & { name: string }> {
	return createDatabase('template0')
}

async function createDatabase<T>(template: string): Promise<OpenDatabase<T> & { name: string }> {
	const given = process.env.THROUGHLINE_TEST_ADDRESS
	const own = given ? undefined : await startTestServer(process.env.DATABASE_URL)
	const address = own?.address ?? (JSON.parse(given!) as pg.PoolConfig)
	const name = `test_${randomBytes(6).toString('hex')}`
	await administer(address, (client) => client.query(`create database ${name} template ${template}`))
	const open = await connectTo<T>({ ...address, database: name })
	const close = async () => {
		await open.close()
		await drop(address, name)
		await own?.stop()
	}
	return { ...open, name, close }
}

/** A vacuum of the server itself may look into the database just then, and a role that is no superuser cannot end it: it is waited for. */
async function drop(address: pg.PoolConfig, name: string, tries = 20): Promise<void> {
	try {
		await administer(address, (client) => client.query(`drop database if exists ${name} with (force)`))
	} catch (cause) {
		if ((cause as { code?: string }).code !== '42501' || tries === 0) throw cause
		await pause(250)
		await drop(address, name, tries - 1)
	}
}

/** Read by pg itself, which also knows sockets: `postgresql://user@/name?host=/folder`. */
function parseUrl(url: string): pg.PoolConfig {
	const { host, port, user, password, database } = new pg.Client({ connectionString: url })
	return { host, port, user, password: password ?? undefined, database }
}

async function administer(address: pg.PoolConfig, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
	const client = new pg.Client({ ...address, database: 'postgres' })
	await client.connect()
	// Copying a template needs it free of other sessions, so copies wait for each other.
	await client.query('select pg_advisory_lock(7201956)')
	try {
		await work(client)
	} finally {
		await client.end()
	}
}
