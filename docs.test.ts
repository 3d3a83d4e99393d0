import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'
import { readRecipeFile } from '#atlas'
import { listRegionKeys, listPresets, readRegion, type RegionManifest } from '#atlas/server'
import { commands } from './cli/commands.ts'
import { helpOf } from './cli/help.ts'

const LEFT_OUT = /(^|\/)(node_modules|build|\.svelte-kit|paraglide|\.git|cache)(\/|$)|^(data|project\.inlang|journeys\/screenshots)(\/|$)/
const read = (file: string) => readFileSync(file, 'utf8')
const CODE = globSync(['*.ts', '{packages,modules,database,src,cli,regions,journeys,bench}/**/*.{ts,svelte}'], { exclude: (path) => LEFT_OUT.test(path) })
	.filter((file) => file !== 'docs.test.ts')
	.map((file) => ({ file, text: read(file) }))
const PAGES = globSync('**/*.md', { exclude: (path) => LEFT_OUT.test(path) }).map((file) => ({ file, text: read(file) }))
const SCRIPTS: Record<string, string> = JSON.parse(read('package.json')).scripts
const REGIONS = listRegionKeys('regions').map((key) => readRegion('regions', key))
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].flatMap((match) => match.slice(1).filter((group) => group !== undefined))
const unique = (list: string[]) => [...new Set(list)].sort()

/** The part of a page under `## heading`, up to the next heading of that level. */
function sectionOf(text: string, heading: string): string | undefined {
	return text.split(/^## /m).slice(1).find((section) => section.split('\n')[0]!.trim() === heading)
}

/** First cells of the tables of a page: what stands between the first backticks of a row. */
const firstCells = (text: string) => found(text, /^\| `([^`]+)`/gm)

// Commands --------------------------------------------------------------------------------------------------------------

/** The options a command's source gives to parseArgs, without the two dashes. */
function optionsOf(name: string): string[] {
	const source = CODE.find(({ file, text }) => file.startsWith('cli/commands/') && text.includes(`name: '${name}'`))
	assert.ok(source, `no file in cli/commands names the command ${name}`)
	const declared = (text: string) => found(text, /(?:'([\w-]+)'|\b(\w+)): \{ type: '(?:string|boolean)'/g)
	const shared = /\bwhereOptions\b/.test(source.text) ? declared(read('cli/command.ts')) : []
	return unique([...shared, ...declared(source.text)])
}

for (const { name } of commands) {
	test(`${name}: help and guide name exactly the options that it takes`, () => {
		const section = sectionOf(read('docs/guides/command-line.md'), name)
		assert.ok(section, `docs/guides/command-line.md has no heading "## ${name}"`)
		const described = (text: string, line: RegExp) => unique(found(text, line))
		for (const locale of ['en', 'es'] as const) assert.deepEqual(described(helpOf(name, locale).text, /--([a-z][\w-]*)/g), optionsOf(name), `in --help (${locale})`)
		assert.deepEqual(described(section, /^\| `--([\w-]+)/gm), optionsOf(name), 'in the guide')
		assert.match(section, /^```sh\n/m, 'the guide gives an example')
	})
}

test('every command answers --help, and there is no heading without a command', async (context) => {
	const [argv, exitCode] = [process.argv, process.exitCode]
	const said = context.mock.method(console, 'log', () => undefined)
	for (const [index, { name }] of commands.entries()) {
		process.argv = [...argv.slice(0, 2), ...name.split(' '), '--help']
		// Another query makes it run anew, in this process: starting one for each command takes seconds.
		await import(`./cli/main.ts?${index}`)
		assert.equal(process.exitCode, 0)
		assert.deepEqual(said.mock.calls.at(-1)!.arguments, [helpOf(name).text])
	}
	Object.assign(process, { argv, exitCode })
	const headings = found(read('docs/guides/command-line.md'), /^## (.+)$/gm).filter((heading) => /^[a-z]/.test(heading))
	assert.deepEqual(unique(headings), unique(commands.map(({ name }) => name)))
})

/** What is wrong with one command line of the docs, or undefined. */
function faultOf(line: string): string | undefined {
	const words = line.replace(/\s[#|&;>].*$/, '').trim().split(/\s+/)
	const [tool, first = '', second] = words
	const takes = (options: string[]) => found(line, /\s--([\w-]+)/g).filter((option) => ![...options, 'help'].includes(option)).map((option) => `--${option} is no option of it`)[0]
	if (tool === 'npm') {
		const script = first === 'run' ? second! : first
		if (['ci', 'install'].includes(script)) return undefined
		if (!SCRIPTS[script]) return `there is no script ${script}`
		return script === 'start' ? takes(optionsOf('start')) : takes(found(read(/node (\S+)/.exec(SCRIPTS[script])?.[1] ?? 'package.json'), /(\w+): \{ type: '/g).flatMap((option) => [option, `no-${option}`]))
	}
	if (!first || first === '--help' || /^[A-Z]/.test(first)) return undefined
	const command = commands.find(({ name }) => name === `${first} ${second}`) ?? commands.find(({ name }) => name === first)
	return command ? takes(optionsOf(command.name)) : 'there is no such command'
}

test('every ./throughline command and npm script in the docs exists, with its options', () => {
	const wrong = PAGES.flatMap(({ file, text }) =>
		found(text, /((?:\.\/throughline|npm (?:run [\w:-]+|start|test|ci))(?: [^\n`]*)?)/g)
			.flatMap((line) => line.split(' && '))
			.filter((line) => /^(\.\/throughline|npm )/.test(line.trim()))
			.flatMap((line) => (faultOf(line.trim()) ? [`${file}: ${line}: ${faultOf(line.trim())}`] : [])),
	)
	assert.deepEqual(wrong, [])
})

