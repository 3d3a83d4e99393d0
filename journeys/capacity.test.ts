import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SURVEY_ITEMS } from '#coalition'
import { say } from './catalogue.ts'
import { openForTests } from './opening.ts'
import { listPages } from './pages.ts'
import { beginVisit } from './visit.ts'

const opened = openForTests()

test('a lead opens a survey, takes a code, and it is answered without script in Spanish, once; nobody reads anything before it is over', { timeout: 120_000 }, async () => {
	const { hub } = await listPages(opened.url)
	const path = `${hub}/capacity/survey`
	const robin = await beginVisit(opened.browser, opened.url, { expected: /status of 400/ })
	const { page } = robin
	await page.goto(`/sign-in?to=${encodeURIComponent(path)}`)
	await page.getByRole('button', { name: say('sign_in_as', { name: 'Robin Sample' }) }).click()
	await page.waitForURL(`**${path}`)
	const today = new Date().toISOString().slice(0, 10)
	const last = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10)
	await page.getByLabel(say('survey_opens')).fill(last)
	await page.getByLabel(say('survey_closes')).fill(today)
	await page.getByRole('button', { name: say('survey_open') }).click()
	await page.getByRole('alert').getByText(say('error_wave_days_unreadable')).waitFor()
	assert.equal(await page.getByLabel(say('survey_opens')).inputValue(), last, 'what was typed stays')
	await page.getByLabel(say('survey_opens')).fill(today)
	await page.getByLabel(say('survey_closes')).fill(last)
	await page.getByRole('button', { name: say('survey_open') }).click()
	await page.getByRole('heading', { name: say('survey_open_title') }).waitFor()
	await page.getByRole('button', { name: say('survey_take') }).click()
	await page.waitForURL('**/survey?code=*')
	const code = new URL(page.url()).searchParams.get('code')!

	const resident = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false, viewport: { width: 360, height: 740 }, expected: /status of 400/ })
	await resident.open('/es/survey')
	await resident.page.getByLabel(say('survey_code_label', {}, 'es')).fill(`${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`.toUpperCase())
	await resident.page.getByRole('button', { name: say('survey_code_button', {}, 'es') }).click()
	await resident.page.getByRole('button', { name: say('survey_send', {}, 'es') }).click()
	await resident.page.getByRole('alert').getByText(say('error_wave_unanswered', {}, 'es')).waitFor()
	for (const item of SURVEY_ITEMS.slice(0, 3)) await resident.page.getByRole('group', { name: say(`survey_item_${item}`, {}, 'es') }).getByLabel(say('survey_answer_4', {}, 'es')).check()
	assert.equal(await resident.page.evaluate('document.documentElement.scrollWidth'), 360)
	await resident.page.getByRole('button', { name: say('survey_send', {}, 'es') }).click()
	await resident.page.getByRole('status').getByText(say('survey_thanks', {}, 'es')).waitFor()
	await resident.open(`/survey?code=${code}`)
	await resident.page.getByRole('alert').getByText(say('error_wave_code_used')).waitFor()
	assert.deepEqual((await resident.context.cookies()).filter(({ name }) => name !== 'locale'), [], 'no cookie that follows anybody')
	await resident.leave()

	await page.goto(path)
	await page.getByText(say('survey_has_code')).waitFor()
	await page.getByText(say('survey_none')).waitFor()
	await page.getByRole('button', { name: say('survey_paper') }).click()
	const slips = await page.locator('.slips li').allTextContents()
	assert.ok(slips.length >= 4 && new Set(slips).size === slips.length, 'a code of its own for everybody who has none')
	await page.goto(path)
	await page.locator('summary', { hasText: say('survey_call_off') }).click()
	await page.getByLabel(say('survey_call_off_why')).fill('It was a trial')
	await page.getByRole('button', { name: say('survey_call_off_button') }).click()
	await page.getByText('It was a trial').waitFor()
	await robin.leave()
})

test('a visitor reads counts, results and the network with their files, and nothing of what a body lacks', { timeout: 60_000 }, async () => {
	await listPages(opened.url)
	const text = async (path: string) => (await fetch(`${opened.url}${path}`)).text()
	const counts = (await text('/coalition/brightwater-hub/capacity/counts.csv?by=quarter')).split('\r\n')
	assert.equal(counts[0], 'body,period,from,until,count,value,of,share,definition')
	assert.ok(counts.some((line) => /^Brightwater Hub,\d{4}-Q\d,.*,attended,31,/.test(line)))
	assert.doesNotMatch(await text('/coalition/brightwater-hub/capacity'), new RegExp(say('health_title')))
	const results = await text('/coalition/jobs-and-pay-circle/capacity/survey/results.csv')
	assert.equal(results.trim().split('\r\n').length, 1 + SURVEY_ITEMS.length)
	assert.match(results, /,18,15,agenda_shared,/)
	const graph = await fetch(`${opened.url}/network/graph.svg?frame=narrow`)
	assert.equal(graph.headers.get('content-type'), 'image/svg+xml; charset=utf-8')
	assert.match(await graph.text(), /<title>Harbor Bend Tenants Union<\/title>/)
	assert.match(await text('/network/ties.csv'), /^organization,other,shared,bodies,statements,campaigns,links\r\n/)
	const graphml = await text('/network/organizations.graphml')
	assert.equal(graphml.match(/<node /g)!.length, 5)

	const visitor = await beginVisit(opened.browser, opened.url, { viewport: { width: 360, height: 740 } })
	await visitor.open('/network')
	const picture = visitor.page.locator('figure img')
	await picture.waitFor()
	assert.ok(await picture.evaluate((image: HTMLImageElement) => image.complete || new Promise((done) => image.addEventListener('load', () => done(true)))))
	assert.match(await picture.evaluate((image: HTMLImageElement) => image.currentSrc), /frame=narrow/)
	await visitor.page.getByRole('link', { name: 'Bend Credit Union' }).click()
	await visitor.page.getByRole('heading', { name: /^Bend Credit Union/ }).waitFor()
	await visitor.leave()
})
