import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openSample, type Application } from './application.ts'
import { launchBrowser } from './browser.ts'
import { say, saying } from './catalogue.ts'
import { readValues } from './pages.ts'
import { beginVisit, type Visit } from './visit.ts'

let application: Application
let browser: Browser
let visit: Visit

before(async () => {
	;[application, browser] = await Promise.all([openSample(), launchBrowser()])
	visit = await beginVisit(browser, application.url, { javaScriptEnabled: false, expected: /status of 400/ })
})
after(async () => {
	await visit?.leave().finally(() => browser.close())
	await application?.stop()
})

test('without script: search leads from the first page to a profile, and a number can be cited', { timeout: 60_000 }, async () => {
	const { page, open } = visit
	await open('/')
	await page.getByRole('heading', { level: 1, name: say('home_title') }).waitFor()
	const values = await readValues(application.url, 'low-income')
	const index = values.counties.indexOf('Fenwick County')
	await page.getByRole('searchbox').fill('Fenwick')
	await page.getByRole('button', { name: say('home_find_button') }).click()
	await page.getByRole('heading', { name: say('places_found', { count: 9 }) }).waitFor()
	await page.getByRole('link', { name: values.names[index], exact: true }).click()
	await page.getByRole('heading', { level: 1, name: values.names[index], exact: true }).waitFor()
	await page.getByRole('button', { name: say('profile_cite_label', { name: 'People with low income' }) }).click()
	await page.getByText(say('citation_same')).waitFor()
	assert.match(await page.getByRole('main').innerText(), new RegExp(`${values.values[index]!.toFixed(1).replace('.', '\\.')}\u00a0%`))
})

test('without script: the map is a picture with legend and table, and its choices work by a button', { timeout: 60_000 }, async () => {
	const { page, open } = visit
	await open('/indicators/low-income')
	const picture = page.getByRole('img', { name: saying('map_picture_alt') })
	assert.ok((await picture.boundingBox())!.width > 400)
	assert.equal(await page.getByRole('button', { name: say('map_explore') }).count(), 0, 'no button that could do nothing')
	assert.ok((await page.getByRole('region', { name: say('legend_title') }).getByRole('listitem').count()) >= 5)
	assert.equal(await page.locator('#numbers tbody tr').count(), 25)
	await page.getByRole('link', { name: say('table_next') }).click()
	await page.getByText(say('table_showing', { from: 26, to: 50, total: 250 })).waitFor()

	await page.getByLabel(say('classes_label')).selectOption('natural-breaks')
	await page.getByRole('button', { name: say('show_button') }).first().click()
	await page.waitForURL(/classes=natural-breaks/)
	await page.getByLabel(say('vintage_label')).selectOption({ index: 1 })
	await page.getByRole('button', { name: say('show_button') }).first().click()
	await page.waitForURL(/vintage=2016/)
	await page.getByRole('combobox', { name: say('table_county'), exact: true }).selectOption({ label: 'Elmhurst County' })
	await page.getByRole('button', { name: say('explorer_filter'), exact: true }).click()
	await page.getByText(say('table_showing', { from: 1, to: 7, total: 7 })).waitFor()
	const query = new URL(page.url()).searchParams
	assert.deepEqual([query.get('classes'), query.get('vintage')], ['natural-breaks', '2016–2020'], 'one choice keeps the others')
})

test('without script: sources, methods and the list of maps are read', { timeout: 60_000 }, async () => {
	const { page, open } = visit
	await open('/sources')
	await page.getByRole('heading', { level: 1, name: say('sources_title') }).waitFor()
	await page.getByRole('link', { name: 'Percentile rules' }).click()
	await page.getByRole('heading', { level: 1, name: 'Percentile rules' }).waitFor()
	await page.getByRole('link', { name: say('nav_indicators'), exact: true }).click()
	await page.getByRole('heading', { level: 1, name: say('indicators_title') }).waitFor()
})

test('without script: signing in, a wrong password, and signing out', { timeout: 60_000 }, async () => {
	const { page, open } = visit
	await open('/sign-in')
	await page.getByLabel(say('sign_in_email')).first().fill('nobody@example.org')
	await page.getByLabel(say('sign_in_password')).fill('not the password')
	await page.getByRole('main').getByRole('button', { name: say('nav_sign_in') }).click()
	await page.getByRole('alert').getByText(say('error_sign_in_refused')).waitFor()
	assert.equal(await page.getByLabel(say('sign_in_email')).first().inputValue(), 'nobody@example.org')
	await page.getByRole('button', { name: say('sign_in_as', { name: 'Alex Sample' }) }).click()
	await page.getByRole('banner').getByRole('button', { name: say('nav_sign_out') }).click()
	await page.getByRole('banner').getByRole('link', { name: say('nav_sign_in') }).waitFor()
})
