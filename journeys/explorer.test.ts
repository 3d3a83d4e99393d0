import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parquetReadObjects } from 'hyparquet'
import { say, saying } from './catalogue.ts'
import { openForTests } from './opening.ts'
import { readValues } from './pages.ts'
import { beginVisit } from './visit.ts'

const opened = openForTests()

test('bounds of one\'s own divide the map, and bounds that cannot be read are explained beside the field', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url)
	await open('/indicators/low-income')
	const field = page.getByLabel(say('explorer_breaks'))
	await field.fill('20, 40')
	await field.press('Enter')
	await page.waitForURL(/breaks=20/)
	const { values } = await readValues(opened.url, 'low-income')
	const counts = [0, 0, 0]
	for (const value of values) if (value !== null) counts[value <= 20 ? 0 : value <= 40 ? 1 : 2]!++
	const legend = page.getByRole('region', { name: say('legend_title') })
	await legend.getByText('20.0 – 40.0').waitFor()
	const shown = (await legend.locator('ol .count').allTextContents()).map((text) => Number.parseInt(text, 10))
	assert.deepEqual(shown, counts.toReversed())

	await field.fill('ten, 40')
	await field.press('Enter')
	await page.getByText(say('explorer_breaks_problem', { text: 'ten, 40' })).waitFor()
	assert.equal(await field.inputValue(), 'ten, 40', 'what was typed stays')
	await leave()
})

test('two colors part the region at its own rate on picture, legend, live map and embedded map, seven classes deep', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url)
	await open('/indicators/low-income?count=7')
	await page.getByLabel(say('explorer_ramp')).selectOption('diverging')
	await page.waitForURL(/ramp=diverging/)
	const legend = page.getByRole('region', { name: say('legend_title') })
	await legend.getByText(saying('explorer_middle_rate')).waitFor()
	const split = Array.from({ length: 7 }, (_, i) => `split-${i}`)
	const { colours, classes } = (await readValues(opened.url, 'low-income', '?count=7&ramp=diverging')) as unknown as { colours: string[]; classes: number[] }
	assert.deepEqual(colours, split)
	assert.equal(new Set(classes).size, 7)
	const swatches = 'ol rect[fill^="var(--split"]'
	const filled = async (list: Awaited<ReturnType<typeof legend.locator>>) => (await list.evaluateAll((rects) => rects.map((rect) => rect.getAttribute('fill')!.slice(6, -1)))).slice(0, 7)
	assert.deepEqual(await filled(legend.locator(swatches)), split.toReversed())
	const source = (await page.getByRole('img', { name: saying('map_picture_alt') }).getAttribute('src'))!
	const picture = await (await page.request.get(source)).text()
	assert.ok(split.every((name) => picture.includes(`class="p ${name}"`)))
	await open('/embed/indicators/low-income?count=7&ramp=diverging')
	assert.deepEqual(await filled(page.getByRole('region', { name: say('legend_title') }).locator(swatches)), split.toReversed())
	await open('/indicators/population?ramp=diverging')
	await page.getByText(say('explorer_ramp_direction')).waitFor()
	await leave()
})

test('the search above a map leads to the places found', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false })
	await open('/indicators/low-income')
	await page.getByRole('searchbox').fill('brightwater')
	await page.getByRole('searchbox').press('Enter')
	await page.waitForURL(/\/places\?q=brightwater/)
	await leave()
})

test('without script a class pressed in the legend stays alone on picture, map, table and download', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false })
	await open('/indicators/low-income?breaks=20,40')
	await page.getByRole('link', { name: saying('explorer_class_show') }).first().click()
	await page.getByRole('link', { name: saying('explorer_class_drop') }).waitFor()
	assert.equal(new URL(page.url()).searchParams.get('show'), '2')

	const all = await readValues(opened.url, 'low-income')
	const expected = all.geoids.filter((_, i) => all.values[i] !== null && all.values[i]! > 40)
	assert.ok(expected.length > 0 && expected.length < all.geoids.length)
	const csv = await (await page.request.get((await page.getByRole('link', { name: 'CSV' }).getAttribute('href'))!)).text()
	const geoids = csv.trim().split(/\r?\n/).slice(1).map((line) => line.split(',')[0])
	assert.deepEqual(new Set(geoids), new Set(expected))
	const { classes } = (await readValues(opened.url, 'low-income', '?breaks=20,40&show=2')) as unknown as { classes: number[] }
	assert.equal(classes.filter((key) => key === 2).length, expected.length)
	const picture = await (await page.request.get('/indicators/low-income/map.svg?breaks=20,40&show=2')).text()
	assert.deepEqual(['p ramp-6', 'p ramp-3', 'p ramp-0', 'o'].map((style) => picture.includes(`class="${style}"`)), [true, false, false, true])
	await leave()
})

