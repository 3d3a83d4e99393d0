import assert from 'node:assert/strict'
import { test } from 'node:test'
import { adopt, enterAs, integrate, speakInRound, takeIn } from './acts.ts'
import { say } from './catalogue.ts'
import { openForTests } from './opening.ts'
import { beginVisit } from './visit.ts'

const opened = openForTests()
const ROBIN = 'member@sample.example'

test('a circle decides by consent: one objects, the proposal takes the objection up, all are asked again, and it is adopted with a day to look at it again', { timeout: 120_000 }, async () => {
	const alex = await beginVisit(opened.browser, opened.url, { expected: /status of 40[04]/ })
	await enterAs(alex.page, 'Alex Sample', '/coalition/new')
	await alex.page.getByLabel(say('body_name')).fill(`Deciding circle ${Date.now()}`)
	await alex.page.getByLabel(say('body_aim')).fill('Nobody loses a home in winter')
	await alex.page.getByRole('button', { name: say('body_found_button') }).click()
	await alex.page.getByRole('link', { name: say('body_people_link') }).click()
	const circle = new URL(alex.page.url()).pathname.replace(/\/members$/, '')

	const robin = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false, expected: /status of 40[04]/ })
	await enterAs(robin.page, 'Robin Sample', circle)
	await takeIn(alex.page, 'Robin Sample', ROBIN)

	await alex.open(`${circle}/decisions/new`)
	await alex.page.getByLabel(say('decision_title_field')).fill('A longer notice')
	await alex.page.getByLabel(say('decision_text_field')).fill('We ask for a notice of 60 days.')
	await alex.page.getByRole('button', { name: say('decision_open_button') }).click()
	await alex.page.waitForURL('**/coalition/decisions/*')
	const decision = new URL(alex.page.url()).pathname
	await alex.page.getByText(say('decision_stage_drafted')).waitFor()
	await alex.page.getByRole('button', { name: say('decision_present') }).click()

	await robin.open(decision)
	await robin.page.getByLabel(say('decision_words_field')).fill('From which day on?')
	await robin.page.getByRole('button', { name: say('decision_ask') }).click()
	await robin.page.getByText('From which day on?').waitFor()
	await alex.open(decision)
	await alex.page.getByLabel(say('decision_answer_title', { question: 'From which day on?' })).fill('From May.')
	await alex.page.getByRole('button', { name: say('decision_answer'), exact: true }).click()
	await alex.page.getByRole('button', { name: say('decision_open_round') }).click()
	await speakInRound(alex.page, 'consent')
	await alex.page.getByText(say('decision_why_spoken')).waitFor()

	await robin.open(`${circle}/decisions`)
	await robin.page.getByText(say('decision_waits_word')).waitFor()
	await robin.page.getByRole('link', { name: 'A longer notice' }).click()
	await speakInRound(robin.page, 'objection', { decision_say_aim: 'Nobody loses a home in winter', decision_say_reason: 'Sixty days may end in February' })
	await robin.page.getByRole('button', { name: say('decision_withdraw_objection') }).waitFor()

	await alex.open(decision)
	await adopt(alex.page, 'Robin Sample')
	await alex.page.getByRole('alert').getByText(say('error_consent_objection_open')).waitFor()
	await integrate(alex.page, 'We ask for a notice of 60 days, and none in winter.')
	await alex.page.getByRole('button', { name: say('decision_open_round') }).click()
	await speakInRound(alex.page, 'consent')
	await robin.open(decision)
	await speakInRound(robin.page, 'consent')
	await robin.page.getByText(say('decision_why_spoken')).waitFor()
	await alex.open(decision)
	await adopt(alex.page, 'Robin Sample')
	await alex.page.getByText(say('decision_owner', { name: 'Robin Sample' })).waitFor()

	const visitor = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false, viewport: { width: 360, height: 760 } })
	await visitor.open(`/es${decision}`)
	await visitor.page.getByText('We ask for a notice of 60 days, and none in winter.').first().waitFor()
	await visitor.page.getByRole('heading', { name: say('decision_history_title', {}, 'es') }).waitFor()
	assert.equal(await visitor.page.getByText('Robin Sample').count(), 0, 'who it was, only members see')
	for (const visit of [alex, robin, visitor]) await visit.leave()
})

test('a vote is secret: the result is hidden until it is closed, and who voted cannot vote again', { timeout: 90_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false, expected: /status of 40[04]/ })
	await enterAs(page, 'Robin Sample', '/coalition/brightwater-hub/decisions/new')
	await page.getByLabel(say('decision_title_field')).fill('Where we meet')
	await page.getByLabel(say('decision_text_field')).fill('Library or church?')
	await page.getByRole('radio', { name: say('decision_method_ranked') }).check()
	await page.getByLabel(say('decision_secret_field')).check()
	await page.getByRole('button', { name: say('decision_open_button') }).click()
	await page.getByRole('alert').getByText(say('error_decision_options')).waitFor()
	assert.equal(await page.getByLabel(say('decision_title_field')).inputValue(), 'Where we meet', 'what was typed stays')
	await page.getByLabel(say('decision_options_field')).fill('In the library\nIn the church')
	await page.getByLabel(say('decision_closes_field')).fill('2099-01-01')
	await page.getByRole('button', { name: say('decision_open_button') }).click()
	await page.getByText(say('decision_ballot_secret')).first().waitFor()
	await page.getByLabel('In the church').first().fill('1')
	await page.getByRole('button', { name: say('decision_ballot_button') }).first().click()
	await page.getByText(say('decision_why_voted'), { exact: true }).waitFor()
	assert.equal(await page.locator('input[name="elector"][type="hidden"]').count(), 0, 'no second ballot is offered')
	assert.equal(await page.getByRole('heading', { name: say('decision_result_title') }).count(), 0)
	await open('/coalition/brightwater-hub')
	await page.getByRole('link', { name: 'Where we meet' }).waitFor()
	await leave()
})
