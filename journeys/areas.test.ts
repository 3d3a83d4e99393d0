import assert from 'node:assert/strict'
import { test } from 'node:test'
import { say, saying } from './catalogue.ts'
import { openForTests } from './opening.ts'
import { beginVisit } from './visit.ts'

const opened = openForTests()

test('without script: tracts are picked, the area has a profile, and the profile is cited', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false })
	await open('/areas')
	await page.getByRole('link', { name: say('areas_make') }).click()
	await page.getByLabel(say('areas_county')).selectOption({ index: 1 })
	await page.getByRole('button', { name: say('areas_show_places') }).click()
	await page.getByRole('checkbox').first().check()
	await page.getByLabel(say('areas_name')).fill('Mill Quarter')
	await page.getByLabel(say('areas_county')).selectOption({ index: 2 })
	await page.getByRole('button', { name: say('areas_show_places') }).click()
	assert.equal(await page.getByLabel(say('areas_name')).inputValue(), 'Mill Quarter', 'another county keeps what was typed')
	for (const index of [0, 1]) await page.getByRole('checkbox').nth(index).check()
	await page.getByRole('button', { name: say('areas_make_button') }).click()
	await page.getByRole('heading', { level: 1, name: 'Mill Quarter' }).waitFor()
	await page.getByText(say('areas_whole', { count: 3 })).waitFor()
	await page.getByRole('button', { name: say('cite_profile_label', { place: 'Mill Quarter' }) }).click()
	await page.getByText(say('citation_same_all')).waitFor()
	await leave()
})

test('an outline that is none says which line is wrong and keeps what was typed', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url, { expected: /status of 400/ })
	await open('/areas/new')
	await page.getByLabel(say('areas_name')).fill('Nowhere')
	await page.getByLabel(say('areas_corners')).fill('-84, 33\nhere\n-83, 34')
	await page.getByRole('button', { name: say('areas_make_button') }).click()
	assert.match(await page.getByRole('alert').innerText(), /2/)
	assert.equal(await page.getByLabel(say('areas_name')).inputValue(), 'Nowhere')
	assert.match(await page.getByLabel(say('areas_corners')).inputValue(), /here/)
	await leave()
})

/** A circle as somebody's program writes it: many corners, many decimals. */
function circle(corners: number): Buffer {
	const ring = Array.from({ length: corners + 1 }, (_, i) => [-45.3 + 0.02 * Math.cos((2 * Math.PI * i) / corners), 31.35 + 0.02 * Math.sin((2 * Math.PI * i) / corners)])
	ring[corners] = ring[0]!
	return Buffer.from(JSON.stringify({ type: 'Polygon', coordinates: [ring] }, null, '\t'))
}

test('an outline of as many corners as are taken is taken, and a file beyond that is refused by a sentence that keeps what was typed', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url)
	await open('/areas/new')
	await page.getByLabel(say('areas_name')).fill('Round')
	const file = page.getByLabel(say('areas_file'))
	await file.setInputFiles({ name: 'round.geojson', mimeType: 'application/geo+json', buffer: circle(60_000) })
	const sentence = say('error_area_file_too_large', { megabytes: 3 })
	assert.equal(await file.evaluate((input: HTMLInputElement) => input.validationMessage), sentence)
	const large = circle(19_000)
	assert.ok(large.length > 600_000)
	await file.setInputFiles({ name: 'round.geojson', mimeType: 'application/geo+json', buffer: large })
	assert.equal(await page.getByLabel(say('areas_name')).inputValue(), 'Round')
	await page.getByRole('button', { name: say('areas_make_button') }).last().click()
	await page.getByRole('heading', { level: 1, name: 'Round' }).waitFor()
	await leave()
	for (const [corner, key] of [[31.39, 'error_area_file_crossing'], [31.37, 'error_area_file_without_area']] as const) {
		const bow = new FormData()
		bow.set('name', 'Bow')
		bow.set('outline', new File([JSON.stringify({ type: 'Polygon', coordinates: [[[-45.32, 31.33], [-45.28, corner], [-45.28, 31.33], [-45.32, 31.37], [-45.32, 31.33]]] })], 'bow.geojson'))
		const crossed = await fetch(`${opened.url}/areas/new?/make`, { method: 'POST', headers: { origin: opened.url, accept: 'text/html' }, body: bow })
		assert.match(await crossed.text(), saying(key))
	}
	const form = new FormData()
	form.set('outline', new File([new Uint8Array(circle(60_000))], 'round.geojson'))
	const refused = await fetch(`${opened.url}/areas/new?/make`, { method: 'POST', headers: { origin: opened.url, accept: 'text/html' }, body: form })
	assert.equal(refused.status, 413)
	assert.ok((await refused.text()).includes(sentence))
})
