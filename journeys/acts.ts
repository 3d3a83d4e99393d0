import type { Page } from 'playwright-core'
import { say } from './catalogue.ts'

/** Enters as one of the demonstrations and goes on to a path. */
export async function enterAs(page: Page, name: string, path: string): Promise<void> {
	await page.goto(`/sign-in?to=${encodeURIComponent(path)}`)
	await page.getByRole('button', { name: say('sign_in_as', { name }) }).click()
	await page.waitForURL(`**${path}`)
}

/** Says something in the open round of a consent decision. */
export async function speakInRound(page: Page, kind: 'consent' | 'objection', fields: Record<string, string> = {}): Promise<void> {
	const form = page.locator('form').filter({ has: page.getByText(say('decision_round_legend')) }).first()
	await form.getByLabel(say(`decision_say_${kind}`), { exact: true }).check()
	for (const [key, text] of Object.entries(fields)) await form.getByLabel(say(key)).fill(text)
	await form.getByRole('button', { name: say('decision_say_button') }).click()
}

/** Adopts what a round consented to, with an owner. */
export async function adopt(page: Page, owner: string): Promise<void> {
	const form = page.locator('form').filter({ has: page.locator('input[value="adopt"]') })
	if (!(await form.isVisible())) await page.getByText(say('decision_adopt_title'), { exact: true }).click()
	await form.getByLabel(say('decision_owner_field')).selectOption({ label: owner })
	await form.getByRole('button', { name: say('decision_adopt') }).click()
}

/** Takes an objection up by changing the text. */
export async function integrate(page: Page, text: string): Promise<void> {
	await page.getByText(say('decision_integrate_title', { number: 1 })).click()
	const form = page.locator('form').filter({ has: page.locator('input[value="integrate"]') })
	await form.getByLabel(say('decision_text_field')).fill(text)
	await form.getByRole('button').click()
	await page.getByText(say('decision_stage_again')).waitFor()
}

/** Hands in a source on the page that a form leads to, and comes back with its number. */
export async function archive(page: Page, name: string, text: string): Promise<void> {
	await page.getByRole('link', { name: say('file_archive_first') }).first().click()
	await page.getByLabel(say('file_choose')).setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
	await page.getByRole('button', { name: say('file_archive_button') }).click()
	await page.waitForURL(/file=[0-9a-f]{64}/)
}

/** Takes somebody of the directory in as a voting member, on the page of a body's people. */
export async function takeIn(page: Page, name: string, email: string): Promise<void> {
	const person = page.locator('form[action="?/person"]').last()
	await person.getByLabel(say('body_name')).fill(name)
	await person.getByLabel(say('members_email')).fill(email)
	await person.getByLabel(say('members_standing')).selectOption('voting')
	await person.getByRole('button', { name: say('members_add') }).click()
	await page.getByRole('button', { name: say('members_same_button', { name }) }).click()
	await page.getByRole('listitem').filter({ hasText: name }).first().waitFor()
}

/** A day and times that are now, by a clock without summer time. */
export function aroundNow(): { date: string; begins: string; ends: string } {
	const [start, end] = [-30, 150].map((minutes) => new Date(Date.now() + minutes * 60_000).toISOString())
	return { date: start!.slice(0, 10), begins: start!.slice(11, 16), ends: end!.slice(11, 16) }
}

/** Says as first reviewer that a promise was kept today. */
export async function proposeKept(page: Page, note: string): Promise<void> {
	await page.locator('summary', { hasText: say('verdict_propose') }).click()
	const propose = page.locator('form[action="?/propose"]')
	await propose.locator('[name=rating]').selectOption('kept')
	for (const [name, value] of Object.entries({ share: '100', doneOn: new Date().toISOString().slice(0, 10), note })) await propose.locator(`[name=${name}]`).fill(value)
	await propose.locator('[name=noStake]').check()
	await propose.getByRole('button').click()
	await page.getByText(say('verdict_waiting')).waitFor()
}

/** Confirms it as second reviewer. */
export async function confirmVerdict(page: Page, note: string): Promise<void> {
	const confirm = page.locator('form[action="?/confirm"]')
	await confirm.locator('textarea').fill(note)
	await confirm.locator('[name=noStake]').check()
	await confirm.getByRole('button').click()
	await page.getByText(note).waitFor()
}
