import assert from 'node:assert/strict'
import { test } from 'node:test'
import { enterAs } from './acts.ts'
import { say } from './catalogue.ts'
import { openForTests } from './opening.ts'
import { listPages } from './pages.ts'
import { beginVisit } from './visit.ts'

const opened = openForTests()

test('a hub asks a circle for a link, is told what is missing, and both agree, name link people and exchange; visitors read it without names', { timeout: 90_000 }, async () => {
	const { hub } = await listPages(opened.url)
	const robin = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false, expected: /status of 400/ })
	await enterAs(robin.page, 'Robin Sample', hub!)
	const ask = robin.page.locator('form[action="?/ask"]')
	await robin.page.getByText(say('body_link_ask')).first().click()
	await ask.getByLabel(say('body_link_with')).selectOption({ label: 'Jobs and Pay Circle' })
	await ask.getByLabel(say('body_link_purpose')).fill('   ')
	await ask.getByRole('button').click()
	await robin.page.getByRole('alert').getByText(say('error_link_without_purpose')).waitFor()
	assert.equal(await ask.getByLabel(say('body_link_with')).evaluate((select: HTMLSelectElement) => select.selectedOptions[0]!.text), 'Jobs and Pay Circle', 'what was chosen stays')
	await ask.getByLabel(say('body_link_purpose')).fill('Work that people in Brightwater can reach')
	await ask.getByRole('button').click()
	await robin.page.waitForURL('**/coalition/links/*')
	const link = new URL(robin.page.url()).pathname
	assert.equal(await robin.page.getByRole('button', { name: say('link_agree') }).count(), 0, 'who asked does not answer for the other')

	const alex = await beginVisit(opened.browser, opened.url)
	await enterAs(alex.page, 'Alex Sample', link)
	await alex.page.getByRole('button', { name: say('link_agree') }).click()
	await alex.page.getByText(say('link_balance_none')).waitFor()

	await robin.open(link)
	const record = robin.page.locator('form[action="?/record"]')
	await record.getByLabel(say('exchange_text')).fill('Which employers near the bus line hire without a diploma?')
	await record.getByRole('button').click()
	await robin.page.getByText(say('exchange_waiting')).waitFor()
	const people = robin.page.locator('form[action="?/name"]')
	await people.getByRole('combobox').selectOption({ label: 'Robin Sample' })
	await people.getByRole('button').click()
	await robin.page.getByText('Robin Sample, until').waitFor()

	await alex.open(link)
	await alex.page.getByLabel(say('exchange_answer'), { exact: true }).fill('Nine of them; the list comes with the minutes.')
	await alex.page.getByRole('button', { name: say('exchange_answer_button'), exact: true }).click()
	await alex.page.getByText('Nine of them').waitFor()

	const visitor = await beginVisit(opened.browser, opened.url)
	await visitor.open(link)
	await visitor.page.getByText('Which employers near the bus line').waitFor()
	assert.equal(await visitor.page.getByText('Robin Sample').count(), 0, 'who the link people are, only members see')
	assert.equal((await fetch(`${opened.url}/coalition/brightwater-hub/members`)).status, 404)
	for (const visit of [robin, alex, visitor]) await visit.leave()
})

test('an administrator founds a circle that nobody else can see, takes people in, and is asked before two of one address become one', { timeout: 90_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url, { expected: /status of 40[04]/ })
	await enterAs(page, 'Alex Sample', '/coalition/new')
	const name = `Table ${Date.now()}`
	await page.getByLabel(say('body_name')).fill(name)
	await page.getByLabel(say('body_aim')).fill('To try what a private table is')
	await page.getByLabel(say('visibility_private')).check()
	await page.getByRole('button', { name: say('body_found_button') }).click()
	await page.getByRole('heading', { level: 1, name }).waitFor()
	const path = new URL(page.url()).pathname
	assert.equal((await fetch(`${opened.url}${path}`)).status, 404, 'others are told that it does not exist')
	assert.doesNotMatch(await (await fetch(`${opened.url}/coalition`)).text(), new RegExp(name))

	await page.getByRole('link', { name: say('body_people_link') }).click()
	const person = page.locator('form[action="?/person"]').last()
	const takeIn = async (who: string) => {
		await person.getByLabel(say('body_name')).fill(who)
		await person.getByLabel(say('members_email')).fill(`${name.replace(' ', '-')}@example.org`)
		await person.getByRole('button', { name: say('members_add') }).click()
	}
	await takeIn('Ada Moss')
	await page.getByText('Ada Moss').first().waitFor()
	await takeIn('A. Moss')
	await page.getByRole('button', { name: say('members_same_button', { name: 'Ada Moss' }) }).waitFor()
	await page.getByRole('button', { name: say('members_new_anyway') }).click()
	await page.getByText('A. Moss').first().waitFor()
	await page.getByRole('combobox', { name: say('members_role_label', { name: 'Ada Moss' }) }).selectOption('secretary')
	await page.getByRole('button', { name: say('members_give_role') }).first().click()
	await open(`${path}/members`)
	assert.equal(await page.getByRole('listitem').filter({ hasText: 'Moss' }).count(), 2)
	await leave()
})
