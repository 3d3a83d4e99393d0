import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import subsetFont from 'subset-font'
import type { Plugin } from 'vite'

const require = createRequire(import.meta.url)
const MADE = join(import.meta.dirname, '..', 'lib', 'fonts')

/** What English, Spanish and the names of places in the United States are written with. */
const SIGNS = [
	...between(0x20, 0x7e),
	...'\u00a0¡¿«»§©®°±²³·×½ªºÁÀÂÄÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØÚÙÛÜÝßáàâäãåæçéèêëíìîïñóòôöõøúùûüýÿ–—‘’“”•…′″−→↔≤≥\u202f',
].join('')

const SERIF = '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2'
const SANS = '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'
const FEATURES = ['kern', 'liga', 'tnum']
const PAGES = { targetFormat: 'woff2', variationAxes: { wght: { min: 400, max: 600 } } } as const
/** Pictures are drawn by a program that reads neither WOFF2 nor variable fonts. */
const picture = (weight: number) => ({ targetFormat: 'sfnt', variationAxes: { wght: weight } }) as const

const FONTS = {
	'serif.woff2': [SERIF, PAGES],
	'sans.woff2': [SANS, PAGES],
	'serif-600.ttf': [SERIF, picture(600)],
	'sans-400.ttf': [SANS, picture(400)],
	'sans-600.ttf': [SANS, picture(600)],
} as const

function between(first: number, last: number): string[] {
	return Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i))
}

/** Cuts the fonts down to the signs and weights in use, into `src/lib/fonts/`, before anything is built. */
export function subsetFonts(): Plugin {
	return { name: 'subset-fonts', config: () => makeFonts() }
}

async function makeFonts(): Promise<void> {
	const stamp = [SIGNS, JSON.stringify(FONTS), ...FEATURES, ...[SERIF, SANS].map((path) => require(`${path.split('/files/')[0]}/package.json`).version)].join('\n')
	const stampFile = join(MADE, 'stamp.txt')
	if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
	mkdirSync(MADE, { recursive: true })
	for (const [name, [path, form]] of Object.entries(FONTS)) {
		const options = { ...form, keepFeatures: FEATURES, noHinting: true }
		writeFileSync(join(MADE, name), await subsetFont(readFileSync(require.resolve(path)), SIGNS, options))
	}
	writeFileSync(stampFile, stamp)
}
