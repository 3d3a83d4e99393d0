import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { say, saying } from './catalogue.ts'
import { openForTests } from './opening.ts'
import { listPages, readValues } from './pages.ts'
import { beginVisit } from './visit.ts'

const opened = openForTests()

/** Enters as the lead of the sample hub and goes on to a path; nothing here needs script. */
async function enterAsLead(page: Page, path: string): Promise<void> {
	await page.goto(`/sign-in?to=${encodeURIComponent(path)}`)
	await page.getByRole('button', { name: say('sign_in_as', { name: 'Robin Sample' }) }).click()
	await page.waitForURL(`**${path}`)
}

test('a lead starts a count, brings rates that are first refused with their row, sets goals by points, and a visitor sees who is at goal, without script', { timeout: 120_000 }, async () => {
	const { hub } = await listPages(opened.url)
	const values = await readValues(opened.url, 'low-income')
	const [one, other] = values.geoids.filter((geoid) => geoid.startsWith('99003'))
	const { page, open, leave } = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false, expected: /status of 400/ })
	await enterAsLead(page, `${hub}/campaigns/new`)
	const title = `Count ${Date.now()}`
	await page.getByLabel(say('campaign_field_title')).fill(title)
	await page.getByLabel(say('campaign_aim')).fill('Every household is counted')
	await page.getByLabel(say('campaign_begins')).fill('2026-01-01')
	await page.getByLabel(say('campaign_ends')).fill('2025-12-31')
	await page.getByLabel(say('legal_class_education')).check()
	await page.getByRole('button', { name: say('campaign_start') }).click()
	await page.getByRole('alert').getByText('2025-12-31').waitFor()
	assert.equal(await page.getByLabel(say('campaign_field_title')).inputValue(), title, 'what was typed stays')
	await page.getByLabel(say('campaign_ends')).fill('2099-12-31')
	await page.getByRole('button', { name: say('campaign_start') }).click()
	await page.getByRole('heading', { level: 1, name: title }).waitFor()
	const path = new URL(page.url()).pathname

	const bring = async (rows: string) => {
		await open(`${path}/targets`)
		await page.getByLabel(say('rates_pasted')).fill(`GEO_ID,RESP_DATE,CRRALL\n${rows}`)
		await page.getByLabel(say('rates_source_field')).fill('Invented')
		await page.getByRole('button', { name: say('rates_look') }).click()
	}
	await bring(`1400000US${one},2026-01-05,50\n1400000US${other},2026-01-05,many`)
	await page.getByText(say('rates_fault_value', { row: 3, column: 'CRRALL', value: 'many' })).waitFor()
	assert.equal(await page.locator('form[action="?/take"]').count(), 0, 'nothing can be taken in while a row is wrong')
	await bring(`1400000US${one},2026-01-05,50\n1400000US${other},2026-01-05,60`)
	await page.getByRole('button', { name: say('rates_take', { count: 2 }) }).click()
	await page.getByText(saying('rates_list_line')).waitFor()
	await page.getByRole('button', { name: say('targets_set') }).click()
	await page.waitForURL(`**${path}**`)
	await bring(`1400000US${one},2026-01-12,55\n1400000US${other},2026-01-12,`)
	await page.getByRole('button', { name: say('rates_take', { count: 1 }) }).click()
	await page.getByText(saying('rates_list_line')).first().waitFor()
	await leave()

	const visitor = await beginVisit(opened.browser, opened.url)
	await visitor.open(path)
	await visitor.page.getByText(say('goals_state', { atGoal: 1, known: 2, percent: '50', missing: 0 })).first().waitFor()
	const picture = visitor.page.getByRole('img', { name: saying('goals_state') })
	await picture.scrollIntoViewIfNeeded()
	assert.ok(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)), 'the map is a picture')
	assert.match(await (await fetch(`${opened.url}${path}/map.svg`)).text(), /class="p split-0"/, 'a tract at its goal has its colour')
	const csv = await (await fetch(`${opened.url}${path}/progress.csv`)).text()
	assert.match(csv, new RegExp(`${one},[^\\n]*,50,55,2026-01-12,55,0,at_goal`))
	assert.match(csv, new RegExp(`${other},[^\\n]*,60,60,2026-01-05,65,5,below`), 'a rate that is missing on a later day is the earlier one, not zero')
	for (const closed of ['targets', 'turf', 'notes', 'hours']) assert.match((await fetch(`${opened.url}${path}/${closed}`)).url, /\/sign-in\?to=/)
	assert.equal((await fetch(`${opened.url}${path}/hours.csv`)).status, 404)
	await visitor.leave()
})

test('a resident comments on a plan in Spanish without script and account; it is shown without the name once it was read, and its topic is answered', { timeout: 120_000 }, async () => {
	const comments = (await listPages(opened.url))['campaign-comments']!
	const es = (key: string) => say(key, {}, 'es')
	const resident = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false, viewport: { width: 360, height: 740 } })
	await resident.open(`/es${comments}`)
	const text = `Falta una parada de autobús ${Date.now()}`
	await resident.page.getByLabel(es('plan_text')).fill(text)
	await resident.page.getByLabel(es('plan_name')).fill('Lucía Prueba')
	await resident.page.getByRole('button', { name: es('plan_comment_send') }).click()
	await resident.page.getByText(es('plan_comment_done')).waitFor()
	assert.equal(await resident.page.getByText(text).count(), 0, 'nobody has read it yet')

	const lead = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false })
	await enterAsLead(lead.page, comments)
	const item = lead.page.getByRole('listitem').filter({ hasText: text })
	await item.getByText('Lucía Prueba').waitFor()
	await item.getByLabel(say('plan_topic_settled')).fill('Buses')
	await item.getByRole('button', { name: say('plan_show') }).click()
	await lead.page.getByRole('blockquote').filter({ hasText: text }).first().waitFor()
	const answer = lead.page.locator('form[action="?/answer"]')
	await answer.getByLabel(say('plan_topic_settled')).fill('Buses')
	await answer.getByLabel(say('plan_heard')).fill('A stop is missing.')
	await answer.getByLabel(say('plan_changed')).fill('The drawing has a stop at the gate.')
	await answer.getByRole('button', { name: say('plan_answer_publish') }).click()
	await lead.page.getByRole('heading', { level: 3, name: 'Buses' }).waitFor()
	await lead.leave()

	await resident.open(`/es${comments}`)
	await resident.page.getByText(text).waitFor()
	await resident.page.getByText('The drawing has a stop at the gate.').waitFor()
	assert.equal(await resident.page.getByText('Lucía Prueba').count(), 0, 'the name is never shown')
	await resident.leave()
})
