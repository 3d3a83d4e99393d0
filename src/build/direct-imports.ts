import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

const ROOT = join(import.meta.dirname, '..', '..')
const MESSAGES = join(ROOT, 'src', 'lib', 'paraglide', 'messages')
const DOORS: Record<string, string> = {
	'@throughline/stats': join(ROOT, 'packages', 'stats', 'index.ts'),
	'@throughline/geo': join(ROOT, 'packages', 'geo', 'index.ts'),
	...Object.fromEntries(readdirSync(join(ROOT, 'modules')).map((room) => [`#${room}`, join(ROOT, 'modules', room, 'index.ts')])),
}

const ALL_MESSAGES = /import\s*\{\s*m\s*\}\s*from\s*["']#lib\/paraglide\/messages\.js["'];?/
const MESSAGE = /(?<![\w$.])m\.(\w+)/g
const CHOSEN_MESSAGE = /(?<![\w$.])m\[\s*`(\w+)\$\{/g
const IMPORT = /import\s*\{([^}]*)\}\s*from\s*["']([@#][\w/]+)["'];?/g
const EXPORT = /export\s*\{([^}]*)\}\s*from\s*'(\.[^']+)'/g
const EXPORT_ALL = /export\s*\*\s*from\s*'(\.[^']+)'/g

/**
 * In what browsers load, everything is imported from the file that makes it instead of from a list of all: a page then brings the
 * sentences that it says and the rules that it uses, and no others.
 */
export function directImports(): Plugin {
	const doors = new Map(Object.entries(DOORS).filter(([, file]) => existsSync(file)).map(([door, file]) => [door, readDoor(file)]))
	return {
		name: 'direct-imports',
		apply: 'build',
		applyToEnvironment: ({ name }) => name === 'client',
		transform(code) {
			const direct = importsFromFiles(ALL_MESSAGES.test(code) ? messagesByName(code) : code, doors)
			return direct === code ? undefined : { code: direct, map: null }
		},
	}
}

/** Name → file, of everything that a door hands on, through the doors of its folders too. */
function readDoor(file: string): Map<string, string> {
	const source = readFileSync(file, 'utf8')
	const named = [...source.matchAll(EXPORT)].flatMap(([, names, from]) => namesIn(names!).map((name) => [name, join(dirname(file), from!)] as const))
	const whole = [...source.matchAll(EXPORT_ALL)].flatMap(([, from]) => [...readDoor(join(dirname(file), from!))])
	return new Map([...whole, ...named])
}

function namesIn(list: string): string[] {
	return list.split(',').map((name) => name.trim()).filter((name) => name && !name.startsWith('type '))
}

function importsFromFiles(code: string, doors: Map<string, Map<string, string>>): string {
	return code.replace(IMPORT, (statement, list: string, specifier: string) => {
		const door = doors.get(specifier)
		const names = namesIn(list)
		const files = names.map((name) => door?.get(name.split(/\s+as\s+/)[0]!))
		return files.every(Boolean) ? names.map((name, i) => `import { ${name} } from ${JSON.stringify(files[i])}`).join('\n') : statement
	})
}

/** `m.name` becomes one import; an index with a prefix, as in m[`unit_${unit}`], one for each message that begins so. */
function messagesByName(code: string): string {
	const used = new Set<string>()
	const body = code
		.replace(ALL_MESSAGES, '')
		.replace(MESSAGE, (_, name: string) => (used.add(name), `m_${name}`))
		.replace(CHOSEN_MESSAGE, (_, prefix: string) => {
			const begun = readdirSync(MESSAGES).filter((file) => file.startsWith(prefix)).map((file) => file.replace(/\.js$/, ''))
			for (const name of begun) used.add(name)
			return `({ ${begun.map((name) => `${name}: m_${name}`).join(', ')} })[\`${prefix}\${`
		})
	return `${[...used].map((name) => `import { ${name} as m_${name} } from ${JSON.stringify(join(MESSAGES, `${name}.js`))}`).join('\n')}\n${body}`
}
