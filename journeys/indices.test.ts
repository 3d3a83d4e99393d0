import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { say, saying } from './catalogue.ts'
import { openForTests } from './opening.ts'
import { beginVisit } from './visit.ts'

const opened = openForTests()

const DRAFT = '/indices/build?use=low-income&use=cost-burden&use=life-expectancy'
const highest = async (page: Page) => (await page.getByRole('region', { name: say('indices_top') }).getByRole('rowheader').allInnerTexts()).join('|')
/** What the canvas shows, as a number that differs when its colours do. */
const colours = (page: Page) => page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
	const copy = new OffscreenCanvas(60, 60)
	const context = copy.getContext('2d')!
	context.drawImage(canvas, 0, 0, 60, 60)
	return [...context.getImageData(0, 0, 60, 60).data].reduce((sum, value, i) => (sum * 31 + value * (i % 7)) % 1_000_000_007, 7)
})

test('somebody builds an index, sees the map follow a weight, saves it, makes a version, and another begins from it', { timeout: 90_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url)
	await open('/indices')
	await page.getByRole('link', { name: say('indices_start_vulnerability') }).click()
	await page.locator('canvas.shown').waitFor()
	assert.ok((await page.getByRole('slider').count()) >= 10)

	await open(DRAFT)
	await page.locator('canvas.shown').waitFor()
	await page.waitForFunction(() => performance.getEntriesByName('index-edit').length > 0)
	const before = [await colours(page), await highest(page)] as const
	const slider = page.getByRole('slider', { name: 'Life expectancy at birth' })
	await slider.focus()
	for (let step = 0; step < 12; step++) await page.keyboard.press('ArrowRight')
	assert.notEqual(await colours(page), before[0], 'the map has other colours')
	assert.notEqual(await highest(page), before[1], 'and other places lead')
	await page.waitForURL(/w-life-expectancy=7/)
	const edits = await page.evaluate(() => performance.getEntriesByName('index-edit').map(({ duration }) => duration))
	console.log(`index edit, 250 places: ${edits.length} edits, longest ${Math.max(...edits).toFixed(1)} ms of script`)

	await page.getByLabel(say('indices_name')).fill('Need in Harbor Bend')
	await page.getByRole('button', { name: say('indices_save_sign_in') }).click()
	await page.getByRole('button', { name: say('sign_in_as', { name: 'Robin Sample' }) }).click()
	await page.waitForURL('**/indices/build?**')
	assert.equal(await page.getByLabel(say('indices_name')).inputValue(), 'Need in Harbor Bend', 'nothing is lost by signing in')
	await page.getByRole('button', { name: say('indices_save'), exact: true }).click()
	await page.getByRole('heading', { level: 1, name: 'Need in Harbor Bend' }).waitFor()
	const saved = new URL(page.url()).pathname
	await page.getByRole('link', { name: say('indices_edit') }).click()
	await page.getByRole('checkbox', { name: say('indices_by_domain') }).check()
	await page.getByRole('button', { name: say('indices_save'), exact: true }).click()
	await page.getByText(saying('indices_made')).waitFor()
	await page.getByRole('heading', { name: say('indices_versions') }).waitFor()
	assert.equal(new URL(page.url()).pathname, saved)

	await page.getByRole('button', { name: say('cite_index_label', { name: 'Need in Harbor Bend' }) }).click()
	await page.waitForURL('**/citations/*')
	await page.getByText(say('citation_same_all')).waitFor()
	await page.context().clearCookies()
	await open(saved)
	await page.getByRole('link', { name: say('indices_fork') }).click()
	await page.waitForURL(/from=i-/)
	await leave()
})

test('without script: measures are chosen, weighed and shown by a button', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false })
	await open('/indices/build')
	await page.getByText(say('indices_empty')).waitFor()
	for (const name of ['People with low income', 'Tree canopy']) await page.getByRole('checkbox', { name }).check()
	await page.getByRole('button', { name: say('show_button') }).click()
	assert.equal(await page.getByRole('slider').count(), 2)
	assert.ok((await page.getByRole('img', { name: saying('indices_map_alt') }).boundingBox())!.width > 300)
	assert.equal((await highest(page)).split('|').length, 10)
	await leave()
})

test('a recipe is written as a text: what is wrong is said with its line, nothing is lost, and it is saved', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url, { expected: /status of 400/ })
	await open('/sign-in?to=/indices/text')
	await page.getByRole('button', { name: say('sign_in_as', { name: 'Robin Sample' }) }).click()
	await page.waitForURL('**/indices/text')
	const text = page.getByLabel(say('indices_text_label'))
	await text.fill('name: own\ntitle: By hand\nindicators:\n  - { id: low-income, weight: much }\ntotal: { aggregate: mean }\n')
	await page.getByRole('button', { name: say('indices_text_check') }).click()
	await page.getByRole('alert').filter({ hasText: '4' }).waitFor()
	await text.fill((await text.inputValue()).replace('much', '2'))
	await page.getByRole('button', { name: say('indices_text_check') }).click()
	await page.getByText(say('indices_text_good')).waitFor()
	await page.getByRole('button', { name: say('indices_save'), exact: true }).click()
	await page.getByRole('heading', { level: 1, name: 'By hand' }).waitFor()
	await page.getByText('weight: 2').waitFor()
	await leave()
})

test('two indices are compared: where they agree, where not, and why', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url)
	await open('/indices/compare')
	const [first, second] = await page.getByLabel(say('indices_compare_first')).locator('option').allInnerTexts()
	await page.getByLabel(say('indices_compare_first')).selectOption({ label: first! })
	await page.getByLabel(say('indices_compare_second')).selectOption({ label: second! })
	await page.getByRole('button', { name: say('show_button') }).click()
	await page.getByRole('heading', { name: say('indices_widest') }).waitFor()
	const counts = (await page.locator('.legend .number').allInnerTexts()).map(Number)
	assert.equal(counts.length, 4)
	assert.ok(counts.reduce((sum, count) => sum + count) > 200, 'every place with both scores is counted once')
	await leave()
})

test('an index that is not there says so, and a broken draft builds what it can', { timeout: 60_000 }, async () => {
	assert.equal((await fetch(`${opened.url}/indices/i-nothing`)).status, 404)
	const answer = await fetch(`${opened.url}/indices/build?use=nothing&use=low-income&w-low-income=much&scale=odd`)
	assert.equal(answer.status, 200)
	assert.match(await answer.text(), /People with low income/)
})
