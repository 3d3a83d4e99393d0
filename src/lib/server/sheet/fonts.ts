import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sans400 from '#lib/fonts/sans-400.ttf?inline'
import sans600 from '#lib/fonts/sans-600.ttf?inline'
import serif600 from '#lib/fonts/serif-600.ttf?inline'
import sans from '#lib/fonts/sans.woff2?inline'
import serif from '#lib/fonts/serif.woff2?inline'

let folder: string | undefined

/** Files of the faces for the program that draws pictures: it reads no other form. They last as long as this process. */
export function fontFiles(): string[] {
	if (!folder) {
		const made = mkdtempSync(join(tmpdir(), 'throughline-fonts-'))
		for (const [name, inline] of Object.entries({ sans400, sans600, serif600 })) writeFileSync(join(made, `${name}.ttf`), Buffer.from(inline.split(',')[1]!, 'base64'))
		process.once('exit', () => rmSync(made, { recursive: true, force: true }))
		folder = made
	}
	return ['sans400', 'sans600', 'serif600'].map((name) => join(folder!, `${name}.ttf`))
}

/** Style text that carries the faces inside a picture, so that it looks the same everywhere. */
export const EMBEDDED_FONTS = [['Source Serif 4', serif], ['Inter', sans]].map(([family, url]) => `@font-face{font-family:'${family}';src:url(${url}) format('woff2');font-weight:400 600}`).join('')
