import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openSample, type Application } from './application.ts'
import { launchBrowser } from './browser.ts'
import { say, saying } from './catalogue.ts'
import { inspect } from './inspect-page.ts'
import { cite, readValues } from './pages.ts'
import { beginVisit, type Visit } from './visit.ts'

let application: Application
let browser: Browser
let geoids: string[]

before(async () => {
	;[application, browser] = await Promise.all([openSample(), launchBrowser()])
	geoids = (await readValues(application.url, 'low-income')).geoids
})
after(async () => {
	await browser?.close()
	await application?.stop()
})

const table = (cell: (i: number) => string, header = 'GEOID,EP_SHADE,MP_SHADE') => Buffer.from([header, ...geoids.map((geoid, i) => `${geoid},${cell(i)},${(i % 5) + 1}.5`)].join('\n'))
const good = (i: number) => `${10 + (i % 80)}.5`
/** The key of the indicator whose map is open. */
const keyOf = (page: Page) => /indicators\/([\w-]+)/.exec(page.url())![1]!
const click = (page: Page, key: string, parameters: Record<string, string | number> = {}, language: 'en' | 'es' = 'en') =>
	page.getByRole('main').getByRole('button', { name: say(key, parameters, language), exact: true }).click()

/** From the page that tells what it is about, through the sign-in, and back. */
async function signIn(visit: Visit, as = 'Robin Sample', language: 'en' | 'es' = 'en'): Promise<void> {
	await visit.open(language === 'es' ? '/es/data' : '/data')
	await visit.page.getByRole('link', { name: say('data_sign_in', {}, language) }).click()
	await visit.page.getByRole('button', { name: say('sign_in_as', { name: as }, language) }).click()
	await visit.page.getByLabel(say('data_upload_label', {}, language)).waitFor()
}

async function upload(page: Page, name: string, buffer: Buffer, language: 'en' | 'es' = 'en'): Promise<void> {
	await page.getByLabel(say('data_upload_label', {}, language)).setInputFiles({ name, mimeType: 'text/csv', buffer })
	await click(page, 'data_upload_button', {}, language)
	await page.getByRole('heading', { level: 1, name: say('data_describe_title', { file: name }, language) }).waitFor()
}

async function describe(page: Page, title: string, language: 'en' | 'es' = 'en'): Promise<void> {
	await page.getByLabel(say('data_publisher', {}, language)).fill('Harbor Bend Parks')
	await page.getByLabel(say('data_source_title', {}, language)).fill(title)
	await page.getByLabel(say('data_licence', {}, language)).fill('CC BY 4.0')
	await page.getByLabel(say('data_years', {}, language)).fill('2024')
	await click(page, 'data_describe_save', {}, language)
	await page.getByRole('heading', { level: 1, name: say('data_columns_title', {}, language) }).waitFor()
}

async function useColumn(page: Page, column: string, name: string): Promise<void> {
	await page.getByRole('link', { name: say('data_set_up', { column }) }).click()
	await page.getByLabel(say('data_name_en')).fill(name)
	await click(page, 'data_column_save')
	await page.getByRole('link', { name: say('data_to_preview') }).click()
	await page.getByRole('heading', { level: 1, name: say('data_preview_title') }).waitFor()
}

