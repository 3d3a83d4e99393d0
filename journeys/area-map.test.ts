import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { say, saying } from './catalogue.ts'
import { inspect } from './inspect-page.ts'
import { openForTests } from './opening.ts'
import { beginVisit } from './visit.ts'

const opened = openForTests()

const map = (page: Page) => page.getByRole('application', { name: say('areas_map_label') })
const says = (page: Page, sentence: string | RegExp) => page.getByRole('status').filter({ hasText: sentence }).waitFor()
const corners = (page: Page) => page.getByLabel(say('areas_corners'))

async function openMap(page: Page): Promise<void> {
	await page.getByRole('button', { name: say('areas_map_open') }).click()
	await map(page).and(page.locator('.shown')).waitFor()
}

/** Taps the map at shares of its width and height. */
async function tap(page: Page, ...spots: [across: number, down: number][]): Promise<void> {
	await map(page).scrollIntoViewIfNeeded()
	const box = (await map(page).boundingBox())!
	for (const [across, down] of spots) await page.mouse.click(box.x + across * box.width, box.y + down * box.height)
}

/** Sends the form and cites the profile of the area that it makes. */
async function makeAndCite(page: Page, name: string): Promise<void> {
	await page.getByLabel(say('areas_name')).fill(name)
	await page.getByRole('button', { name: say('areas_make_button') }).click()
	await page.getByRole('heading', { level: 1, name }).waitFor()
	await page.getByRole('button', { name: say('cite_profile_label', { place: name }) }).click()
	await page.getByText(say('citation_same_all')).waitFor()
}

test('an area is drawn by pointer, its crossing sides are said at once, and its profile is cited', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url)
	await open('/areas/new')
	await openMap(page)
	await page.getByRole('radio', { name: say('areas_map_mode_draw') }).check()
	await tap(page, [0.4, 0.35], [0.6, 0.35], [0.6, 0.65])
	await says(page, say('areas_map_corner', { count: 3 }))
	await tap(page, [0.5, 0.2])
	await says(page, say('areas_map_crossing', { first: 1, second: 3 }))
	await page.getByRole('button', { name: say('areas_map_undo') }).click()
	await says(page, say('areas_map_back_corners', { count: 3 }))
	await tap(page, [0.4, 0.65], [0.4, 0.35])
	await says(page, say('areas_map_closed', { count: 4 }))
	assert.equal((await corners(page).inputValue()).split('\n').length, 4, 'the field of the form holds what was drawn')
	await makeAndCite(page, 'Drawn Bend')
	await leave()
})

test('an area is drawn by keyboard alone, and every step is said', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url)
	await open('/areas/new')
	await page.getByRole('button', { name: say('areas_map_open') }).focus()
	await page.keyboard.press('Enter')
	await map(page).and(page.locator('.shown:focus')).waitFor()
	await page.getByRole('radio', { name: say('areas_map_mode_pick') }).focus()
	await page.keyboard.press('ArrowRight')
	await map(page).focus()
	const press = async (...keys: string[]) => {
		for (const key of keys) await page.keyboard.press(key)
	}
	await press('ArrowUp', 'Enter')
	await says(page, say('areas_map_corner', { count: 1 }))
	await press('ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter', 'Enter')
	await says(page, saying('areas_map_crossing'))
	await press('Backspace')
	await says(page, say('areas_map_back_corners', { count: 3 }))
	await press('ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'Enter')
	await says(page, say('areas_map_corner', { count: 4 }))
	await page.getByRole('button', { name: say('areas_map_close') }).focus()
	await press('Enter')
	await says(page, say('areas_map_closed', { count: 4 }))
	await makeAndCite(page, 'Keyed Bend')
	await leave()
})

test('tracts are picked and left out by tap and by cross-hair, and stand in the form', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url, { viewport: { width: 360, height: 740 }, hasTouch: true })
	await open('/areas/new?county=99001')
	await openMap(page)
	await tap(page, [0.5, 0.5])
	await says(page, / picked, 1 in all$/)
	const first = await page.getByRole('status').innerText()
	await tap(page, [0.5, 0.5])
	await says(page, / left out, 0 in all$/)
	await map(page).focus()
	await page.keyboard.press('ArrowUp')
	await says(page, first.replace(/ picked.*/, ''))
	await page.keyboard.press('Enter')
	await says(page, first)
	await tap(page, [0.3, 0.45])
	await says(page, / picked, 2 in all$/)
	await page.getByRole('radio', { name: say('areas_map_mode_draw') }).check()
	await tap(page, [0.2, 0.2])
	await page.getByText(say('areas_map_both')).waitFor()
	await page.getByRole('button', { name: say('areas_map_start_again') }).click()
	await page.getByLabel(say('areas_name')).fill('Two by touch')
	await page.getByRole('button', { name: say('areas_make_button') }).click()
	await page.getByText(say('areas_whole', { count: 2 })).waitFor()
	await leave()
})

test('tracts and an outline together are refused, and both stay', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false, expected: /status of 400/ })
	await open('/areas/new?county=99001')
	await page.getByRole('checkbox').first().check()
	await corners(page).fill('-84, 33\n-83, 34\n-83, 33\n-84, 34')
	await page.getByLabel(say('areas_name')).fill('Two ways')
	await page.getByRole('button', { name: say('areas_make_button') }).click()
	assert.equal(await page.getByRole('alert').innerText(), say('error_area_two_ways'))
	assert.equal(await page.getByRole('checkbox').first().isChecked(), true)
	await page.getByRole('checkbox').first().uncheck()
	await page.getByRole('button', { name: say('areas_make_button') }).click()
	assert.equal(await page.getByRole('alert').innerText(), say('error_area_crossing', { first: 1, second: 3 }))
	assert.match(await corners(page).inputValue(), /-83, 34/)
	await leave()
})

test('the map that is drawn on breaks no rule of axe-core', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url, { viewport: { width: 480, height: 800 }, bypassCSP: true })
	await open('/areas/new')
	await openMap(page)
	await page.getByRole('radio', { name: say('areas_map_mode_draw') }).check()
	await tap(page, [0.4, 0.35], [0.6, 0.35], [0.6, 0.65], [0.5, 0.2])
	await says(page, saying('areas_map_crossing'))
	const found = await inspect(page, 'area map')
	await leave()
	assert.deepEqual(found, [])
})
