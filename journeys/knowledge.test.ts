import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { say } from './catalogue.ts'
import { openForTests } from './opening.ts'
import { listPages } from './pages.ts'
import { beginVisit } from './visit.ts'

const opened = openForTests()

async function enterAs(page: Page, name: string, path: string): Promise<void> {
	await page.goto(`/sign-in?to=${encodeURIComponent(path)}`)
	await page.getByRole('button', { name: say('sign_in_as', { name }) }).click()
	await page.waitForURL(`**${path}`)
}

test('words are found without script and without accents, marked in their sentence, in one body or everywhere, and a slip of the finger is guessed', { timeout: 90_000 }, async () => {
	await listPages(opened.url)
	const { page, open, leave } = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false })
	await open('/coalition')
	await page.getByRole('searchbox').fill('organizacion')
	await page.getByRole('button', { name: say('search_button'), exact: true }).click()
	await page.getByRole('link', { name: 'Guía para acompañar a vecinos al tribunal' }).waitFor()
	assert.equal(await page.locator('mark').first().textContent(), 'organización')
	const path = new URL(page.url()).pathname
	await open(`${path}?q=lanlord`)
	await page.getByRole('link', { name: 'landlord', exact: true }).click()
	await page.getByRole('link', { name: 'What a landlord must repair, and by when' }).waitFor()
	await page.getByLabel(say('search_kind')).selectOption('question')
	await page.getByRole('button', { name: say('search_button'), exact: true }).click()
	await page.getByText(say('search_none', { words: 'landlord' })).waitFor()
	await open(`${path}?q=${encodeURIComponent('<img src=x onerror=alert(1)> "unfinished')}`)
	assert.equal(await page.locator('main img').count(), 0)
	await leave()
})

test('a hub turns an ask of its link into a question, which members of the circle are shown, and its library takes a resource, without script', { timeout: 90_000 }, async () => {
	const { link } = await listPages(opened.url)
	const robin = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false, expected: /status of 400/ })
	await enterAs(robin.page, 'Robin Sample', link!)
	await robin.page.getByRole('link', { name: say('exchange_question') }).click()
	await robin.page.getByRole('heading', { name: 'Who can read the new lease of the Harbor Apartments with us?' }).waitFor()
	await robin.page.getByText(say('answers_none', { name: 'Housing Circle' })).waitFor()

	await robin.open('/coalition/brightwater-hub/library')
	await robin.page.getByText(say('resource_add'), { exact: true }).click()
	const form = robin.page.locator('form[action="?/add"]')
	await form.getByLabel(say('resource_title')).fill('How we ran the spring fair')
	await form.getByRole('button', { name: say('resource_add_button') }).click()
	await robin.page.getByRole('alert').getByText(say('error_resource_without_content')).waitFor()
	assert.equal(await form.getByLabel(say('resource_title')).inputValue(), 'How we ran the spring fair', 'what was typed stays')
	await form.getByLabel(say('resource_address')).fill('https://example.org/fair')
	await form.getByRole('button', { name: say('resource_add_button') }).click()
	await robin.page.getByRole('heading', { level: 1, name: 'How we ran the spring fair' }).waitFor()

	await robin.open('/coalition/brightwater-hub/library')
	await robin.page.getByText(say('question_ask', { name: 'Brightwater Hub' }), { exact: true }).click()
	const ask = robin.page.locator('form[action="?/ask"]')
	await ask.getByLabel(say('question_title')).fill('Who keeps the keys of the hall?')
	await ask.getByRole('button').click()
	await robin.page.getByLabel(say('answer_text')).fill('Denise, until June.')
	await robin.page.getByRole('button', { name: say('answer_button'), exact: true }).click()
	await robin.page.getByRole('button', { name: say('answer_helped_button') }).click()
	await robin.page.getByText(say('answer_helped_mark')).waitFor()
	await robin.page.getByRole('button', { name: say('question_reopen') }).click()
	await robin.page.getByRole('button', { name: say('answer_helped_button') }).waitFor()
	await robin.leave()
})

test('a comment is reported by a reader, hidden by a moderator with a reason that stands in its place, and who hid it may not decide', { timeout: 90_000 }, async () => {
	const { comment, goal } = await listPages(opened.url)
	const robin = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false, expected: /status of 400/ })
	await enterAs(robin.page, 'Robin Sample', comment!)
	await robin.page.getByLabel(say('comment_report_why')).fill('It is about somebody’s child')
	await robin.page.getByRole('button', { name: say('comment_report') }).click()
	await robin.page.getByText(say('comment_reported_thanks')).waitFor()
	assert.equal(await robin.page.getByRole('button', { name: say('comment_hide') }).count(), 0)

	const alex = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false })
	await enterAs(alex.page, 'Alex Sample', '/coalition/housing-circle/agenda')
	await alex.page.getByRole('heading', { name: say('moderation_queue') }).waitFor()
	await alex.page.locator(`a[href="${comment}"]`).first().click()
	await alex.page.getByText('It is about somebody’s child').waitFor()
	await alex.page.getByLabel(say('moderation_reason')).fill('A child is named')
	await alex.page.getByRole('button', { name: say('comment_hide') }).click()
	await alex.page.getByText(say('comment_hidden_because', { reason: 'A child is named' })).waitFor()

	const visitor = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false })
	await visitor.open(goal!)
	await visitor.page.getByText(say('comment_hidden_because', { reason: 'A child is named' })).waitFor()
	assert.doesNotMatch(await visitor.page.content(), /newest survey comes in December/, 'a hidden comment is not sent to readers at all')
	assert.equal(await visitor.page.locator('a[href="https://example.org/monthly"]').getAttribute('rel'), 'nofollow ugc noopener noreferrer')
	for (const visit of [robin, alex, visitor]) await visit.leave()
})