test('a table with bad rows gives a report; mended, it is added, seen on the map and in a profile, and taken out again', { timeout: 120_000 }, async () => {
	const visit = await beginVisit(browser, application.url, { bypassCSP: true, expected: /status of 40[04]/ })
	const { page, open } = visit
	const faults: string[] = []
	await signIn(visit)
	await upload(page, 'shade.csv', table((i) => ({ 0: 'about 12', 1: '140' })[i] ?? good(i)))
	faults.push(...(await inspect(page, 'what it is')))
	assert.equal(await page.getByLabel(say('data_key')).inputValue(), 'GEOID')
	await describe(page, 'Shade survey')
	faults.push(...(await inspect(page, 'columns')))
	await page.getByRole('link', { name: say('data_set_up', { column: 'EP_SHADE' }) }).click()
	assert.equal(await page.getByRole('combobox', { name: say('data_margin') }).inputValue(), 'MP_SHADE', 'the margin is recognised')
	faults.push(...(await inspect(page, 'column')))
	await click(page, 'data_column_save')
	await page.getByRole('alert').getByText(say('error_import_name_missing')).waitFor()
	await page.getByLabel(say('data_name_en')).fill('Shade')
	await click(page, 'data_column_save')
	await page.getByRole('link', { name: say('data_to_preview') }).click()
	await page.getByText(say('data_report_lead', { count: 2, blocking: 2 })).waitFor()
	faults.push(...(await inspect(page, 'preview')))
	assert.equal(await page.getByRole('button', { name: say('data_publish') }).count(), 0, 'nothing is added while a row stands in the way')
	const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: say('data_report_download') }).click()])
	const report = readFileSync(await download.path(), 'utf8')
	assert.match(report, /^2,EP_SHADE,about 12,/m)
	assert.match(report, /^3,EP_SHADE,140,/m)

	await click(page, 'data_discard')
	await page.getByText(say('data_preparing_empty')).waitFor()
	await upload(page, 'shade.csv', table(good))
	await describe(page, 'Shade survey')
	await useColumn(page, 'EP_SHADE', 'Shade')
	await page.getByText(say('data_report_clean')).waitFor()
	assert.ok(await page.getByRole('img', { name: say('data_preview_picture', { name: 'Shade' }) }).evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 100))
	await click(page, 'data_publish')
	await page.getByRole('heading', { level: 1, name: say('data_published_title', { title: 'Shade survey' }) }).waitFor()
	faults.push(...(await inspect(page, 'published')))
	const address = page.url()

	await page.getByRole('link', { name: say('data_published_see', { name: 'Shade' }) }).click()
	await page.getByRole('link', { name: say('data_brought', { name: 'Robin Sample' }) }).waitFor()
	const key = keyOf(page)
	assert.equal((await readValues(application.url, key)).values[3], 13.5)
	await open(`/places/tract-2020/${geoids[3]}`)
	assert.match(await page.getByRole('main').innerText(), /Shade/)
	const citation = await cite(application.url, `/places/tract-2020/${geoids[3]}`, key)
	await open(`/es/indicators/${key}`)
	await page.getByRole('heading', { level: 1, name: /Shade \(en inglés\)/ }).waitFor()

	await open(address)
	await click(page, 'data_withdraw')
	await page.getByRole('heading', { level: 1, name: say('data_withdrawn_title', { title: 'Shade survey' }) }).waitFor()
	assert.equal((await fetch(`${application.url}/indicators/${key}`)).status, 404)
	await open(citation)
	await page.getByText('13.5\u00a0%').first().waitFor()
	await page.getByText(say('citation_gone')).waitFor()
	await page.getByRole('link', { name: say('data_citation_brought') }).click()
	await click(page, 'data_again')
	await page.getByRole('heading', { level: 1, name: say('data_published_title', { title: 'Shade survey' }) }).waitFor()
	await click(page, 'data_withdraw')
	await page.getByRole('heading', { level: 1, name: say('data_withdrawn_title', { title: 'Shade survey' }) }).waitFor()
	await visit.leave()
	assert.deepEqual(faults, [])
})

test('without script and in Spanish: every step works by forms, and the bad cells may count as missing', { timeout: 120_000 }, async () => {
	const visit = await beginVisit(browser, application.url, { javaScriptEnabled: false, viewport: { width: 360, height: 780 }, expected: /status of 400/ })
	const { page, open } = visit
	await signIn(visit, 'Robin Sample', 'es')
	await upload(page, 'sombra.csv', table((i) => (i === 0 ? 'n. d.' : good(i))), 'es')
	await describe(page, 'Encuesta de sombra', 'es')
	await page.getByRole('link', { name: say('data_set_up', { column: 'EP_SHADE' }, 'es') }).click()
	await page.getByLabel(say('data_name_es', {}, 'es')).fill('Sombra')
	await click(page, 'data_column_save', {}, 'es')
	await page.getByRole('link', { name: say('data_to_preview', {}, 'es') }).click()
	await page.getByRole('heading', { level: 1, name: say('data_preview_title', {}, 'es') }).waitFor()
	const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth).catch(() => 0)
	assert.equal(wide, 0)
	await click(page, 'data_missing_choose', {}, 'es')
	await click(page, 'data_publish', {}, 'es')
	await page.getByRole('heading', { level: 1, name: say('data_published_title', { title: 'Encuesta de sombra' }, 'es') }).waitFor()
	const address = page.url()
	await page.getByRole('link', { name: say('data_published_see', { name: 'Sombra' }, 'es') }).click()
	await page.getByRole('heading', { level: 1, name: /Sombra/ }).waitFor()
	const key = keyOf(page)
	await open(`/indicators/${key}`)
	await page.getByRole('heading', { level: 1, name: /Sombra \(in Spanish\)/ }).waitFor()
	assert.equal((await readValues(application.url, key)).values[0], null)
	await open('/es/data')
	await page.getByRole('link', { name: 'Encuesta de sombra' }).first().waitFor()
	await page.goto(address)
	await click(page, 'data_withdraw', {}, 'es')
	await page.getByRole('heading', { level: 1, name: say('data_withdrawn_title', { title: 'Encuesta de sombra' }, 'es') }).waitFor()
	await visit.leave()
})

