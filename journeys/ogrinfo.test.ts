import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openSample, type Application } from './application.ts'

const installed = spawnSync('ogrinfo', ['--version']).status === 0
const skip = installed || process.env.CI ? false : 'GDAL is not installed here; the package gdal-bin brings ogrinfo and ogr2ogr'
if (skip) console.log(skip)

let application: Application
before(async () => void (application = await openSample()))
after(() => application?.stop())

/** Runs a program of GDAL to its end, without stopping this process, which may serve the pages. */
async function run(program: string, ...args: string[]): Promise<string> {
	const child = spawn(program, args, { env: { ...process.env, CPL_TMPDIR: tmpdir() } })
	let said = ''
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
	const [code] = await once(child, 'close')
	assert.equal(code, 0, said)
	assert.doesNotMatch(said, /ERROR|Warning 1/, said)
	return said
}

const places = async (query: string) => (await (await fetch(`${application.url}/api/v1/places?limit=1000&${query}`)).json()) as { total: number; items: { geoid: string; bbox: number[] }[] }

test('a planner connects with ogrinfo: sees the layers, their number of places and their columns', { skip, timeout: 60_000 }, async () => {
	const said = await run('ogrinfo', '-ro', '-al', '-so', `OAPIF:${application.url}/ogc`)
	assert.match(said, /using driver `OAPIF' successful/)
	assert.match(said, /Layer name: tract-2020[\s\S]*?Feature Count: 250/)
	assert.match(said, /Layer name: tract-2010[\s\S]*?Feature Count: 228/)
	assert.match(said, /low-income: Real/)
	assert.match(said, /low-income_moe: Real/)
})

test('a planner asks ogrinfo for a box and for a county, and gets the places that are there', { skip, timeout: 60_000 }, async () => {
	const { items } = await places('county=99007')
	const box = items[3]!.bbox.map(String)
	const inBox = await run('ogrinfo', '-ro', '-so', '-spat', ...box, `OAPIF:${application.url}/ogc`, 'tract-2020')
	const { total } = await places(`bbox=${box.join(',')}`)
	assert.ok(total > 1 && total < 60)
	assert.match(inBox, new RegExp(`Feature Count: ${total}\\b`))
	const inCounty = await run('ogrinfo', '-ro', '-so', '-where', "county = '99007'", `OAPIF:${application.url}/ogc`, 'tract-2020')
	assert.match(inCounty, new RegExp(`Feature Count: ${items.length}\\b`))
})

test('a planner reads one place with ogrinfo, and its numbers are those of the interface', { skip, timeout: 60_000 }, async () => {
	const said = await run('ogrinfo', '-ro', '-where', "geoid = '99001010100'", '-geom=NO', `OAPIF:${application.url}/ogc`, 'tract-2020')
	const series = (await (await fetch(`${application.url}/api/v1/series?indicator=low-income&geoid=99001010100`)).json()) as { items: { estimate: number; margin: number }[] }
	const { estimate, margin } = series.items[0]!
	const read = (column: string) => Number(new RegExp(`${column} \\(Real\\) = ([\\d.]+)`).exec(said)![1])
	assert.deepEqual([read('low-income'), read('low-income_moe')], [estimate, margin])
})

test('a planner keeps the whole layer in a file, across several pages', { skip, timeout: 60_000 }, async () => {
	const folder = mkdtempSync(join(tmpdir(), 'throughline-gdal-'))
	try {
		const file = join(folder, 'places.csv')
		await run('ogr2ogr', '-f', 'CSV', '-oo', 'PAGE_SIZE=40', file, `OAPIF:${application.url}/ogc`, 'tract-2020')
		const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
		assert.equal(lines.length, 251)
		assert.equal(new Set(lines).size, 251)
	} finally {
		rmSync(folder, { recursive: true, force: true })
	}
})
