import assert from 'node:assert/strict'
import { test } from 'node:test'
import { say } from './catalogue.ts'
import { openForTests } from './opening.ts'
import { beginVisit } from './visit.ts'

const opened = openForTests()

test('somebody who knows the name of a neighborhood finds its tracts, without script too', async () => {
	const visit = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false })
	await visit.open('/places')
	await visit.page.getByRole('searchbox').fill('westside')
	await visit.page.keyboard.press('Enter')
	const name = visit.page.getByRole('link', { name: 'Westside', exact: true }).first()
	await name.waitFor()
	await name.click()
	await visit.page.getByRole('heading', { level: 1, name: 'Westside' }).waitFor()
	const tracts = visit.page.locator('.found a')
	assert.equal(await tracts.count(), 13)
	await tracts.first().click()
	await visit.page.waitForURL('**/places/tract-2020/99003*')
	await visit.leave()
})

test('a ZIP code is found by its digits, in Spanish', async () => {
	const visit = await beginVisit(opened.browser, opened.url)
	await visit.open('/es/places?q=00112')
	await visit.page.getByText(say('names_zip', {}, 'es')).first().waitFor()
	await visit.leave()
})

test('a device that may say where it is leads to the place there, and the server learns only which map square', async () => {
	const values = (await (await fetch(`${opened.url}/indicators/low-income/values.json`)).json()) as { geography: string; geoids: string[]; centroids: [number, number][] }
	const [longitude, latitude] = values.centroids[40]!
	const visit = await beginVisit(opened.browser, opened.url, { permissions: ['geolocation'], geolocation: { longitude, latitude, accuracy: 30 } })
	await visit.open('/places')
	const asked: string[] = []
	visit.page.on('request', (request) => asked.push(`${request.url()} ${request.postData() ?? ''}`))
	await visit.page.getByRole('button', { name: say('location_button') }).click()
	await visit.page.waitForURL(`**/places/${values.geography}/${values.geoids[40]}`)
	assert.equal(asked.filter((request) => request.includes('/tiles/')).length, 1)
	for (const degrees of [longitude, latitude]) assert.ok(!asked.some((request) => request.includes(degrees.toFixed(2))), 'no request holds the position')
	await visit.leave()
})

for (const [what, options, sentence] of [
	['does not allow it', {}, 'location_denied'],
	['is far away', { permissions: ['geolocation'], geolocation: { longitude: 10, latitude: 50, accuracy: 30 } }, 'location_outside'],
] as const) {
	test(`a device that ${what} gets a sentence that says what to do`, async () => {
		const visit = await beginVisit(opened.browser, opened.url, { ...options, permissions: 'permissions' in options ? [...options.permissions] : [] })
		await visit.open('/places')
		await visit.page.getByRole('button', { name: say('location_button') }).click()
		await visit.page.getByRole('status').getByText(say(sentence)).waitFor()
		await visit.leave()
	})
}

test('a position that may be kilometres off is not taken for a place; the nearest fit is offered', async () => {
	const values = (await (await fetch(`${opened.url}/indicators/low-income/values.json`)).json()) as { centroids: [number, number][]; names: string[] }
	const [longitude, latitude] = values.centroids[40]!
	const visit = await beginVisit(opened.browser, opened.url, { permissions: ['geolocation'], geolocation: { longitude, latitude, accuracy: 4000 } })
	await visit.open('/places')
	await visit.page.getByRole('button', { name: say('location_button') }).click()
	await visit.page.getByRole('status').getByRole('link', { name: say('location_open', { place: values.names[40]! }), exact: true }).waitFor()
	await visit.leave()
})
