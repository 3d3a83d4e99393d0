import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const MAIN = join(import.meta.dirname, '..', 'cli', 'main.ts')
const SHARED = 'THROUGHLINE_JOURNEY_URL'

export interface Application {
	url: string
	/** The one-time link of the first administrator, when one was printed. */
	welcome: string | undefined
	/** Milliseconds until the address was printed, and until the region was loaded. */
	took: { answering: number; loaded: number }
	/** Ends as an operator would end it; checks that it ended in order. */
	stop(): Promise<void>
}

interface Start {
	region?: string
	/** Folder of source files. */
	data?: string
	/** Where the database lives. */
	directory: string
	/** Whether to return as soon as pages are served, while the region is still being loaded. */
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
	const source = data ? ['--data', data] : []
	const { child, output } = spawnThroughline(['start', '--region', region, '--port', '0', '--data-dir', directory, ...source])
	const ended = once(child, 'close')
	const url = await read(child, output, /is at (http:\S+)\n/)
	const answering = performance.now() - began
	while (!early && (await regionOf(url)) !== region) {
		assert.equal(child.exitCode, null, output())
		await pause(100)
	}
	const stop = async () => {
		child.kill('SIGTERM')
		const [code] = await ended
		assert.equal(code, 0, output())
	}
	return { url, welcome: /(http:\S+\/welcome\?\S+)/.exec(output())?.[1], took: { answering, loaded: performance.now() - began }, stop }
}

/** The sample region for reading: the one that the whole run shares, else one of this file's own. */
export async function openSample(): Promise<Application> {
	const url = process.env[SHARED]
	if (url) return { url, welcome: undefined, took: { answering: 0, loaded: 0 }, stop: async () => undefined }
	const folder = makeFolder()
	const application = await startApplication({ directory: join(folder.path, 'data') })
	return { ...application, stop: () => application.stop().finally(folder.remove) }
}

/** Starts one sample region for every test file that is run until `stop`. */
export async function shareSample(): Promise<{ stop(): Promise<void> }> {
	const application = await openSample()
	process.env[SHARED] = application.url
	return application
}

/** Which region a server has loaded by now. */
export async function regionOf(url: string): Promise<string | null> {
	const answer = await fetch(`${url}/health`)
	return ((await answer.json()) as { region: string | null }).region
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

async function read(child: ChildProcess, output: () => string, pattern: RegExp): Promise<string> {
	for (;;) {
		const found = pattern.exec(output())
		if (found) return found[1]!
		assert.equal(child.exitCode, null, output())
		await pause(20)
	}
}