test('the table filters by name and range, and the download has the same rows in the same order', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url)
	await open('/indicators/low-income')
	await page.getByLabel(say('explorer_least')).fill('30')
	await page.getByLabel(say('explorer_most')).fill('50')
	await page.getByRole('combobox', { name: say('table_sort_label'), exact: true }).selectOption('lowest')
	await page.waitForURL(/order=lowest/)
	const { values } = await readValues(opened.url, 'low-income')
	const expected = values.filter((value) => value !== null && value >= 30 && value <= 50).sort((a, b) => a! - b!)
	assert.ok(expected.length > 0)
	await page.getByText(say('table_showing', { from: 1, to: Math.min(25, expected.length), total: expected.length })).waitFor()
	const csv = await (await page.request.get((await page.getByRole('link', { name: 'CSV' }).getAttribute('href'))!)).text()
	const estimates = csv.trim().split(/\r?\n/).slice(1).map((line) => Number(line.split(',').at(6)))
	assert.deepEqual(estimates, expected)
	await page.getByRole('link', { name: saying('explorer_cite_place') }).first().click()
	await page.waitForURL(/citations\/new\?indicator=low-income/)
	await leave()
})

test('a reporter checks one number, takes the typed table and puts the map on a page', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url)
	await open('/indicators/low-income?breaks=20,40')
	const parquet = await page.request.get((await page.getByRole('link', { name: 'Parquet' }).getAttribute('href'))!)
	const bytes = await parquet.body()
	const rows = await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer })
	const { geoids, values, margins } = await readValues(opened.url, 'low-income')
	const read = new Map(rows.map((row) => [row.geoid, [row.estimate, row.margin_of_error_90]]))
	assert.deepEqual(read, new Map(geoids.map((geoid, i) => [geoid, [values[i], margins[i]]])))

	const dictionary = await (await page.request.get((await page.getByRole('link', { name: say('explorer_dictionary') }).getAttribute('href'))!)).text()
	assert.deepEqual(dictionary.trim().split(/\r?\n/).slice(1).map((line) => line.split(',')[0]), Object.keys(rows[0]!))

	await page.getByText(say('explorer_embed_title'), { exact: true }).first().click()
	const snippet = (await page.locator('blockquote.code').textContent())!
	await page.setContent(snippet)
	const framed = page.frameLocator('iframe')
	await framed.getByRole('img', { name: saying('map_picture_alt') }).waitFor()
	await framed.getByText('20.0 – 40.0').waitFor()
	await leave()
})

test('what is typed and ticked before the script has come is still there when it came', { timeout: 60_000 }, async () => {
	const { page, leave } = await beginVisit(opened.browser, opened.url)
	let arrive = () => {}
	const arrived = new Promise<void>((resolve) => (arrive = resolve))
	await page.route(/\.js$/, async (route) => {
		await arrived
		await route.continue()
	})
	await page.goto('/indices/text', { waitUntil: 'commit' })
	const text = page.getByLabel(say('indices_text_label'))
	await text.fill('typed early')
	arrive()
	await page.waitForLoadState('networkidle')
	await page.getByText(say('indices_text_measures')).click()
	assert.equal(await text.inputValue(), 'typed early')
	await leave()
})

test('what is chosen in a list before the script has come is applied when it comes, and going back shows the list as it was', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url)
	let arrive = () => {}
	const arrived = new Promise<void>((resolve) => (arrive = resolve))
	await page.route(/\.js$/, async (route) => {
		await arrived
		await route.continue()
	})
	await page.goto('/indicators/low-income', { waitUntil: 'commit' })
	const list = page.getByLabel(say('explorer_ramp'))
	await list.selectOption('diverging')
	arrive()
	await page.waitForURL(/ramp=diverging/)
	await open('/indicators/low-income')
	await list.selectOption('diverging')
	await page.waitForURL(/ramp=diverging/)
	await page.goBack()
	await page.waitForURL((url) => !url.searchParams.has('ramp'))
	await page.waitForFunction(() => document.querySelector<HTMLSelectElement>('select[name="ramp"]')!.value === 'sequential')
	await leave()
})
