import { spawn } from 'node:child_process'
import { existsSync, globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '#database'
import { sentence } from './sentence.ts'

const ROOT = join(import.meta.dirname, '..')
const SOURCES = ['src/**/*', 'docs/methodology/*.md', 'regions/**/*.ts', 'modules/**/*', 'packages/**/*', 'database/**/*', 'messages/**/*.json', 'project.inlang/settings.json', 'vite.config.ts', 'package-lock.json']

/** Builds the pages into `build/` when they are missing or older than their sources. Errors: `pages_not_built`. */
export async function buildPages(say: (line: string) => void): Promise<void> {
	if (isFresh()) return
	say(sentence('start_building'))
	const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
	const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'error'], { cwd: ROOT, env: { ...process.env, NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'] })
	let output = ''
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output = (output + chunk).slice(-20_000)))
	const code = await new Promise<number | null>((resolve) => child.on('close', resolve).on('error', () => resolve(-1)))
	if (code === 0 && existsSync(join(ROOT, 'build/handler.js'))) return
	console.error(output.trim())
	throw new Refusal('pages_not_built', {})
}

function isFresh(): boolean {
	const handler = join(ROOT, 'build/handler.js')
	if (!existsSync(handler)) return false
	const builtAt = statSync(handler).mtimeMs
	// What the build itself writes, and tests, say nothing about its age.
	const sources = globSync(SOURCES, { cwd: ROOT, exclude: (path) => /node_modules|src\/lib\/paraglide/.test(path) })
	return !sources.some((file) => !/\.test\.ts$|README\.md$/.test(file) && isNewer(join(ROOT, file), builtAt))
}

function isNewer(path: string, time: number): boolean {
	const status = statSync(path, { throwIfNoEntry: false })
	return status !== undefined && status.isFile() && status.mtimeMs > time
}
