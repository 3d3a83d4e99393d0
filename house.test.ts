import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { test } from 'node:test'

const ROOMS = readRooms()
const SOURCES = globSync(['*.ts', '{packages,modules,database,src,cli,regions,journeys,bench}/**/*.{ts,svelte}'])
	.filter((file) => !/node_modules|src\/lib\/paraglide/.test(file))
	.map((file) => ({ file, text: readFileSync(file, 'utf8') }))
const DOORS: Record<string, string> = JSON.parse(readFileSync('package.json', 'utf8')).imports

/** Files over the size limits, each with its reason. */
const LONG_FILES: Record<string, string> = {}

/** Room name → rooms it may use, as the table in ARCHITECTURE.md says. */
function readRooms(): Map<string, Set<string>> {
	const section = readFileSync('ARCHITECTURE.md', 'utf8').split('## Which room may use which')[1]!.split('\n## ')[0]!
	const rows = section.split('\n').filter((line) => /^\| [a-z]/.test(line) && !line.startsWith('| room'))
	return new Map(rows.map((line) => {
		const [, room, uses] = line.split('|').map((cell) => cell.trim())
		return [room!, new Set(uses!.split(',').map((use) => use.trim()).filter(Boolean))]
	}))
}

function roomOf(file: string): string | undefined {
	return [...ROOMS.keys()].find((room) => file.startsWith(`${room}/`))
}

/** The project file an import leads to, or undefined for a library. */
function resolveImport(from: string, specifier: string): string | undefined {
	if (specifier.startsWith('.')) return normalize(join(dirname(from), specifier))
	const packaged = /^@throughline\/([a-z]+)/.exec(specifier)
	if (packaged) return `packages/${packaged[1]}/index.ts`
	if (specifier.startsWith('#lib')) return `src/lib/${specifier.slice(5)}`
	if (specifier.startsWith('#')) return relative('.', DOORS[specifier] ?? `missing-door/${specifier}`)
	return undefined
}

function importsOf(text: string): string[] {
	const pattern = /(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g
	return [...text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? match[3]!)
}

test('every import stays within the rooms that ARCHITECTURE.md allows', () => {
	const wrong = SOURCES.flatMap(({ file, text }) => {
		const room = roomOf(file)
		if (!room) return []
		return importsOf(text).flatMap((specifier) => {
			const target = resolveImport(file, specifier)
			const used = target && (target.startsWith('missing-door') ? target : roomOf(target))
			return used && used !== room && !ROOMS.get(room)!.has(used) ? [`${file} uses ${specifier}`] : []
		})
	})
	assert.deepEqual(wrong, [])
})

test('rooms are entered by their doors only', () => {
	const doors = new Set([...Object.values(DOORS).map((door) => relative('.', door)), ...globSync('packages/*/index.ts')])
	const wrong = SOURCES.flatMap(({ file, text }) =>
		importsOf(text).flatMap((specifier) => {
			const target = resolveImport(file, specifier)
			if (!target || !specifier.startsWith('.')) return []
			const [from, to] = [roomOf(file), roomOf(target)]
			const deep = to !== undefined && from !== to && !['regions', 'bench', 'journeys'].includes(to)
			return deep && !doors.has(target) && from !== undefined ? [`${file} reaches into ${target}`] : []
		}),
	)
	assert.deepEqual(wrong, [])
})

test('every room in the table exists, and every folder that holds code has a room', () => {
	for (const room of ROOMS.keys()) assert.ok(existsSync(room), `${room} stands in ARCHITECTURE.md but not in the repository`)
	const homeless = SOURCES.filter(({ file }) => file.includes('/') && !roomOf(file)).map(({ file }) => file)
	assert.deepEqual(homeless, [])
})

test('packages touch no files, no clock and no randomness of their own', () => {
	const forbidden = /from ['"]node:(?!zlib|buffer)|Math\.random\(|Date\.now\(|new Date\(\)|process\.env/
	const wrong = SOURCES.filter(({ file, text }) => file.startsWith('packages/') && !/\.test\.ts$|\/testing\//.test(file) && forbidden.test(text))
	assert.deepEqual(wrong.map(({ file }) => file), [])
})

test('SQL is written in modules/*/server and database only', () => {
	const wrong = SOURCES.filter(({ file, text }) => /from ['"](kysely|pg)['"/]/.test(text) && !/^(database\/|modules\/[a-z]+\/server\/|bench\/)/.test(file))
	assert.deepEqual(wrong.map(({ file }) => file), [])
})

test('MapLibre is known in src/lib/map only', () => {
	const wrong = SOURCES.filter(({ file, text }) => /maplibre-gl/.test(importsOf(text).join()) && !file.startsWith('src/lib/map/'))
	assert.deepEqual(wrong.map(({ file }) => file), [])
})

test('the browser never receives the database', () => {
	const serverOnly = /(\.server\.ts|\+server\.ts|hooks\.server\.ts|\.test\.ts|\/server\/.*)$/
	// A type leaves nothing behind in the browser.
	const withoutTypes = (text: string) => text.replace(/(^|\n)\s*import type [^;'"]*?from\s*['"][^'"]+['"]/g, '')
	const wrong = SOURCES.flatMap(({ file, text }) =>
		file.startsWith('src/') && !serverOnly.test(file) && importsOf(withoutTypes(text)).some((name) => /^#(database|[a-z]+\/server)/.test(name)) ? [file] : [],
	)
	assert.deepEqual(wrong, [])
})

test('files keep to their size', () => {
	const limit = (file: string) => (file.endsWith('.test.ts') ? 500 : file.endsWith('.svelte') ? 200 : file.endsWith('+page.server.ts') ? 80 : 300)
	const long = SOURCES.filter(({ file, text }) => text.split('\n').length > limit(file) && !LONG_FILES[file]).map(({ file, text }) => `${file}: ${text.split('\n').length}`)
	assert.deepEqual(long, [])
})

test('no file is named for what it might be', () => {
	const vague = SOURCES.filter(({ file }) => /(^|\/)(utils?|helpers?|common|misc|manager|dto)(\.|\/)/.test(file)).map(({ file }) => file)
	assert.deepEqual(vague, [])
})
