import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { parse } from 'yaml'
import { readCatalogue, say } from './catalogue.ts'
import { openForTests } from './opening.ts'
import { listPages, readValues } from './pages.ts'
import { beginVisit } from './visit.ts'

const opened = openForTests()

/** English and Spanish of everything that is written in both: sentences of the interface, names and explanations of indicators. */
function* listPairs(): Generator<{ en: string; es: string }> {
	const [english, spanish] = [readCatalogue('en'), readCatalogue('es')]
	for (const [key, en] of Object.entries(english)) yield { en, es: spanish[key]! }
	const root = `${import.meta.dirname}/../regions`
	for (const file of globSync(`${root}/*.yml`)) yield* pairsWithin(parse(readFileSync(file, 'utf8')))
}

function* pairsWithin(value: unknown): Generator<{ en: string; es: string }> {
	if (typeof value !== 'object' || value === null) return
	const { en, es } = value as { en?: unknown; es?: unknown }
	if (typeof en === 'string' && typeof es === 'string') yield { en, es }
	else for (const inner of Object.values(value)) yield* pairsWithin(inner)
}

/** English pieces without parameters, as they would stand on a page that forgot to translate. */
function listEnglish(): { whole: Set<string>; pieces: string[] } {
	const pairs = [...listPairs()].filter(({ en, es }) => en !== es)
	const spanish = pairs.map(({ es }) => es)
	const foreign = (text: string) => !spanish.some((es) => es.includes(text))
	const pieces = pairs.flatMap(({ en }) => en.split(/\{\w+\}/)).map((piece) => piece.trim())
	return {
		whole: new Set(pairs.map(({ en }) => en.trim()).filter((en) => !en.includes('{') && foreign(en))),
		pieces: [...new Set(pieces.filter((piece) => piece.length >= 16 && piece.includes(' ') && foreign(piece)))],
	}
}

/** Texts that are seen or read aloud, outside of what is marked as English. */
function readTexts(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const texts = [document.title]
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
		for (let node = walker.nextNode(); node; node = walker.nextNode()) {
			const element = node instanceof Element ? node : node.parentElement!
			if (element.closest('script, style, noscript, [lang="en"]:not(html)')) continue
			if (node instanceof Element) texts.push(...['aria-label', 'alt', 'title', 'placeholder'].map((name) => node.getAttribute(name) ?? ''))
			else texts.push(node.textContent!)
		}
		return texts.map((text) => text.replace(/\s+/g, ' ').trim()).filter(Boolean)
	})
}

/** Links and forms that lead to a page in another language, except the link that says so. */
async function listAstray(page: Page, url: string): Promise<string[]> {
	const targets = await page.locator('a[href]:not([hreflang]), form').evaluateAll((elements) =>
		elements.map((element) => (element instanceof HTMLAnchorElement ? element.href : (element as HTMLFormElement).action)),
	)
	// Files to take along, such as data.csv, are the same in every language.
	const isPage = (target: string) => target.startsWith(url) && !/\.[a-z]+$/.test(new URL(target).pathname)
	return targets.filter((target) => isPage(target) && !/^\/es(\/|$)/.test(new URL(target).pathname))
}

test('every page in Spanish says so, holds no English sentence and leads to pages in Spanish', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url, { locale: 'es-US', expected: /status of 404/ })
	const { whole, pieces } = listEnglish()
	assert.ok(whole.size > 200 && pieces.length > 200)
	const found: string[] = []
	const inspect = async (name: string) => {
		assert.equal(await page.locator('html').getAttribute('lang'), 'es', name)
		for (const text of await readTexts(page)) {
			if (whole.has(text)) found.push(`${name}: ${text}`)
			else found.push(...pieces.filter((piece) => text.includes(piece)).map((piece) => `${name}: “${piece}” in “${text}”`))
		}
	}
	for (const [name, path] of Object.entries(await listPages(opened.url))) {
		await open(`/es${path === '/' ? '' : path}`)
		await inspect(name)
		found.push(...(await listAstray(page, opened.url)).map((target) => `${name} leads out of Spanish: ${target}`))
	}
	await open('/es/indicators/low-income')
	await page.getByRole('button', { name: say('map_explore', {}, 'es') }).click()
	await page.getByText(say('map_inspect_hint', {}, 'es')).waitFor()
	await page.keyboard.press('ArrowDown')
	await page.getByRole('link', { name: say('map_inspect_open', {}, 'es') }).waitFor()
	await inspect('map explored')
	await leave()
	assert.deepEqual(found, [])
})

test('the language is changed without losing the page, its choices or what was found', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url)
	await open('/indicators/low-income?classes=natural-breaks&county=99003&page=2')
	await page.getByRole('link', { name: say('language_other') }).click()
	await page.waitForURL('**/es/indicators/low-income?**')
	assert.equal(new URL(page.url()).search, '?classes=natural-breaks&county=99003&page=2')
	assert.equal(await page.getByLabel(say('classes_label', {}, 'es')).inputValue(), 'natural-breaks')
	await page.getByText(say('table_showing', { from: 26, to: 50, total: 131 }, 'es')).waitFor()
	await page.getByRole('link', { name: say('language_other', {}, 'es') }).click()
	await page.waitForURL(/:\d+\/indicators\/low-income\?/)
	assert.equal(await page.locator('html').getAttribute('lang'), 'en')
	await leave()
})

test('a Spanish speaker finds a place and cites a number', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url, { locale: 'es-US' })
	const values = await readValues(opened.url, 'low-income')
	const index = values.counties.indexOf('Alder County')
	await open('/es')
	await page.getByRole('searchbox', { name: say('home_find_title', {}, 'es') }).fill(`sector ${values.geoids[index]}`)
	await page.keyboard.press('Enter')
	await page.waitForURL(`**/es/places/${values.geography}/${values.geoids[index]}`)
	await page.getByRole('button', { name: say('profile_cite_label', { name: 'Personas con bajos ingresos' }, 'es') }).click()
	await page.waitForURL('**/es/citations/*')
	await page.getByText(say('citation_same', {}, 'es')).waitFor()
	await leave()
})
