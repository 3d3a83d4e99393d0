import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { prepareDataDirectory, readRecord } from '../data-directory.ts'
import { findRunningServer, startServer, stopServer, type ServerAddress } from './server.ts'

const root = mkdtempSync(join(tmpdir(), 'throughline-server-'))
const directory = join(root, 'data')
const pidFile = join(directory, 'postgres', 'postmaster.pid')
const readPid = () => Number(readFileSync(pidFile, 'utf8').split('\n')[0])

before(() => {
	chmodSync(root, 0o755)
	prepareDataDirectory(directory)
})
after(async () => {
	await stopServer(directory)
	rmSync(root, { recursive: true })
})

async function ask(address: ServerAddress, query: string): Promise<string> {
	const client = new pg.Client({ ...address, database: 'postgres' })
	await client.connect()
	const { rows } = await client.query<{ value: string }>(query)
	await client.end()
	return rows[0]!.value
}

test('the server is durable, listens on a private socket only, and a short one', async () => {
	const address = await startServer(directory)
	assert.equal(await ask(address, `select string_agg(setting, ' ' order by name) as value from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')`), 'on on on')
	assert.equal(await ask(address, `select current_setting('listen_addresses') as value`), '')
	assert.ok(Buffer.byteLength(`${address.host}/.s.PGSQL.5432`) < 107)
	assert.equal(await ask(address, `select current_setting('data_checksums') as value`), 'on')
})

test('a server that another application left is taken over', async () => {
	const pid = readPid()
	await startServer(directory)
	assert.equal(readPid(), pid)
})

test('a server whose socket was swept away is ended and started again', async () => {
	const pid = readPid()
	rmSync(readRecord(directory).socketDirectory!, { recursive: true })
	assert.equal(await findRunningServer(directory), undefined)
	const address = await startServer(directory)
	assert.notEqual(readPid(), pid)
	assert.equal(await ask(address, `select 'here' as value`), 'here')
})

test('a pid file that names a stranger’s process ends nobody', async () => {
	await stopServer(directory)
	writeFileSync(pidFile, `${process.pid}\n${join(directory, 'postgres')}\n`)
	await startServer(directory)
	assert.notEqual(readPid(), process.pid)
})
