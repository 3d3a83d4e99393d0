import assert from 'node:assert/strict'
import { test } from 'node:test'
import { say } from './catalogue.ts'
import { openForTests } from './opening.ts'
import { beginVisit } from './visit.ts'

const PLACE = '/places/tract-2020/99001010100'

const opened = openForTests()

test('somebody reads in a profile how a place changed, and opens the same numbers as a table', async () => {
	const visit = await beginVisit(opened.browser, opened.url)
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
	const visit = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false })
	await visit.open(`/es${PLACE}`)
	await visit.page.getByRole('heading', { name: say('profile_trend_title', {}, 'es') }).waitFor()
	assert.match(await visit.page.locator('[aria-labelledby="changes"] li p').first().innerText(), /(Subió|Bajó) de .+ en 2016–2020 a .+ en 2020–2024/)
	await visit.leave()
})

test('a profile begins with sentences that say what stands out, beside whom, and what cannot be told', async () => {
	const visit = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false })
	await visit.open(PLACE)
	const summary = visit.page.getByRole('region', { name: say('summary_title') })
	const text = await summary.innerText()
	const [, total, ofCounty, ofRegion, higher, lower] = /Of (\d+) measures, .+ different from Alder County in (\w+), and from Harbor Bend \(sample\) in (\w+): higher in (\w+), lower in (\w+)\./.exec(text)!
	const number = (said: string | undefined) => (said === say('summary_none') ? 0 : Number(said))
	assert.equal(number(ofRegion), number(higher) + number(lower))
	assert.ok(number(ofCounty) <= number(total) && number(total) > 20)
	assert.match(text, /What can't be told: the difference from Harbor Bend \(sample\) lies within the margins in \w+ of the measures/)
	for (const link of await summary.getByRole('navigation').getByRole('link').all()) {
		assert.equal(await visit.page.locator((await link.getAttribute('href'))!).count(), 1, await link.innerText())
	}
	await visit.open(`/es${PLACE}`)
	assert.match(await visit.page.getByRole('region', { name: say('summary_title', {}, 'es') }).innerText(), /De \d+ medidas/)
	await visit.leave()
})

test('groups stand beside everybody in their place, each with what can be said', async () => {
	const visit = await beginVisit(opened.browser, opened.url)
	await visit.open(PLACE)
	const groups = visit.page.getByRole('region', { name: say('groups_title') })
	const rows = await groups.locator('tbody tr').allInnerTexts()
	assert.ok(rows.length >= 2 && rows[0]!.includes(say('groups_everybody')))
	const verdicts = new RegExp([say('groups_higher'), say('groups_lower'), say('groups_untold')].join('|'))
	for (const row of rows.slice(1)) assert.match(row, verdicts)
	await visit.leave()
})

test('somebody sees where a place lies and walks to a place beside it, and to one like it', async () => {
	const visit = await beginVisit(opened.browser, opened.url)
	await visit.open(PLACE)
	const picture = visit.page.locator('img[src$="locator.svg"]')
	await picture.scrollIntoViewIfNeeded()
	await picture.evaluate((image: HTMLImageElement) => image.decode())
	assert.match((await picture.getAttribute('alt'))!, /Census Tract 101 .*Alder County/)
	const [beside] = await visit.page.locator('[aria-labelledby="around"] tbody th a').all()
	const name = await beside!.innerText()
	await beside!.click()
	await visit.page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
	await visit.open(PLACE)
	const similar = visit.page.locator('[aria-labelledby="similar"] tbody th a')
	assert.equal(await similar.count(), 5)
	const to = (await similar.first().getAttribute('href'))!
	assert.ok(!to.endsWith(PLACE))
	await similar.first().click()
	await visit.page.waitForURL(`**${to}`)
	await visit.leave()
})

test('the picture of a place is an SVG below 15 kB, kept by its tag, and a place that is none has none', async () => {
	const answer = await fetch(`${opened.url}${PLACE}/locator.svg`, { headers: { 'accept-encoding': 'identity' } })
	assert.equal(answer.headers.get('content-type'), 'image/svg+xml; charset=utf-8')
	assert.ok((await answer.text()).length < 15_000)
	const again = await fetch(`${opened.url}${PLACE}/locator.svg`, { headers: { 'if-none-match': answer.headers.get('etag')! } })
	assert.equal(again.status, 304)
	assert.equal((await fetch(`${opened.url}/places/tract-2020/00000000000/locator.svg`)).status, 404)
})
