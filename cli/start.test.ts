import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

const root = mkdtempSync(join(tmpdir(), 'throughline-start-'))
const directory = join(root, 'data')
const alive = new Set<ChildProcess>()

before(() => chmodSync(root, 0o755))
after(async () => {
	for (const child of alive) child.kill('SIGKILL')
	const pidFile = join(directory, 'postgres', 'postmaster.pid')
	if (existsSync(pidFile)) process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGQUIT')
	await sleep(300)
	rmSync(root, { recursive: true, force: true })
})

const { DATABASE_URL: _, ...environment } = process.env

function throughline(...args: string[]) {
	const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { env: { ...environment, LANG: 'C' } })
	alive.add(child)
	let output = ''
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
	const ended = once(child, 'close').then(([code]) => {
		alive.delete(child)
		return { code: code as number | null, output: output.trim() }
	})
	const says = async (pattern: RegExp): Promise<string> => {
		for (;;) {
			const found = pattern.exec(output)
			if (found) return found[1] ?? found[0]
			assert.equal(child.exitCode, null, output)
			await sleep(20)
		}
	}
	return { child, ended, says, said: (text: string) => output.includes(text) }
}

/** A running server's address. */
async function start(...more: string[]) {
	const server = throughline('start', '--port', '0', '--data-dir', directory, ...more)
	return { ...server, url: await server.says(/is at (http:\S+)/) }
}

/** One sentence and exit code 1. */
async function refused(pattern: RegExp, ...args: string[]): Promise<void> {
	const { code, output } = await throughline(...args).ended
	assert.match(output, pattern)
	assert.deepEqual([code, output.split('\n').length], [1, 1], output)
}

test('the first start serves, prints the administrator’s link, and ends in order with code 0', { timeout: 180_000 }, async () => {
	const server = await start()
	const link = await server.says(/(http:\S+\/welcome\?token=\S+)/)
	assert.ok(link.startsWith(server.url))
	const page = await fetch(server.url)
	assert.equal(page.status, 200)
	assert.match(await page.text(), /<html lang="en"/)
	server.child.kill('SIGINT')
	const { code, output } = await server.ended
	assert.equal(code, 0, output)
	assert.ok(!existsSync(join(directory, 'postgres', 'postmaster.pid')))
})

test('a second server on the directory, a taken port, another region and an unusable directory get a sentence each, and harm nothing', { timeout: 120_000 }, async () => {
	const server = await start()
	const { port } = new URL(server.url)
	await refused(/is in use by another Throughline/, 'start', '--port', '0', '--data-dir', directory)
	await refused(new RegExp(`Port ${port} is taken`), 'start', '--port', port, '--data-dir', join(root, 'other'))
	assert.ok(!existsSync(join(root, 'other')), 'a taken port is noticed before anything is made')
	await refused(/holds the region “sample”/, 'start', '--port', '0', '--data-dir', directory, '--region', 'metro-atlanta')
	await refused(/There is no region “nowhere”/, 'start', '--port', '0', '--region', 'nowhere')
	writeFileSync(join(root, 'file'), '')
	await refused(/cannot be written/, 'start', '--port', '0', '--data-dir', join(root, 'file'))
	await refused(/cannot be written/, 'start', '--port', '0', '--data-dir', '/proc/throughline')
	await refused(/is not a port/, 'start', '--port', '3000x')
	assert.equal((await fetch(server.url)).status, 200)
	server.child.kill('SIGTERM')
	assert.equal((await server.ended).code, 0)
})

test('commands join the running server’s database', { timeout: 60_000 }, async () => {
	const server = await start()
	const verified = await throughline('verify', '--data-dir', directory).ended
	assert.equal(verified.code, 0, verified.output)
	assert.match(verified.output, /The ledger is whole/)
	const backup = join(root, 'b.throughline')
	assert.equal((await throughline('backup', backup, '--data-dir', directory).ended).code, 0)
	await refused(/is in use/, 'restore', backup, '--data-dir', directory)
	server.child.kill('SIGINT')
	await server.ended
	await refused(/The database is not empty/, 'restore', backup, '--data-dir', directory)
	const restored = await throughline('restore', backup, '--data-dir', join(root, 'restored')).ended
	assert.match(restored.output, /each table was read back and is the same/)
	await refused(/holds the region “sample”/, 'start', '--port', '0', '--data-dir', join(root, 'restored'), '--region', 'metro-atlanta')
})

test('after kill -9 the next start takes seconds and keeps everything', { timeout: 60_000 }, async () => {
	const killed = await start()
	killed.child.kill('SIGKILL')
	await killed.ended
	assert.ok(existsSync(join(directory, 'postgres', 'postmaster.pid')), 'the database server is an orphan')
	const began = performance.now()
	const server = await start()
	// A start that had to build the pages first says nothing about this.
	if (!server.said('Building')) assert.ok(performance.now() - began < 20_000)
	assert.equal((await fetch(server.url)).status, 200)
	server.child.kill('SIGINT')
	assert.equal((await server.ended).code, 0)
})

test('only names of this machine are answered', { timeout: 60_000 }, async () => {
	const server = await start()
	const ask = (host: string) => new Promise<number>((resolve, reject) => {
		get(server.url, { headers: { host } }, (answer) => resolve(answer.resume().statusCode!)).on('error', reject)
	})
	assert.deepEqual([await ask(new URL(server.url).host), await ask('127.0.0.1'), await ask('evil.example')], [200, 200, 421])
	server.child.kill('SIGINT')
	await server.ended
})

test('a port that is taken on all addresses is noticed too', { timeout: 30_000 }, async () => {
	const other = createServer().listen(0)
	await once(other, 'listening')
	await refused(/is taken by another program/, 'start', '--port', String((other.address() as { port: number }).port), '--data-dir', join(root, 'other'))
	other.close()
})
