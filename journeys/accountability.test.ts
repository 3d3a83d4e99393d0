import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { archive, confirmVerdict, enterAs, proposeKept, takeIn } from './acts.ts'
import { say, saying } from './catalogue.ts'
import { openForTests } from './opening.ts'
import { listPages } from './pages.ts'
import { beginVisit } from './visit.ts'

const opened = openForTests()

test('an ask and a promise with its archived source, evidence, two reviewers, a reply by code; a resident reads it in Spanish without script and reports a mistake', { timeout: 150_000 }, async () => {
	// The sample's bodies are made after the region was loaded.
	await listPages(opened.url)
	const robin = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false, expected: /status of 400/ })
	const { page } = robin
	const hub = '/coalition/brightwater-hub/accountability'
	await enterAs(page, 'Robin Sample', hub)

	const plank = page.locator('form[action="?/plank"]')
	await page.getByText(say('plank_add')).first().click()
	await plank.locator('textarea').fill('Laundromats stay open past eight.')
	await plank.getByRole('button').click()
	const ask = page.locator('form[action="?/ask"]')
	await page.getByText(say('ask_add')).first().click()
	await ask.getByLabel(say('ask_office')).selectOption({ label: 'Commissioner, hill district, Brightwater County Commission' })
	await ask.getByLabel(say('ask_text')).fill('Will you change the hours in the zoning code?')
	await ask.getByRole('button').click()
	await page.getByText('Will you change the hours in the zoning code?').waitFor()

	await page.getByRole('link', { name: say('commitment_record') }).click()
	await archive(page, 'forum.txt', 'Samuel Ferreira: We will let laundromats open until ten.')
	const form = page.locator('form#copy')
	await form.locator('[name=source]').fill('https://example.org/forum')
	await form.locator('[name=term]').selectOption({ index: 2 })
	await form.locator('[name=quote]').fill('We will let laundromats open until ten.')
	await form.locator('[name=test]').fill('The zoning code says ten.')
	await form.getByLabel(say('due_rule_stated')).check()
	await form.locator('[name=dueOn]').fill('2027-02-30')
	await form.locator('[name=ask]').selectOption({ index: 1 })
	await form.getByRole('button').click()
	await page.getByRole('alert').getByText(say('error_accountability_day_unreadable', { value: '2027-02-30' })).waitFor()
	assert.equal(await form.locator('[name=test]').inputValue(), 'The zoning code says ten.', 'what was typed stays')
	await form.getByLabel(say('due_rule_soon')).check()
	await form.getByRole('button').click()
	await page.waitForURL('**/commitments/cm-*')
	const path = new URL(page.url()).pathname
	await page.getByText(say('rating_not_yet_rated')).first().waitFor()

	await page.locator('#copy > summary').click()
	await archive(page, 'code.txt', 'Zoning code, section 4: until ten.')
	const finding = page.locator('form[action="?/finding"]')
	await finding.locator('textarea').fill('Section 4 says ten.')
	await finding.locator('[name=source]').fill('https://example.org/code')
	await finding.getByRole('button').click()
	await proposeKept(page, 'I read section 4.')
	assert.equal(await page.locator('form[action="?/confirm"]').count(), 0, 'whoever proposed it does not confirm it')
	assert.doesNotMatch(await (await fetch(opened.url + path)).text(), /I read section 4/, 'a proposal is not public')

	await page.getByRole('button', { name: say('reply_make_code') }).click()
	await page.waitForURL('**/reply/*')
	const office = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false })
	await office.open(new URL(page.url()).pathname)
	await office.page.getByLabel(say('reply_own_text')).fill('Thank you for waiting.')
	await office.page.getByRole('button', { name: say('reply_send') }).click()
	await office.page.getByText('Thank you for waiting.').waitFor()

	const alex = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false })
	await enterAs(alex.page, 'Alex Sample', '/coalition/brightwater-hub/members')
	await enterSecondReviewer(alex.page, path)

	const resident = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false, viewport: { width: 360, height: 740 } })
	await resident.open('/es/coalition')
	await resident.page.getByRole('link', { name: say('accountability_title', {}, 'es') }).click()
	await resident.page.locator(`a[href="/es${path}"]`).first().click()
	await resident.page.getByText('«We will let laundromats open until ten.»').first().waitFor()
	for (const key of ['rating_kept', 'finding_supports'] as const) await resident.page.getByText(say(key, {}, 'es')).first().waitFor()
	for (const words of ['I read section 4.', 'I asked the clerk.', 'Thank you for waiting.']) await resident.page.getByText(words).waitFor()
	assert.equal(await resident.page.evaluate('document.documentElement.scrollWidth'), 360, 'nothing stands beside the screen')
	const copy = await resident.page.getByRole('link', { name: say('source_copy', {}, 'es') }).first().getAttribute('href')
	const answer = await fetch(opened.url + copy)
	assert.match(answer.headers.get('content-security-policy')!, /sandbox/)
	assert.equal(answer.headers.get('x-content-type-options'), 'nosniff')
	assert.match(await answer.text(), /Samuel Ferreira/)
	await resident.page.getByText(say('correction_report', {}, 'es')).click()
	await resident.page.getByLabel(say('correction_text', {}, 'es')).fill('El foro fue un martes.')
	await resident.page.getByLabel(say('correction_contact', {}, 'es')).fill('ana@example.org')
	await resident.page.getByRole('button', { name: say('correction_report_button', {}, 'es') }).click()
	await resident.page.getByText(say('correction_waits', {}, 'es')).waitFor()
	assert.equal(await resident.page.getByText('ana@example.org').count(), 0, 'how to reach them is not public')

	await robin.open(hub)
	await page.getByRole('link', { name: saying('accountability_correction_waits') }).click()
	await page.getByText('ana@example.org').waitFor()
	const reply = page.locator('form[action="?/answer"]')
	await reply.locator('textarea').fill('It was a Tuesday; we noted it.')
	await reply.getByLabel(say('correction_changed_tick')).check()
	await reply.getByRole('button').click()
	await page.getByText(saying('correction_changed')).waitFor()

	const csv = await (await fetch(`${opened.url}/accountability/commitments.csv`)).text()
	assert.match(csv, /We will let laundromats open until ten\.,.*,kept,/)
	const popolo = (await (await fetch(`${opened.url}/accountability/popolo.json`)).json()) as Record<'persons' | 'memberships' | 'posts', unknown[]>
	assert.deepEqual([popolo.persons.length, popolo.memberships.length, popolo.posts.length], [3, 3, 3])
	for (const visit of [robin, office, alex, resident]) await visit.leave()
})

/** The administrator takes themselves in as a voting member, because administering alone gives no voice, and confirms. */
async function enterSecondReviewer(page: Page, path: string): Promise<void> {
	await takeIn(page, 'Alex Sample', 'administrator@sample.example')
	await page.goto(path)
	await confirmVerdict(page, 'I asked the clerk.')
}
