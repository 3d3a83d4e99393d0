import assert from 'node:assert/strict'
import { test } from 'node:test'
import { say, saying } from './catalogue.ts'
import { openForTests } from './opening.ts'
import { readValues } from './pages.ts'
import { beginVisit } from './visit.ts'

const opened = openForTests()

test('two maps beside each other move together, and a place walked to on one is told with both of its numbers', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url)
	await open('/indicators/low-income?with=cost-burden')
	await page.getByRole('link', { name: say('explorer_pair_beside') }).click()
	await page.waitForURL(/\/indicators\/low-income\/beside\/cost-burden/)
	await page.getByRole('button', { name: say('explorer_beside_explore') }).click()
	await page.getByText(say('map_inspect_hint')).waitFor()
	const maps = page.getByRole('application')
	assert.equal(await maps.count(), 2)
	const before = await maps.nth(1).screenshot()
	await page.keyboard.press('ArrowRight')
	await page.keyboard.press('ArrowDown')
	const [first, second] = await Promise.all([readValues(opened.url, 'low-income'), readValues(opened.url, 'cost-burden')])
	const status = page.getByRole('main').getByRole('status').filter({ has: page.locator('strong') }).locator('strong')
	await status.waitFor()
	const said = (await status.textContent())!
	const index = first.names.findIndex((name, i) => said.startsWith(`${name}, ${first.counties[i]}: `))
	assert.ok(index >= 0, said)
	assert.ok(said.includes(`${first.values[index]!.toFixed(1)}\u00a0%`) && said.includes(`${second.values[index]!.toFixed(1)}\u00a0%`), said)
	const marked = await maps.nth(1).screenshot()
	assert.ok(!before.equals(marked), 'the other map marks the place')
	await page.keyboard.press('+')
	await page.waitForTimeout(800)
	assert.ok(!marked.equals(await maps.nth(1).screenshot()), 'the other map moves along')
	await maps.nth(1).focus()
	await page.keyboard.press('Enter')
	await page.waitForURL(`**/places/${first.geography}/${first.geoids[index]}`)
	await leave()
})

test('without script two pictures stand beside each other with their legends, one below the other on a phone', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false, viewport: { width: 360, height: 780 } })
	await open('/es/indicators/low-income/beside/cost-burden')
	const pictures = page.locator('.maps img')
	const [upper, lower] = await Promise.all([pictures.nth(0).boundingBox(), pictures.nth(1).boundingBox()])
	assert.ok(lower!.y > upper!.y + upper!.height && lower!.x === upper!.x)
	assert.equal(await page.locator('.maps section section').count(), 2)
	assert.equal(await page.getByRole('application').count(), 0)
	await open('/indicators/low-income/beside/svi-2022?vintage=2012–2016')
	await page.getByText(saying('explorer_notice_measure_boundaries')).waitFor()
	await open('/indicators/low-income/beside/low-income')
	assert.equal(new URL(page.url()).pathname, '/indicators/low-income')
	await leave()
})
