import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { archive, enterAs, takeIn } from './acts.ts'
import { say, saying } from './catalogue.ts'
import { openForTests } from './opening.ts'
import { listPages } from './pages.ts'
import { beginVisit } from './visit.ts'

const opened = openForTests()
const HUB = '/coalition/dunmore-hub'
const es = (key: string, parameters: Record<string, string | number> = {}) => say(key, parameters, 'es')
const MARK = Date.now()
const [TITLE, CALL, ROLE] = [`Benches at the bus stops ${MARK}`, `Water in Dunmore ${MARK}`, `Paint the benches ${MARK}`]

const daysAhead = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** The lead states, calls and offers: three addresses for everybody. */
async function prepare(page: Page): Promise<{ statement: string; call: string; role: string }> {
	await page.goto(`${HUB}/statements`)
	await page.getByText(say('statement_write')).first().click()
	const write = page.locator('form[action="?/write"]')
	for (const [name, text] of Object.entries({ title: TITLE, decisionMaker: 'Transit Authority of Dunmore County', ask: 'Put a bench at every stop of line 4.', text: 'Old people stand in the sun for half an hour.', deadline: daysAhead(60) })) await write.locator(`[name=${name}]`).fill(text)
	await write.getByRole('button').click()
	await page.waitForURL('**/statements/st-*')
	const statement = new URL(page.url()).pathname

	await page.goto(`${HUB}/call`)
	for (const [name, text] of Object.entries({ title: CALL, place: 'Dunmore', happened: 'A main broke in the night.', needed: 'Water, and people who carry it.' })) await page.locator(`[name=${name}]`).fill(text)
	await page.getByRole('button', { name: say('call_button') }).click()
	await page.waitForURL('**/response/rc-*')
	const call = new URL(page.url()).pathname

	await page.getByRole('link', { name: say('role_offer') }).click()
	assert.equal(await page.locator('[name=helps] option:checked').textContent(), CALL, 'what the role helps is chosen already')
	for (const [name, text] of Object.entries({ title: ROLE, about: 'You paint, and you bring old clothes.', place: 'Depot', coordinator: 'Paint desk', contact: 'paint@sample.example' })) await page.locator(`[name=${name}]`).fill(text)
	await page.locator('[name=minors]').check()
	await page.getByRole('button', { name: say('role_offer_button') }).click()
	await page.waitForURL('**/volunteering/vr-*/change*')
	for (const [begins, ends] of [['09:00', '12:00'], ['11:00', '13:00']] as const) {
		const add = page.locator('form[action="?/add"]')
		for (const [name, text] of Object.entries({ date: daysAhead(10), begins, ends, places: '1', weeks: '1' })) await add.locator(`[name=${name}]`).fill(text)
		await add.getByRole('button').click()
		await page.getByRole('heading', { level: 3 }).filter({ hasText: begins === '09:00' ? '9:00' : '11:00' }).waitFor()
	}
	return { statement, call, role: new URL(page.url()).pathname.replace('/change', '') }
}