test('the blocks of README.md that are meant to be run hold nothing but commands of this repository', () => {
	const lines = found(read('README.md'), /^```sh run\n([\s\S]*?)^```/gm).flatMap((block) => block.trim().split('\n')).flatMap((line) => line.split(' && '))
	assert.ok(lines.length >= 3)
	for (const line of lines) assert.match(line, /^(npm |\.\/throughline )/)
})

// Settings and addresses ------------------------------------------------------------------------------------------------

test('every environment variable that the code reads is in docs/guides/settings.md, and no other', () => {
	const names = CODE.flatMap(({ text }) => [
		...found(text, /process\.env\.([A-Z][A-Z0-9_]*)/g),
		...found(text, /\benvironment\.([A-Z][A-Z0-9_]*)/g),
		...found(text, /\{([^}]*)\}[^={}\n]*= (?:environment|process\.env)\b/g).flatMap((inside) => found(inside, /\b([A-Z][A-Z0-9_]+)\b/g)),
		...found(text, /['"](THROUGHLINE_[A-Z_]+)['"]/g),
		...found(text, /^\s+(THROUGHLINE_[A-Z_]+):/gm),
	])
	const page = read('docs/guides/settings.md')
	const ofTheAdapter = firstCells(sectionOf(page, 'Behind a proxy') ?? '')
	assert.deepEqual(unique(firstCells(page)), unique([...names, ...ofTheAdapter]))
	const adapter = globSync('node_modules/@sveltejs/adapter-node/**/*.js').map(read).join('\n')
	for (const name of ofTheAdapter) assert.ok(adapter.includes(`'${name}'`) || names.includes(name), `${name} is read by nobody`)
})

test('every address of the web and every query parameter is in docs/guides/addresses.md', () => {
	const page = read('docs/guides/addresses.md')
	const routes = globSync('src/routes/**/+{page.svelte,page.server.ts,server.ts}').map((file) => `/${dirname(file).replace(/^src\/routes\/?/, '')}`)
	assert.deepEqual(unique(firstCells(page).filter((cell) => cell.startsWith('/'))), unique(routes))
	const parameters = CODE.filter(({ file }) => file.startsWith('src/')).flatMap(({ text }) => found(text, /(?:searchParams|query)\.(?:get|has)\('([\w-]+)'\)/g))
	assert.deepEqual(unique(parameters).filter((name) => !page.includes(`\`${name}\``)), [])
})

// Methods and indicators ------------------------------------------------------------------------------------------------

test('every preset, and so every index of a region, has a methodology page that names it', () => {
	const presets = listPresets()
	for (const { name, methodology } of presets) assert.ok(methodology && existsSync(methodology) && read(methodology).includes(`\`${name}\``), `${name}: ${methodology}`)
	for (const { manifest } of REGIONS) for (const { recipe } of manifest.indices) assert.ok(presets.some(({ name }) => name === recipe), `${manifest.key}: ${recipe}`)
})

/** Where an indicator's numbers come from in a region, column and sources. */
function originsOf(manifest: RegionManifest, indicator: string): string[] {
	const sourcesOf = new Map<string, string[]>()
	for (const { key, table } of manifest.sources) {
		if (!table) continue
		const { counts, shares, amounts, ratios, complements } = table
		const column = counts[indicator] ? `E_${counts[indicator]}` : shares[indicator] ? `EP_${shares[indicator].code}` : amounts[indicator] ? amounts[indicator].estimate
			: complements[indicator] ? `100 − EP_${shares[complements[indicator]]!.code}`
			: ratios[indicator] ? `100 · ${ratios[indicator].numerator} / ${ratios[indicator].universe}` : undefined
		if (column) sourcesOf.set(column, [...(sourcesOf.get(column) ?? []), key])
	}
	return [...sourcesOf].map(([column, keys]) => `${manifest.key}: ${column} in ${keys.join(', ')}`)
}

test('docs/methodology/indicators.md explains every indicator as the catalogue and the regions do', () => {
	const page = read('docs/methodology/indicators.md')
	const messages: Record<string, string> = JSON.parse(read('messages/en/interface.json'))
	const rows = [...REGIONS[0]!.catalogue].map(([key, { name, about, unit, universe, direction }]) => {
		const origins = REGIONS.flatMap(({ manifest }) => originsOf(manifest, key))
		assert.ok(messages[`unit_${unit}`], `${key}: the unit ${unit} has no words`)
		return `| \`${key}\` ${name.en} | ${about.en} | ${messages[`unit_${unit}`]} | ${universe?.en ?? '–'} | ${direction.replaceAll('_', ' ')} | ${origins.join('; ')} |`
	})
	const indices = REGIONS.flatMap(({ manifest }) => manifest.indices.map(({ recipe, source }) => `| \`${recipe}\` | ${manifest.key} | ${source} |`))
	assert.deepEqual(page.split('\n').filter((line) => line.startsWith('| `')), [...rows, ...indices])
})

test('the recipes in the guide are valid', () => {
	const blocks = found(read('docs/guides/recipes.md'), /^```yaml\n([\s\S]*?)^```/gm)
	assert.ok(blocks.length > 0)
	for (const block of blocks) assert.deepEqual(readRecipeFile(block, 'recipes.md').problems, [])
})

test('examples in TypeScript import what the doors export', () => {
	const doors: Record<string, string> = JSON.parse(read('package.json')).imports
	const wrong = PAGES.flatMap(({ file, text }) =>
		[...found(text, /^```ts\n([\s\S]*?)^```/gm).join('\n').matchAll(/import \{([^}]+)\} from '([#@][^']+)'/g)].flatMap(([, names, specifier]) => {
			const door = read(doors[specifier!] ?? `${specifier!.replace('@throughline', 'packages')}/index.ts`)
			return names!.split(',').map((name) => name.trim().replace(/^type /, '')).filter((name) => !new RegExp(`\\b${name}\\b`).test(door)).map((name) => `${file}: ${name} of ${specifier}`)
		}),
	)
	assert.deepEqual(wrong, [])
})

