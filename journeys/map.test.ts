import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { say, saying } from './catalogue.ts'
import { openForTests } from './opening.ts'
import { readValues, type Values } from './pages.ts'
import { beginVisit } from './visit.ts'

const opened = openForTests()

/** Presses the button and waits until the map has drawn. */
async function explore(page: Page): Promise<void> {
	await page.getByRole('button', { name: say('map_explore') }).click()
	await page.getByText(say('map_inspect_hint')).waitFor()
}

/** How many pixels of a picture of the map have each of the colours, as shares. */
async function measureColours(page: Page, tokens: string[]): Promise<number[]> {
	const picture = (await page.getByRole('application').screenshot()).toString('base64')
	return page.evaluate(async ([source, names]) => {
		const image = new Image()
		image.src = `data:image/png;base64,${source}`
		await image.decode()
		const canvas = new OffscreenCanvas(image.width, image.height)
		const context = canvas.getContext('2d')!
		context.drawImage(image, 0, 0)
		const { data } = context.getImageData(0, 0, image.width, image.height)
		const style = getComputedStyle(document.documentElement)
		return names.map((name) => {
			const wanted = Number.parseInt(style.getPropertyValue(name).trim().slice(1), 16)
			let count = 0
			for (let i = 0; i < data.length; i += 4) if (((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!) === wanted) count++
			return count / (data.length / 4)
		})
	}, [picture, tokens] as const)
}

/** What the status line says of a place. */
function describe(values: Values, index: number): string {
	const doubt = values.unreliable[index] ? ` (${say('map_unreliable')})` : ''
	return `${values.names[index]}, ${values.counties[index]}: ${values.values[index]!.toFixed(1)}\u00a0% ±\u00a0${values.margins[index]!.toFixed(1)}${doubt}`
}

test('the picture comes first; the map draws when it is asked for, is walked by arrow keys and opens a profile', { timeout: 60_000 }, async () => {
	for (const colorScheme of ['light', 'dark'] as const) {
		const { page, open, leave } = await beginVisit(opened.browser, opened.url, { colorScheme, viewport: { width: 760, height: 900 } })
		const asked: string[] = []
		page.on('request', (request) => asked.push(request.url()))
		await open('/indicators/low-income')
		const picture = page.getByRole('img', { name: saying('map_picture_alt') })
		assert.ok(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth > 200)))
		await page.getByRole('button', { name: say('map_explore') }).waitFor()
		assert.deepEqual(asked.filter((url) => /values\.json|\.mvt|maplibre/.test(url)), [], 'nothing heavy before it is asked for')

		await explore(page)
		const shares = await measureColours(page, ['--ramp-0', '--ramp-1', '--ramp-3', '--ramp-5', '--ramp-6'])
		assert.ok(shares.every((share) => share > 0.01), `${colorScheme}: each class is drawn (${shares.map((share) => share.toFixed(3))})`)

		const values = await readValues(opened.url, 'low-income')
		const sentences = new Map(values.geoids.map((geoid, index) => [describe(values, index), geoid]))
		const status = page.getByRole('main').getByRole('status').locator('strong')
		assert.ok(await page.getByRole('application', { name: say('map_keyboard_label') }).evaluate((map) => map === document.activeElement), 'the map has the focus')
		const walked = new Set<string>()
		for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp']) {
			await page.keyboard.press(key)
			const sentence = (await status.textContent())!
			assert.ok(sentences.has(sentence), sentence)
			walked.add(sentence)
		}
		assert.ok(walked.size >= 3, [...walked].join('\n'))
		const geoid = sentences.get((await status.textContent())!)
		await page.keyboard.press('+')
		await page.keyboard.press('Enter')
		await page.waitForURL(`**/places/${values.geography}/${geoid}`)
		await page.goBack()
		await page.getByRole('button', { name: say('map_explore') }).waitFor()
		await leave()
	}
})

test('pointing at a place tells its value', { timeout: 30_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url)
	await open('/indicators/low-income')
	await explore(page)
	const box = (await page.getByRole('application').boundingBox())!
	await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 3 })
	const values = await readValues(opened.url, 'low-income')
	const status = page.getByRole('main').getByRole('status')
	await status.getByRole('link', { name: say('map_inspect_open') }).waitFor()
	const sentence = (await status.locator('strong').textContent())!
	assert.ok(values.geoids.some((_, index) => describe(values, index) === sentence), sentence)
	await leave()
})

test('years and classes change the map, the legend and the table at once and stand in the address', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url)
	await open('/indicators/low-income')
	await page.getByRole('button', { name: say('map_explore') }).waitFor()
	const legend = page.getByRole('region', { name: say('legend_title') })
	const ranges = await legend.getByRole('listitem').allInnerTexts()
	await page.getByLabel(say('classes_label')).selectOption('equal-interval')
	await page.waitForURL(/classes=equal-interval/)
	await legend.getByText(ranges[1]!.split('\n')[0]!).waitFor({ state: 'detached' })

	const years = page.getByLabel(say('vintage_label'))
	const vintages = await years.locator('option').allInnerTexts()
	assert.equal(vintages.length, 3)
	await years.selectOption(vintages.at(-1)!)
	await page.waitForURL(/vintage=2012/)
	await page.getByText(saying('map_old_boundaries')).waitFor()
	assert.equal(new URL(page.url()).searchParams.get('classes'), 'equal-interval')
	assert.match((await page.getByRole('img', { name: saying('map_picture_alt') }).getAttribute('src'))!, /vintage=2012.*classes=equal-interval/)
	const place = page.getByRole('rowheader').getByRole('link').first()
	assert.match((await place.getAttribute('href'))!, /^\/places\/tract-2010\//)
	await explore(page)
	await leave()
})

test('the table is sorted, paged and filtered by county', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url)
	await open('/indicators/low-income')
	const values = await readValues(opened.url, 'low-income')
	const sorted = (values.values.filter((value) => value !== null)).sort((a, b) => b - a).map((value) => `${value.toFixed(1)}\u00a0%`)
	const column = page.locator('#numbers tbody tr td:nth-child(3)')
	assert.deepEqual(await column.allTextContents(), sorted.slice(0, 25))
	await page.getByRole('link', { name: say('table_next') }).click()
	await page.getByText(say('table_showing', { from: 26, to: 50, total: 250 })).waitFor()
	assert.deepEqual(await column.allTextContents(), sorted.slice(25, 50))
	await page.getByRole('link', { name: say('table_previous') }).click()
	await page.getByText(say('table_showing', { from: 1, to: 25, total: 250 })).waitFor()
	await page.getByRole('combobox', { name: say('table_county'), exact: true }).selectOption({ label: 'Elmhurst County' })
	await page.getByText(say('table_showing', { from: 1, to: 7, total: 7 })).waitFor()
	assert.deepEqual(new Set(await page.locator('#numbers tbody tr td:nth-child(2)').allTextContents()), new Set(['Elmhurst County']))
	await page.getByRole('combobox', { name: say('table_sort_label'), exact: true }).selectOption('lowest')
	await page.waitForURL(/order=lowest/)
	await page.waitForFunction(() => {
		const shown = [...document.querySelectorAll('#numbers tbody tr td:nth-child(3)')].map((cell) => Number.parseFloat(cell.textContent!))
		return shown.every((value, i) => i === 0 || shown[i - 1]! <= value)
	})
	await leave()
})
