import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { say, saying } from './catalogue.ts'
import { inspect } from './inspect-page.ts'
import { openForTests } from './opening.ts'
import { beginVisit } from './visit.ts'

const opened = openForTests()
const CARDS = ['BEGIN:VCARD', 'VERSION:3.0', 'FN:Wanda Oyelaran', 'EMAIL:wanda@example.org', 'END:VCARD', 'BEGIN:VCARD', 'VERSION:3.0', 'FN:Robin Sample', 'TEL:404 555 0123', 'END:VCARD', 'BEGIN:VCARD', 'VERSION:3.0', 'FN:Nobody', 'TEL:12', 'END:VCARD', ''].join('\r\n')

const enterAsLead = async (page: Page) => {
	await page.goto(`/sign-in?to=${encodeURIComponent('/coalition/brightwater-hub/members')}`)
	await page.getByRole('button', { name: say('sign_in_as', { name: 'Robin Sample' }) }).click()
	await page.getByRole('link', { name: say('members_import_link') }).waitFor()
}

test('an organizer without script brings address cards, is asked who is who, takes them in, joins an entry found twice, and takes all of it back', { timeout: 90_000 }, async () => {
	const { page, leave } = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false, viewport: { width: 360, height: 740 }, expected: /status of 400/ })
	await enterAsLead(page)
	await page.getByRole('link', { name: say('members_import_link') }).click()
	await page.getByLabel(say('members_import_file', { megabytes: '2' })).setInputFiles({ name: 'cards.vcf', mimeType: 'text/vcard', buffer: Buffer.from(CARDS) })
	await page.getByLabel(say('members_import_source')).fill('Telephones of the street captains')
	await page.getByRole('button', { name: say('members_import_look') }).click()
	await page.getByRole('heading', { level: 1, name: 'cards.vcf' }).waitFor()
	await page.getByText('“12” is not a telephone number').waitFor()
	assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360)

	await page.getByRole('button', { name: say('members_import_take') }).click()
	await page.getByRole('alert').getByText(say('error_members_rows_faulty', { rows: '4' })).waitFor()
	await page.getByLabel(say('members_faulty_leave')).check()
	await page.getByRole('button', { name: say('members_import_take') }).click()
	await page.getByRole('alert').getByText(say('error_members_rows_undecided', { rows: '3' })).waitFor()
	assert.ok(await page.getByLabel(say('members_faulty_leave')).isChecked(), 'what was ticked stays')
	await page.getByLabel(say('members_choose_new')).check()
	await page.getByRole('button', { name: say('members_import_take') }).click()
	await page.getByText(say('members_import_taken', { taken: '2', made: '2' })).waitFor()
	const list = page.url()

	await page.goto('/coalition/brightwater-hub/members/doubles')
	await page.getByRole('button', { name: /keep the .* Robin Sample/ }).first().click()
	const refused = page.getByRole('alert')
	const undo = page.getByRole('button', { name: saying('members_merge_undo_label') })
	await refused.or(undo).first().waitFor()
	if (await refused.isVisible()) await page.getByRole('button', { name: /keep the .* Robin Sample/ }).nth(1).click()
	await undo.click()
	await page.getByRole('button', { name: /keep the .* Robin Sample/ }).first().waitFor()

	const csv = await (await page.request.get('/coalition/brightwater-hub/members/list.csv')).text()
	assert.match(csv, /person,Wanda Oyelaran,wanda@example.org,,member/)
	await page.goto(list)
	await page.getByRole('button', { name: say('members_import_undo') }).click()
	await page.getByText(say('members_import_undone')).waitFor()
	assert.doesNotMatch(await (await page.request.get('/coalition/brightwater-hub/members/list.csv')).text(), /Wanda/)
	await leave()
})

test('nobody but its lead and secretary takes the list of a body away', async () => {
	assert.equal((await fetch(`${opened.url}/coalition/brightwater-hub/members/list.csv`)).status, 404)
	assert.equal((await fetch(`${opened.url}/coalition/brightwater-hub/members/import`)).status, 404)
})

test('the pages about members break no rule of axe-core', { timeout: 60_000 }, async () => {
	const { page, leave } = await beginVisit(opened.browser, opened.url, { bypassCSP: true })
	await enterAsLead(page)
	const faults = await inspect(page, 'members')
	await page.goto('/coalition/brightwater-hub/members/import')
	faults.push(...(await inspect(page, 'bring a list')))
	await page.getByLabel(say('members_import_pasted')).fill('Name,Email\nRobin Sample,\nAda Newcomer,ada@example.org\n,x@example.org')
	await page.getByLabel(say('members_import_source')).fill('A sheet')
	await page.getByRole('button', { name: say('members_import_look') }).click()
	await page.getByRole('heading', { level: 1, name: 'list.csv' }).waitFor()
	faults.push(...(await inspect(page, 'rows of a list')))
	await page.getByRole('button', { name: say('members_import_aside') }).click()
	await page.goto('/coalition/brightwater-hub/members/doubles')
	faults.push(...(await inspect(page, 'found twice')))
	assert.deepEqual(faults, [])
	await leave()
})