// Links and words -------------------------------------------------------------------------------------------------------

const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '')

function anchorsOf(file: string): Set<string> {
	const titles = found(read(file).replace(/^```[\s\S]*?^```/gm, ''), /^#{1,6} (.+)$/gm)
	return new Set(titles.map((title) => title.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replaceAll(' ', '-')))
}

test('links and pictures of every page lead to files and headings that are there', () => {
	const wrong = PAGES.flatMap(({ file, text }) =>
		found(withoutCode(text), /\]\(([^)\s]+)\)|<(?:img|a)[^>]*(?:src|href)="([^"]+)"/g).filter((target) => {
			if (/^(https?|mailto):/.test(target)) return false
			const [path, anchor] = target.split('#') as [string, string?]
			const goal = path ? normalize(join(dirname(file), path)) : file
			return !existsSync(goal) || (anchor !== undefined && !anchorsOf(goal).has(anchor))
		}).map((target) => `${file}: ${target}`),
	)
	assert.deepEqual(wrong, [])
})

test('methodology pages link only to each other and to publishers, because the web shows them alone', () => {
	const wrong = PAGES.filter(({ file }) => file.startsWith('docs/methodology/')).flatMap(({ file, text }) =>
		found(withoutCode(text), /\]\(([^)\s]+)\)/g).filter((target) => !/^(https?:|[a-z0-9-]+\.md|#)/.test(target)).map((target) => `${file}: ${target}`),
	)
	assert.deepEqual(wrong, [])
})

test('files and folders that a page names exist', () => {
	const wrong = PAGES.flatMap(({ file, text }) =>
		found(text, /`((?:docs|modules|packages|cli|regions|database|src|journeys|bench|messages)\/[\w./[\]+-]*)`/g).filter((path) => !existsSync(path)).map((path) => `${file}: ${path}`),
	)
	assert.deepEqual(wrong, [])
})

test('every word of the dictionary has a sentence, a place and its Spanish', () => {
	const rows = read('docs/dictionary.md').split('\n').filter((line) => /^\| \*\*/.test(line))
	const spanish = [...globSync('messages/es/*.json'), ...globSync('regions/*.yml')].map(read).join('\n').toLowerCase()
	assert.ok(rows.length > 40)
	for (const row of rows) {
		const cells = row.split('|').slice(1, -1).map((cell) => cell.trim())
		assert.equal(cells.length, 4, row)
		assert.ok(cells.every(Boolean) && cells[1]!.endsWith('.'), row)
		for (const word of cells[3]!.split(', ')) assert.ok(word.startsWith('(') || spanish.includes(word.toLowerCase()), `${row}: the pages do not say ${word}`)
	}
	const words = rows.map((row) => /^\| \*\*(.+?)\*\*/.exec(row)![1]!.toLowerCase())
	assert.deepEqual(words, [...words].sort((a, b) => a.localeCompare(b, 'en')), 'in alphabetical order')
	assert.equal(new Set(words).size, words.length)
})

test('no file holds a path of one machine, or a note to do later', () => {
	const machine = /(?:^|[\s"'`(=:])\/(?:home|Users|root|work)\/\w/m
	const later = new RegExp(`\\b(?:TO${'DO'}|FIX${'ME'})\\b`)
	const files = globSync('**/*.{ts,svelte,md,yml,json,css,html}', { exclude: (path) => LEFT_OUT.test(path) }).filter((file) => file !== 'package-lock.json' && statSync(file).isFile())
	assert.deepEqual(files.filter((file) => machine.test(read(file)) || later.test(read(file))), [])
})