/** A resident on a phone signs, helps and takes a shift, in Spanish and without script. */
async function takePart(page: Page, { statement, call, role }: { statement: string; call: string; role: string }): Promise<string> {
	await page.goto(`/es${HUB}/take-part`)
	await page.getByRole('link', { name: TITLE }).click()
	const sign = page.locator('form[action="?/sign"]')
	await sign.getByLabel(es('sign_name'), { exact: true }).fill('Nora Ibáñez')
	await sign.getByLabel(es('sign_contact'), { exact: true }).fill('404 555 0117')
	await sign.getByRole('button').click()
	await page.getByRole('button', { name: es('sign_confirm_button') }).click()
	await page.getByText(es('sign_confirmed_title', { name: 'Nora Ibáñez' })).waitFor()

	await page.goto(`/es${statement}`)
	const signOn = page.locator('form[action="?/signOn"]')
	for (const [name, text] of Object.entries({ organization: `Vecinas de Dunmore ${MARK}`, authorizedBy: 'Nora Ibáñez, presidenta', authority: 'Asamblea de noviembre', contact: '404 555 0117' })) await signOn.locator(`[name=${name}]`).fill(text)
	await signOn.getByRole('button').click()
	await page.getByText(es('sign_on_sent', { name: 'Dunmore Hub' })).waitFor()

	for (const [side, text] of [['give_offer', `Doce garrafas de agua ${MARK}`], ['give_need', `Agua para mi madre ${MARK}`]] as const) {
		// Opened anew, so that the thanks that are waited for are those for this one.
		await page.goto(`/es${call}`)
		const give = page.locator('form[action="?/give"]')
		await give.getByLabel(es(side)).check()
		await give.locator('[name=text]').fill(text)
		await give.locator('[name=name]').fill('Nora Ibáñez')
		await give.locator('[name=contact]').fill('404 555 0117')
		await give.getByRole('button').click()
		await page.getByText(es('give_thanks', { name: 'Dunmore Hub' })).waitFor()
	}
	assert.equal(await page.getByText('garrafas').count(), 0, 'nobody has read it yet')

	await page.goto(`/es${role}`)
	assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360, 'nothing stands beside the screen')
	const boxes = page.locator('input[type=checkbox][name^=shift-]')
	for (const n of [0, 1]) await boxes.nth(n).check()
	await page.getByLabel(es('rsvp_name'), { exact: true }).fill('Nora Ibáñez')
	await page.getByLabel(es('sign_up_contact'), { exact: true }).fill('404 555 0117')
	await page.getByRole('button', { name: es('sign_up_button') }).click()
	await page.getByRole('alert').getByText(saying('error_shifts_overlap', 'es')).waitFor()
	assert.equal(await page.getByLabel(es('sign_up_contact'), { exact: true }).inputValue(), '404 555 0117', 'what was typed stays')
	assert.ok(await boxes.nth(1).isChecked(), 'and what was ticked')
	await boxes.nth(1).uncheck()
	await page.getByRole('button', { name: es('sign_up_button') }).click()
	await page.getByText(es('own_shifts_title', { name: 'Nora Ibáñez' })).waitFor()
	await page.getByText(es('own_shift_seat')).waitFor()
	return (await page.locator('.code').textContent())!.trim()
}

