import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const MAIN = join(import.meta.dirname, '..', 'cli', 'main.ts')
const SHARED = 'THROUGHLINE_JOURNEY_URL'
const WELCOME = /http:\S+\/welcome\?\S+/

export interface Application {
	url: string
	/** The one-time link of the first administrator, once it is printed. */
	readWelcome(): Promise<string>
	/** Seconds until the region could be read. */
	seconds: number
	/** Ends as an operator would end it; checks that it ended in order. */
	stop(): Promise<void>
}

interface Start {
	region?: string
	/** Folder of source files. */
	data?: string
	/** Where the database lives. */
	directory: string
	/** Whether to return as soon as pages are served, before the region is loaded. */
	early?: boolean
}

/** An empty folder that another user may reach, as PostgreSQL needs when this one is root. */
export function makeFolder(): { path: string; remove(): void } {
	const path = mkdtempSync(join(tmpdir(), 'throughline-journey-'))
	chmodSync(path, 0o755)
	return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** Runs `throughline` to its end. */
export async function runThroughline(...args: string[]): Promise<{ code: number | null; output: string }> {
	const { child, output } = spawnThroughline(args)
	const [code] = await once(child, 'close')
	return { code, output: output().trim() }
}

/** Starts the real application on a free port. */
export async function startApplication({ region = 'sample', data, directory, early = false }: Start): Promise<Application> {
	const began = performance.now()
	const port = await findFreePort()
	const source = data ? ['--data', data] : []
	const { child, output } = spawnThroughline(['start', '--region', region, '--port', port, '--data-dir', directory, ...source])
	const ended = once(child, 'close')
	const url = `http://localhost:${port}`
	const until = async (reached: () => boolean | Promise<boolean>) => {
		while (!(await reached())) {
			assert.equal(child.exitCode, null, output())
			await pause(20)
		}
	}
	// The server takes its port at once and answers as soon as it serves pages.
	await until(() => findRegion(url).then((found) => found !== undefined && (early || found === region)))
	const seconds = (performance.now() - began) / 1000
	const readWelcome = async () => {
		await until(() => WELCOME.test(output()))
		return WELCOME.exec(output())![0]
	}
	const stop = async () => {
		child.kill('SIGTERM')
		const [code] = await ended
		assert.equal(code, 0, output())
	}
	return { url, readWelcome, seconds, stop }
}

/** The sample region for reading: the one that the whole run shares, else one of this file's own. */
export async function openSample(): Promise<Application> {
	const url = process.env[SHARED]
	if (url) return { url, readWelcome: () => Promise.reject(new Error('this one is shared')), seconds: 0, stop: async () => undefined }
	const folder = makeFolder()
	const application = await startApplication({ directory: join(folder.path, 'data') })
	await waitForCoalition(application.url)
	return { ...application, stop: () => application.stop().finally(folder.remove) }
}

/** The circles and hubs of the sample are made after its region can be read. */
async function waitForCoalition(url: string): Promise<void> {
	for (let waits = 0; waits < 600; waits++) {
		if ((await fetch(`${url}/coalition/brightwater-hub`)).ok) return
		await pause(100)
	}
	assert.fail('the circles and hubs of the sample were not made within a minute')
}

/** Starts one sample region for every test file that is run until `stop`. */
export async function shareSample(): Promise<{ stop(): Promise<void> }> {
	const application = await openSample()
	process.env[SHARED] = application.url
	return application
}

/** The region that a server has loaded by now, null when it has none yet, undefined when nobody answers. */
async function findRegion(url: string): Promise<string | null | undefined> {
	const answer = await fetch(`${url}/health`).catch(() => undefined)
	return answer && ((await answer.json()) as { region: string | null }).region
}

async function findFreePort(): Promise<string> {
	const server = createServer().listen(0, '127.0.0.1')
	await once(server, 'listening')
	const { port } = server.address() as AddressInfo
	server.close()
	await once(server, 'close')
	return String(port)
}

function spawnThroughline(args: string[]): { child: ChildProcess; output: () => string } {
	const { DATABASE_URL: _, ORIGIN: __, ...environment } = process.env
	const child = spawn(process.execPath, [MAIN, ...args], { env: { ...environment, LANG: 'C' } })
	const kill = () => void child.kill('SIGKILL')
	process.once('exit', kill)
	child.once('close', () => process.off('exit', kill))
	let said = ''
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
	return { child, output: () => said }
}
