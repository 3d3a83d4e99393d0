import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openSample, type Application } from './application.ts'
import { launchBrowser } from './browser.ts'
import { say } from './catalogue.ts'
import { beginVisit } from './visit.ts'

const PLACE = '/places/tract-2020/99001010100'

let application: Application
let browser: Browser
before(async () => {
	application = await openSample()
	browser = await launchBrowser()
})
after(async () => {
	await browser?.close()
	await application?.stop()
})

test('somebody reads in a profile how a place changed, and opens the same numbers as a table', async () => {
	const visit = await beginVisit(browser, application.url)
	await visit.open(PLACE)
	const changes = visit.page.getByRole('region', { name: say('profile_trend_title') })
	assert.ok((await changes.locator('svg').count()) > 20, 'every measure with two periods has its drawing')
	assert.match(await changes.locator('li p').first().innerText(), /(Rose|Fell) from .+±.+ in 2016–2020 to .+ in 2020–2024, more than the margins\./)
	await changes.getByText(say('profile_trend_table')).click()
	const rows = changes.locator('table tbody tr')
	assert.ok((await rows.first().innerText()).includes('2016–2020'))
	assert.ok(await rows.first().isVisible())
	await visit.leave()
})

test('without script, and in Spanish, the changes are there too', async () => {
	const visit = await beginVisit(browser, application.url, { javaScriptEnabled: false })
	await visit.open(`/es${PLACE}`)
	await visit.page.getByRole('heading', { name: say('profile_trend_title', {}, 'es') }).waitFor()
	assert.match(await visit.page.locator('[aria-labelledby="changes"] li p').first().innerText(), /(Subió|Bajó) de .+ en 2016–2020 a .+ en 2020–2024/)
	await visit.leave()
})
