import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const disk = mkdtempSync(join(tmpdir(), 'throughline-small-disk-'))
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=200m,mode=755', 'tmpfs', disk]).status === 0
after(() => {
	if (mounted) spawnSync('umount', ['-l', disk])
	rmSync(disk, { recursive: true, force: true })
})

const run = (...args: string[]) => spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args, '--data-dir', join(disk, 'data')], { encoding: 'utf8', env: { ...process.env, LANG: 'en_US.UTF-8', DATABASE_URL: '' } })

test('a load that fills the disk says so, shows nothing half, and finishes when there is room', { skip: !mounted && 'this user may not mount a small disk', timeout: 120_000 }, () => {
	assert.equal(run('migrate').status, 0)
	const filler = join(disk, 'filler')
	const { bavail, bsize } = statfsSync(disk)
	writeFileSync(filler, Buffer.alloc(bavail * bsize - 400_000, 1))
	const full = run('region', 'load', 'sample')
	assert.equal(full.status, 1)
	assert.match(full.stderr, /disk is full|did not start|could not be created|cannot be written|cannot be reached/)
	assert.doesNotMatch(full.stderr, /\n\s+at /, 'a sentence, not a stack')
	rmSync(filler)
	const again = run('region', 'load', 'sample')
	assert.equal(again.status, 0, again.stderr)
	assert.equal(run('verify').status, 0)
})
