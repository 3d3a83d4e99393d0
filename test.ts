// Runs every test of the project: `npm test`. Options: `--only db` (or any part of a path), `--no-build`.
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { parseArgs } from 'node:util'
import { startTestServer } from './database/testing/index.ts'
import { shareSample } from './journeys/application.ts'

const { values } = parseArgs({ options: { only: { type: 'string' }, build: { type: 'boolean', default: true } }, allowNegative: true })

const FOLDERS = '{packages,modules,database,src,cli,regions,journeys,bench}'
const found = globSync([`${FOLDERS}/**/*.test.ts`, '*.test.ts'], { exclude: (path) => path.includes('node_modules') })
const files = found.filter((file) => !values.only || file.includes(values.only === 'db' ? '.db.test.ts' : values.only)).sort()
const journeys = files.filter((file) => file.startsWith('journeys/'))
const others = files.filter((file) => !journeys.includes(file))

if (values.build && journeys.length > 0) {
	const built = spawnSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], { stdio: 'inherit' })
	if (built.status !== 0) process.exit(1)
}

const server = await startTestServer(process.env.DATABASE_URL)
process.env.THROUGHLINE_TEST_ADDRESS = JSON.stringify(server.address)
const counts = { passed: 0, failed: 0 }
await runFiles(others, Math.max(2, availableParallelism()))
await runJourneys()
await server.stop()
if (files.length === 0) console.error('No test file matches.')
console.log(`\n${counts.passed} passed, ${counts.failed} failed`)
process.exit(counts.failed > 0 || counts.passed === 0 ? 1 : 0)

/** Journeys share one running sample region, and two cores with a browser: one file at a time keeps their waits honest. */
async function runJourneys(): Promise<void> {
	if (journeys.length === 0) return
	const sample = await shareSample()
	await runFiles(journeys, 1)
	await sample.stop()
}

async function runFiles(list: string[], concurrency: number): Promise<void> {
	if (list.length === 0) return
	const stream = run({ files: list, concurrency, timeout: 15 * 60_000 })
	stream.on('test:pass', (event) => void (isTest(event) && counts.passed++))
	stream.on('test:fail', (event) => void ((event.details as { type?: string }).type !== 'suite' && counts.failed++))
	await new Promise((resolve) => stream.compose(spec).on('end', resolve).pipe(process.stdout, { end: false }))
}

/** A passing test: neither a suite, nor a file, nor one that was skipped. */
function isTest(event: { nesting: number; details: { type?: string }; name: string; skip?: string | boolean }): boolean {
	return event.details.type !== 'suite' && !event.skip && !event.name.endsWith('.test.ts')
}
