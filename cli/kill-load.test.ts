import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase, verifyLedger, type CoreTables } from '#database'
import { findRegion, type AtlasTables } from '#atlas/server'

const KILLS = 10
const MAIN = join(import.meta.dirname, 'main.ts')

test('kill -9 ten times during a load leaves nothing half there, and the next load finishes', { timeout: 180_000 }, async () => {
	const directory = mkdtempSync(join(tmpdir(), 'throughline-kill-'))
	chmodSync(directory, 0o755)
	const load = ['region', 'load', 'sample', '--data-dir', directory]
	try {
		for (let kill = 0; kill < KILLS; kill++) {
			const child = spawn(process.execPath, [MAIN, ...load], { stdio: 'ignore' })
			// From the first milliseconds of the first start to the last steps of the load.
			await Promise.race([sleep(150 + 330 * kill), new Promise((resolve) => child.on('exit', resolve))])
			child.kill('SIGKILL')
			await new Promise((resolve) => (child.exitCode !== null || child.signalCode ? resolve(undefined) : child.on('exit', resolve)))
		}
		const last = spawnSync(process.execPath, [MAIN, ...load], { encoding: 'utf8' })
		assert.equal(last.status, 0, last.stderr)
		const open = await openDatabase<AtlasTables & CoreTables>({ dataDirectory: directory })
		try {
			assert.equal((await findRegion(open.database))?.key, 'sample')
			assert.equal((await verifyLedger(open.database)).verdict, 'whole')
			const { n } = await open.database.selectFrom('atlas.place').select((expression) => expression.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
			assert.equal(n, 478)
			assert.equal(await open.database.selectFrom('atlas_loading.checkpoint').selectAll().executeTakeFirst(), undefined)
		} finally {
			await open.close()
		}
	} finally {
		rmSync(directory, { recursive: true, force: true })
	}
})
