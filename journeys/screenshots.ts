// Takes pictures of every kind of page: `npm run screenshots`. A few go to docs/screenshots, all others to journeys/screenshots.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { openSample } from './application.ts'
import { launchBrowser } from './browser.ts'
import { say } from './catalogue.ts'
import { listPages } from './pages.ts'
import { beginVisit } from './visit.ts'

const DOCUMENTED = new Set(['home-1440-light', 'map-1440-light', 'profile-1440-light', 'map-360-dark'])
const FOLDERS = { docs: join(import.meta.dirname, '..', 'docs', 'screenshots'), own: join(import.meta.dirname, 'screenshots') }
const WIDTHS = { 360: 780, 1440: 1000 } as const

for (const folder of Object.values(FOLDERS)) mkdirSync(folder, { recursive: true })
const only = process.argv[2]
const application = await openSample()
const browser = await launchBrowser()
try {
	const pages = { ...(await listPages(application.url)), 'map-explored': '/indicators/low-income' }
	for (const width of [360, 1440] as const) for (const scheme of ['light', 'dark'] as const) await takeAll(browser, pages, width, scheme)
} finally {
	await browser.close()
	await application.stop()
}

async function takeAll(browser: Browser, pages: Record<string, string>, width: 360 | 1440, colorScheme: 'light' | 'dark'): Promise<void> {
	const visit = await beginVisit(browser, application.url, { viewport: { width, height: WIDTHS[width] }, colorScheme, deviceScaleFactor: 1, expected: /404/ })
	for (const [name, path] of Object.entries(pages)) {
		if (only && !name.includes(only)) continue
		await visit.page.goto(path, { waitUntil: 'networkidle' })
		if (name === 'map-explored') await explore(visit.page)
		await take(visit.page, `${name}-${width}-${colorScheme}`)
	}
	await visit.leave()
}

async function explore(page: Page): Promise<void> {
	await page.getByRole('button', { name: say('map_explore') }).click()
	await page.locator('.live.shown canvas').waitFor()
	for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowRight')
	await page.getByRole('link', { name: say('map_inspect_open') }).waitFor()
}

/** Documented pictures show what stands on the screen; the others the whole page. */
async function take(page: Page, name: string): Promise<void> {
	const documented = DOCUMENTED.has(name)
	if (documented) await page.screenshot({ path: join(FOLDERS.docs, `${name}.png`) })
	await page.screenshot({ path: join(FOLDERS.own, `${name}.png`), fullPage: true })
	console.log(name)
}