test('by keyboard alone a file is uploaded, described, a column set up and left out, and the file discarded', { timeout: 60_000 }, async () => {
	const visit = await beginVisit(browser, application.url)
	const { page } = visit
	await signIn(visit)
	await page.getByLabel(say('data_upload_label')).setInputFiles({ name: 'keys.csv', mimeType: 'text/csv', buffer: table(good) })
	const reach = async (key: string, name: string) => {
		for (let presses = 0; presses < 40; presses++) {
			await page.keyboard.press('Tab')
			const focused = await page.evaluate(() => document.activeElement?.getAttribute('name') || (document.activeElement as HTMLElement | null)?.innerText || '')
			if (focused.trim() === name) return page.keyboard.press(key)
		}
		assert.fail(`Tab does not reach ${name}`)
	}
	await page.getByLabel(say('data_upload_label')).focus()
	await reach('Enter', say('data_upload_button'))
	await page.getByRole('heading', { level: 1, name: say('data_describe_title', { file: 'keys.csv' }) }).waitFor()
	for (const [name, text] of [['publisher', 'Parks'], ['title', 'Keys'], ['licence', 'CC0'], ['years', '2024']] as const) {
		await reach('End', name)
		await page.keyboard.type(text)
	}
	await reach('Enter', say('data_describe_save'))
	await page.getByRole('heading', { level: 1, name: say('data_columns_title') }).waitFor()
	await reach('Enter', say('data_set_up', { column: 'EP_SHADE' }))
	await page.getByRole('heading', { level: 1, name: say('data_column_title', { column: 'EP_SHADE' }) }).waitFor()
	await reach('ArrowDown', 'numerator')
	await reach('End', 'name_en')
	await page.keyboard.type('Shade by keys')
	await reach('ArrowUp', 'direction')
	await reach('Enter', say('data_column_save'))
	await page.getByRole('heading', { level: 1, name: say('data_columns_title') }).waitFor()
	await reach('Enter', say('data_change', { column: 'EP_SHADE' }))
	assert.equal(await page.getByLabel(say('data_name_en')).inputValue(), 'Shade by keys')
	assert.equal(await page.getByLabel(say('data_direction')).inputValue(), 'higher_is_better')
	await reach('Enter', say('data_column_skip'))
	await page.getByRole('heading', { level: 1, name: say('data_columns_title') }).waitFor()
	await reach('Enter', say('data_discard'))
	await page.getByText(say('data_preparing_empty')).waitFor()
	await visit.leave()
})

test('what cannot be read says why, and a file that is too large is refused before it is sent', { timeout: 60_000 }, async () => {
	const visit = await beginVisit(browser, application.url)
	const { page } = visit
	await signIn(visit, 'Alex Sample')
	await page.getByLabel(say('data_upload_label')).setInputFiles({ name: 'cut.geojson', mimeType: 'application/json', buffer: Buffer.from('{"type":"FeatureCollection","features":[') })
	await click(page, 'data_upload_button')
	await page.getByRole('heading', { level: 1, name: say('data_failed_title', { file: 'cut.geojson' }) }).waitFor()
	await page.getByRole('alert').getByText(say('error_json_truncated', { file: 'cut.geojson' })).waitFor()
	await click(page, 'data_discard')
	await page.getByLabel(say('data_upload_label')).setInputFiles({ name: 'large.csv', mimeType: 'text/csv', buffer: Buffer.alloc(26_000_000, '1,2\n') })
	await page.getByRole('alert').getByText(say('error_import_file_too_large', { megabytes: 25 })).waitFor()
	assert.ok(await page.getByRole('button', { name: say('data_upload_button') }).isDisabled())
	await visit.leave()
	const answer = await fetch(`${application.url}/data?/upload`, {
		method: 'POST', body: Buffer.alloc(26_000_000, 'a'), redirect: 'manual',
		headers: { origin: application.url, accept: 'text/html', 'content-type': 'multipart/form-data; boundary=x' },
	})
	assert.equal(answer.status, 303, 'who is not signed in is led to the sign-in, and nothing is kept')
	const other = await fetch(`${application.url}/sign-in?/password`, { method: 'POST', body: Buffer.alloc(600_000, 'a'), headers: { origin: application.url, 'content-type': 'application/x-www-form-urlencoded' } })
	assert.equal(other.status, 413, 'other forms stay small')
})

test('a table of older tracts is pointed out, and one button chooses the boundaries that it fits', { timeout: 60_000 }, async () => {
	const visit = await beginVisit(browser, application.url, { expected: /status of 400/ })
	const { page } = visit
	const csv = await (await fetch(`${application.url}/indicators/low-income/data.csv?geography=tract-2010`)).text()
	const old = csv.split('\r\n').map((line) => line.split(',')).filter(([geoid]) => /^"?\d{11}"?$/.test(geoid ?? ''))
	assert.ok(old.length > 200)
	await signIn(visit)
	await upload(page, 'old.csv', Buffer.from(['tract,pct', ...old.map(([geoid], i) => `${geoid},${i % 90}`)].join('\n')))
	assert.ok(await page.getByLabel(saying('data_boundaries_of')).nth(1).isChecked(), 'what fits best is suggested')
	await page.getByLabel(say('data_boundaries_of', { year: 2020 })).check()
	await describe(page, 'Old survey')
	await useColumn(page, 'pct', 'Old share')
	await page.getByText(saying('data_fit_other')).waitFor()
	assert.equal(await page.getByRole('button', { name: say('data_publish') }).count(), 0)
	await click(page, 'data_fit_use', { year: 2010 })
	await page.getByRole('button', { name: say('data_publish') }).waitFor()
	await click(page, 'data_discard')
	await page.getByText(say('data_preparing_empty')).waitFor()
	await visit.leave()
})
