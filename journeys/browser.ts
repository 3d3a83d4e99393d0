import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { chromium, type Browser } from 'playwright-core'

const FLAGS = [
	'--no-sandbox',
	'--use-angle=swiftshader',
	'--use-gl=angle',
	'--enable-unsafe-swiftshader',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run',
	'--force-color-profile=srgb',
]

/** A real Chromium: `PLAYWRIGHT_CHROMIUM`, else the one npm carries, else an installed Chrome. */
export async function launchBrowser(): Promise<Browser> {
	const executablePath = process.env.PLAYWRIGHT_CHROMIUM ?? (await unpackChromium()) ?? installedChrome()
	if (!executablePath) throw new Error('No Chromium found: set PLAYWRIGHT_CHROMIUM to a Chrome or Chromium program.')
	return chromium.launch({ executablePath, args: FLAGS, env: { ...process.env, ...libraryPath(executablePath) } as Record<string, string> })
}

async function unpackChromium(): Promise<string | undefined> {
	if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
	const { default: packaged } = await import('@sparticuz/chromium')
	return packaged.executablePath()
}

function installedChrome(): string | undefined {
	const places = [
		'/usr/bin/chromium',
		'/usr/bin/google-chrome',
		'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
		'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
	]
	return places.find((place) => existsSync(place))
}

/** Machines without libnss3 and libnspr4 get the copies that the package carries. */
function libraryPath(executablePath: string): Record<string, string> {
	if (process.platform !== 'linux') return {}
	const linked = spawnSync('ldd', [executablePath], { encoding: 'utf8' }).stdout ?? ''
	if (!/not found/.test(linked)) return {}
	const folder = join(tmpdir(), 'throughline-chromium-libraries')
	if (!existsSync(join(folder, 'lib', 'libnss3.so'))) unpackLibraries(folder)
	return { LD_LIBRARY_PATH: [join(folder, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':') }
}

function unpackLibraries(folder: string): void {
	const archive = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', 'bin', 'al2023.tar.br')
	rmSync(folder, { recursive: true, force: true })
	mkdirSync(folder, { recursive: true })
	const tar = join(folder, 'libraries.tar')
	writeFileSync(tar, brotliDecompressSync(readFileSync(archive)))
	spawnSync('tar', ['-xf', tar, '-C', folder])
}