test('a resident on a phone signs, helps and takes a shift without account and script; a lead verifies, matches, stands down; what others took up is confirmed by a second person and read by a stranger on the thread', { timeout: 240_000 }, async () => {
	await listPages(opened.url)
	const robin = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false })
	await enterAs(robin.page, 'Robin Sample', HUB)
	const places = await prepare(robin.page)
	const resident = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false, viewport: { width: 360, height: 740 }, expected: /status of 400/ })
	const code = await takePart(resident.page, places)
	await waitInLine(places.role)

	await resident.open(`/es${places.role}`)
	await resident.page.getByText(es('sign_up_find')).click()
	await resident.page.getByLabel(es('sign_up_code')).fill(code)
	await resident.page.getByRole('button', { name: es('sign_up_find_button') }).click()
	await resident.page.getByRole('button', { name: es('own_shift_give_back') }).first().click()
	await resident.page.getByText(es('own_shifts_none')).waitFor()

	const { page } = robin
	await robin.open(places.statement)
	await page.getByRole('button', { name: saying('verify_button') }).first().click()
	await page.getByRole('listitem').filter({ hasText: `Vecinas de Dunmore ${MARK}` }).getByText(saying('statement_organization_line')).waitFor()
	await robin.open(places.call)
	// By its own words: those of an offer stand in the choices of every need, too.
	const led = (text: string) => page.locator('#led ~ ul > li').filter({ has: page.locator('p').filter({ hasText: text }) }).first()
	for (const text of ['Doce garrafas', 'Agua para mi madre']) await led(text).getByRole('button', { name: say('lead_show') }).click()
	await led('Agua para mi madre').getByRole('button', { name: say('lead_match_button') }).click()
	await led('Agua para mi madre').getByText(saying('lead_matched_with')).waitFor()
	await page.getByText(say('stand_down_title')).click()
	await page.locator('form[action="?/standDown"] textarea').fill('The main holds again.')
	await page.locator('form[action="?/standDown"]').getByRole('button').click()
	await page.getByText('The main holds again.').waitFor()
	assert.equal(await page.locator('form[action="?/give"]').count(), 0, 'nothing comes in any more')
	await robin.open(`${places.role}/list`)
	await page.getByRole('listitem').filter({ hasText: 'Waiting Neighbor' }).first().waitFor()
	assert.equal(await page.getByText(say('volunteer_waits')).count(), 0, 'who waited has the seat that came free')
	assert.match(await (await page.request.get(`${opened.url}${places.role}/list.csv`)).text(), /Waiting Neighbor,404 555 0199,seat/)
	assert.match((await fetch(`${opened.url}${places.role}/list.csv`)).url, /\/sign-in\?to=/)
	const uptake = await recordUptake(page)

	const alex = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false })
	await enterAs(alex.page, 'Alex Sample', `${HUB}/members`)
	await takeIn(alex.page, 'Alex Sample', 'administrator@sample.example')
	assert.equal((await fetch(opened.url + uptake)).status, 404, 'before a second person confirmed it nobody else reads it')
	await alex.open(uptake)
	await alex.page.locator('[name=note]').fill('I read page 3.')
	await alex.page.getByRole('button', { name: say('uptake_confirm') }).click()
	await alex.page.getByText('I read page 3.').waitFor()

	const stranger = await beginVisit(opened.browser, opened.url, { viewport: { width: 360, height: 740 } })
	await stranger.open(places.statement)
	await stranger.page.locator('main').getByRole('link', { name: /Plan of stops/ }).first().click()
	await stranger.page.getByText('Every stop of line 4 has a bench by 2028.').waitFor()
	await stranger.page.locator('.thread').locator(`a[href="${places.statement}"]`).first().waitFor()
	assert.equal(await stranger.page.evaluate('document.documentElement.scrollWidth'), 360, 'nothing stands beside the screen')
	assert.match(await (await fetch(opened.url + places.call)).text(), /Doce garrafas/, 'what somebody read is shown to everybody')
	for (const path of [places.call, places.statement, places.role]) assert.doesNotMatch(await (await fetch(opened.url + path)).text(), /Nora Ibáñez<|404 555/, 'neither contact nor name of a person is public')
	for (const visit of [robin, resident, alex, stranger]) await visit.leave()
})

/** Another neighbor asks for the first shift, whose only seat is taken, by the form alone. */
async function waitInLine(role: string): Promise<void> {
	const shift = /name="(shift-sh-[a-z0-9]+)"/.exec(await (await fetch(opened.url + role)).text())![1]!
	const answer = await fetch(`${opened.url}${role}?/take`, { method: 'POST', headers: { origin: opened.url, accept: 'text/html' }, body: new URLSearchParams({ name: 'Waiting Neighbor', contact: '404 555 0199', [shift]: 'on' }) })
	assert.match(await answer.text(), new RegExp(say('own_shift_waiting', { place: 1 })))
}

/** Records that somebody took the statement up, with an archived copy; returns its page. */
async function recordUptake(page: Page): Promise<string> {
	await page.goto(`${HUB}/uptake/new`)
	await archive(page, 'plan.txt', 'Plan of stops. Every stop of line 4 has a bench by 2028.')
	const form = page.locator('form#copy')
	for (const [name, text] of Object.entries({ source: 'https://example.org/plan', adopter: 'Transit Authority of Dunmore County', document: `Plan of stops ${MARK}`, part: 'Page 3', quote: 'Every stop of line 4 has a bench by 2028.' })) await form.locator(`[name=${name}]`).fill(text)
	await form.locator('[name=record]').selectOption({ label: (await form.locator('[name=record] option').allTextContents()).find((text) => text.includes(TITLE))! })
	await form.getByRole('button').click()
	await page.waitForURL('**/uptake/up-*')
	await page.getByText(say('uptake_own')).waitFor()
	return new URL(page.url()).pathname
}
