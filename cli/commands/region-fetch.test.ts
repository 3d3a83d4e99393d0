import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { delawareMissing, startCensusServer } from '#atlas/testing'

const folder = mkdtempSync(join(tmpdir(), 'throughline-fetch-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const { DATABASE_URL: _, THROUGHLINE_CENSUS_KEY: __, ...environment } = process.env
const KEY = 'a-key-nobody-may-read'

function run(args: string[], more: NodeJS.ProcessEnv = {}) {
	const child = spawn(process.execPath, [join(import.meta.dirname, '../main.ts'), ...args], { env: { ...environment, LANG: 'C', LANGUAGE: '', LC_ALL: '', LC_MESSAGES: '', THROUGHLINE_REGIONS: folder, ...more } })
	let output = ''
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk))
	const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }))
	return { child, ended, lines: () => output.split('\n').length - 1 }
}

const made = ['region', 'new', '--state', '10', '--counties', '001,003', '--name', 'delaware', '--vintage', '2020']

test('what cannot be asked for is said in one sentence each', async () => {
	const cases: [string[], RegExp][] = [
		[['region', 'new', '--state', '10', '--name', 'x'], /--counties is missing/],
		[['region', 'new', '--state', '77', '--counties', '001', '--name', 'x'], /“77” is no state/],
		[['region', 'new', '--state', '10', '--counties', '1', '--name', 'x'], /“1” is no county code/],
		[['region', 'new', '--state', '10', '--counties', '001', '--name', 'sample'], /a region “sample” already/],
		[['region', 'new', '--state', '10', '--counties', '001', '--name', 'x', '--vintage', 'soon'], /ends in “soon”/],
		[['region', 'new', '--state', '10', '--counties', '001', '--name', 'x', '--geography', 'block'], /“block” cannot be fetched/],
		[['region', 'fetch'], /REGION is missing/],
		[['region', 'fetch', 'sample'], /nothing to fetch/],
		[['region', 'fetch', 'nowhere'], /no region “nowhere”/],
	]
	const results = await Promise.all(cases.map(([args]) => run(args).ended))
	results.forEach(({ code, output }, i) => {
		assert.match(output, cases[i]![1])
		assert.deepEqual([code, output.trim().split('\n').length], [1, 1], output)
	})
})

test('new, fetch (interrupted and killed), check, list and load without a connection: a region for which no file was at hand', { skip: delawareMissing, timeout: 120_000 }, async () => {
	let pace: 'slow' | undefined
	const server = await startCensusServer({ key: KEY, faultOf: (n) => (n === 4 || n === 7 ? pace : undefined) })
	const where = { THROUGHLINE_CENSUS_API: `${server.api}/`, THROUGHLINE_CENSUS_FILES: server.files }
	try {
		const first = await run(made).ended
		assert.deepEqual([first.code, /Wrote .*delaware\.yml/.test(first.output)], [0, true], first.output)
		const listed = await run(['region', 'list']).ended
		assert.match(listed.output, /delaware .*\n.*2 counties and their census tracts.*\n.*not fetched yet/)
		const keyless = await run(['region', 'fetch', 'delaware'], where).ended
		assert.deepEqual([keyless.code, /asks for a key/.test(keyless.output)], [1, true], keyless.output)
		pace = 'slow'
		const before = server.requests.length
		for (const signal of ['SIGINT', 'SIGKILL'] as const) {
			const started = server.requests.length
			const cut = run(['region', 'fetch', 'delaware'], { ...where, THROUGHLINE_CENSUS_KEY: KEY })
			while (server.requests.length < 8 && (signal === 'SIGKILL' || server.requests.length < 5)) await new Promise((resolve) => setTimeout(resolve, 10))
			assert.ok(server.requests.length > started)
			cut.child.kill(signal)
			const { code, output } = await cut.ended
			if (signal === 'SIGINT') assert.deepEqual([code, /Stopped\. Run .* again/.test(output)], [1, true], output)
		}
		pace = undefined
		const last = await run(['region', 'fetch', 'delaware'], { ...where, THROUGHLINE_CENSUS_KEY: KEY }).ended
		assert.equal(last.code, 0, last.output)
		assert.match(last.output, /^1 of 11: cb_2020_us_county_500k\.zip, is there already$/m)
		assert.match(last.output, /^11 of 11: \/2020\/acs\/acs5, \d+ kB$/m)
		const answered = server.requests.slice(before).filter((_, i) => i + before !== 4 && i + before !== 7)
		assert.equal(new Set(answered).size, answered.length, 'what was answered is not asked for again')
		assert.ok(!last.output.includes(KEY) && !readFileSync(join(folder, 'delaware.lock.yml'), 'utf8').includes(KEY))
		const checked = await run(['region', 'check', 'delaware']).ended
		assert.deepEqual([checked.code, /All 3 sources are as the manifest says/.test(checked.output)], [0, true], checked.output)
	} finally {
		await server.close()
	}
	// Nobody answers any more, and no folder of files is named.
	chmodSync(folder, 0o755)
	const loaded = await run(['region', 'load', 'delaware', '--data-dir', join(folder, 'database')], where).ended
	assert.deepEqual([loaded.code, loaded.output.trim()], [0, 'The region delaware is loaded.'], loaded.output)
})
