import assert from 'node:assert/strict'
import { test } from 'node:test'
import { say, saying } from './catalogue.ts'
import { openForTests } from './opening.ts'
import { listPages } from './pages.ts'
import { beginVisit } from './visit.ts'

const opened = openForTests()

/** Answers of a form without script, many at once; paper slips are typed up the same way. */
async function answer(path: string, fields: Record<string, string>): Promise<void> {
	const sent = await fetch(`${opened.url}${path}/who`, { method: 'POST', redirect: 'manual', headers: { origin: opened.url, accept: 'text/html' }, body: new URLSearchParams(fields) })
	assert.equal(sent.status, 303)
	assert.equal(sent.headers.get('set-cookie'), null, 'nobody is followed by a cookie')
}

/** A convening that is on now, by a clock without summer time. */
function now(): Record<string, string> {
	const [start, end] = [-30, 150].map((minutes) => new Date(Date.now() + minutes * 60_000).toISOString())
	return { date: start!.slice(0, 10), begins: start!.slice(11, 16), ends: end!.slice(11, 16) }
}

test('a host asks who is in the room, a resident without script answers in Spanish, slips are typed up, and a visitor reads what was published', { timeout: 120_000 }, async () => {
	// Waits until the sample's bodies are there.
	const { hub } = await listPages(opened.url)
	const robin = await beginVisit(opened.browser, opened.url)
	const { page } = robin
	await page.goto(`/sign-in?to=${encodeURIComponent(`${hub}/convenings/new`)}`)
	await page.getByRole('button', { name: say('sign_in_as', { name: 'Robin Sample' }) }).click()
	await page.waitForURL('**/convenings/new')
	const title = `Room talk ${Date.now()}`
	for (const [name, value] of Object.entries({ title, ...now(), otherZone: 'Etc/UTC', place: 'Mill Street Library' })) await page.locator(`[name=${name}]`).fill(value)
	await page.getByRole('button', { name: say('convening_new_button') }).click()
	await page.getByRole('heading', { level: 1, name: title }).waitFor()
	const path = new URL(page.url()).pathname

	await page.getByRole('link', { name: say('room_work_link') }).click()
	await page.getByRole('button', { name: say('room_open_button') }).click()
	await page.getByText(saying('room_state_open')).waitFor()

	const resident = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false, viewport: { width: 360, height: 740 }, expected: /status of 400/ })
	await resident.open(`/es${path}`)
	await resident.page.getByRole('link', { name: say('room_answer_link', {}, 'es') }).click()
	await resident.page.getByText(say('room_promise_apart', {}, 'es')).waitFor()
	await resident.page.getByRole('button', { name: say('room_send', {}, 'es') }).click()
	await resident.page.getByRole('alert').getByText(say('error_room_unanswered', {}, 'es')).waitFor()
	await resident.page.getByLabel(say('room_option_home_rents', {}, 'es')).check()
	await resident.page.getByLabel(say('room_option_race_hispanic', {}, 'es')).check()
	await resident.page.getByRole('button', { name: say('room_send', {}, 'es') }).click()
	await resident.page.getByRole('status').getByText(say('room_thanks', {}, 'es')).waitFor()
	assert.equal(await resident.page.evaluate('document.documentElement.scrollWidth'), 360)
	assert.deepEqual(await resident.context.cookies(), [], 'no cookie')
	await resident.leave()
	for (let n = 0; n < 13; n++) await answer(path, { 'set-home': n < 12 ? 'rents' : 'owns', 'set-race': 'black' })

	await page.goto(`${path}/who/results`)
	await page.getByRole('link', { name: say('room_enter_link') }).click()
	await page.getByLabel(say('room_option_home_owns')).check()
	await page.getByRole('button', { name: say('room_enter_button') }).click()
	await page.getByRole('status').getByText(say('room_enter_done', { answered: 15 })).waitFor()
	await page.goto(`${path}/who/slips`)
	await page.getByText(say('room_slip_note')).first().waitFor()

	await page.goto(`${path}/desk`)
	await page.locator('[name=heads]').fill('20')
	await page.locator('form[action="?/heads"] button').click()
	await page.waitForURL(`**${path}/desk`)
	await page.goto(`${path}/who/results`)
	await page.getByText(saying('room_progress_counted')).waitFor()
	await page.getByRole('button', { name: say('room_publish_button') }).click()
	await page.getByText(say('room_coverage', { answered: 15, attended: 20, percent: 75 })).waitFor()
	await robin.leave()

	const visitor = await beginVisit(opened.browser, opened.url)
	await visitor.open(`${path}/who/results`)
	const home = visitor.page.locator('section', { has: visitor.page.getByRole('heading', { name: say('room_set_home') }) })
	assert.equal(await home.getByText(say('room_hidden'), { exact: true }).count(), 2, 'two owners are hidden, and so are the renters who would give them away')
	await visitor.open('/coalition/brightwater-hub/room')
	await visitor.page.getByRole('link', { name: title }).waitFor()
	await visitor.leave()
})

test('the sample shows large groups and hides a small one with what protects it, beside a target', { timeout: 60_000 }, async () => {
	const pages = await listPages(opened.url)
	const { page, open, leave } = await beginVisit(opened.browser, opened.url)
	await open(pages['room-results']!)
	await page.getByText(say('room_coverage', { answered: 28, attended: 31, percent: 90 })).waitFor()
	const count = (name: string) => page.locator('tr', { has: page.getByRole('rowheader', { name }) }).locator('td').first().textContent()
	assert.equal(await count(say('room_option_race_black')), '15')
	assert.equal(await count(say('room_option_race_white')), say('room_hidden'))
	assert.equal(await count(say('room_option_race_hispanic')), say('room_hidden'))
	await page.getByText(say('room_target', { percent: 60 })).waitFor()
	await leave()
})
