import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

const KILLS = 50
const root = mkdtempSync(join(tmpdir(), 'throughline-crash-'))
const directory = join(root, 'data')
const backups = join(root, 'backups')
const promises = join(root, 'promises')
const skip = process.env.DATABASE_URL ? 'tests the embedded server, which the run without DATABASE_URL has done' : false

before(() => {
	chmodSync(root, 0o755)
	mkdirSync(backups)
})
after(() => rmSync(root, { recursive: true, force: true }))

interface Life {
	child: ChildProcess
	said(): Promise<{ faults: string[]; finished?: boolean }>
}

function live(mode: 'write' | 'finish'): Life {
	const child = spawn(process.execPath, [join(import.meta.dirname, 'testing/crash/child.ts'), directory, backups, promises, mode], { stdio: ['ignore', 'pipe', 'inherit'] })
	const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
	const said = async () => {
		const line = await lines.next()
		assert.ok(!line.done, 'the application ended before it was ready')
		return JSON.parse(line.value) as { faults: string[]; finished?: boolean }
	}
	return { child, said }
}

/** How many promises of a kind the lives have written down so far. */
function promised(kind: string): number {
	return existsSync(promises) ? readFileSync(promises, 'utf8').split('\n').filter((line) => line.startsWith(kind)).length : 0
}

/** Kills the embedded server's first process; its sessions notice and end by themselves a moment later. */
function killServer(): void {
	const pid = Number(readFileSync(join(directory, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
	process.kill(pid, 'SIGKILL')
}

test(`killed ${KILLS} times during jobs, citations and backups: nothing acknowledged is lost and nothing is half there`, { skip, timeout: 300_000 }, async (context) => {
	const starts: number[] = []
	for (let kill = 0; kill < KILLS; kill++) {
		const began = performance.now()
		const life = live('write')
		const { faults } = await life.said()
		starts.push(performance.now() - began)
		assert.deepEqual(faults, [], `after kill ${kill}`)
		// Spread over the writing, the middle of a backup and the moments after a start.
		await sleep((kill * 97) % 450)
		// On a busy machine a life may be over before it promised anything; it is then given up to three seconds more.
		for (let waits = 0; waits < 60 && (promised('citation') <= kill + 1 || promised('job') <= kill + 1 || (kill > 9 && promised('backup') === 0)); waits++) await sleep(50)
		const gone = once(life.child, 'exit')
		life.child.kill('SIGKILL')
		// Every third time the database server dies with the application; otherwise it is left an orphan.
		if (kill % 3 === 2) killServer()
		await gone
	}
	const last = live('finish')
	assert.deepEqual((await last.said()).faults, [])
	assert.deepEqual(await last.said(), { faults: [], finished: true })
	const [code] = (await once(last.child, 'exit')) as [number]
	assert.equal(code, 0)
	assert.ok(!existsSync(join(directory, 'postgres', 'postmaster.pid')), 'the server is stopped in order')
	assert.ok(promised('citation') > KILLS && promised('job') > KILLS && promised('backup') > 0, 'the lives were long enough to promise something')
	starts.sort((a, b) => a - b)
	context.diagnostic(`${promised('citation')} citations, ${promised('job')} jobs, ${promised('backup')} backups, ${globSync('*.part', { cwd: backups }).length} cut backups; start and check: median ${Math.round(starts[KILLS >> 1]!)} ms, longest ${Math.round(starts.at(-1)!)} ms`)
})
