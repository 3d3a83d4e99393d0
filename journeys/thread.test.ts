import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { adopt, archive, aroundNow, confirmVerdict, enterAs, integrate, proposeKept, speakInRound, takeIn } from './acts.ts'
import { say, saying } from './catalogue.ts'
import { openForTests } from './opening.ts'
import { listPages } from './pages.ts'
import { beginVisit } from './visit.ts'

const opened = openForTests()
const HUB = '/coalition/brightwater-hub'

/** A circle of two that decides, linked with the hub. */
async function foundLinkedCircle(alex: Page, robin: Page): Promise<string> {
	await enterAs(alex, 'Alex Sample', '/coalition/new')
	const name = `Thread circle ${Date.now()}`
	await alex.getByLabel(say('body_name')).fill(name)
	await alex.getByLabel(say('body_aim')).fill('Nobody waits an hour for a bus')
	await alex.getByRole('button', { name: say('body_found_button') }).click()
	await alex.getByRole('link', { name: say('body_people_link') }).click()
	const circle = new URL(alex.url()).pathname.replace(/\/members$/, '')
	await takeIn(alex, 'Robin Sample', 'member@sample.example')
	await alex.getByLabel(say('members_role_label', { name: 'Robin Sample' })).selectOption('secretary')
	await alex.getByRole('listitem').filter({ hasText: 'Robin Sample' }).getByRole('button', { name: say('members_give_role') }).click()
	await alex.getByText(saying('members_role_until')).nth(1).waitFor()
	await robin.goto(HUB)
	await robin.getByText(say('body_link_ask')).first().click()
	const ask = robin.locator('form[action="?/ask"]')
	await ask.getByLabel(say('body_link_with')).selectOption({ label: name })
	await ask.getByLabel(say('body_link_purpose')).fill('Ways to work and to the doctor')
	await ask.getByRole('button').click()
	await robin.waitForURL('**/coalition/links/*')
	await alex.goto(new URL(robin.url()).pathname)
	await alex.getByRole('button', { name: say('link_agree') }).click()
	await alex.getByText(say('link_balance_none')).waitFor()
	return circle
}

/** The hub finds a gap, cites it, raises it; the circle takes it up. The addresses of citation and goal. */
async function raiseGap(alex: Page, robin: Page, circle: string): Promise<{ citation: string; goal: string }> {
	await robin.goto(HUB)
	await robin.getByRole('listitem').filter({ hasText: 'without a vehicle' }).getByRole('button').click()
	await robin.waitForURL('**/citations/c-*')
	const citation = new URL(robin.url()).pathname
	await robin.goto(`${HUB}/agenda?citation=${citation.split('/').at(-1)}`)
	const raise = robin.locator('form[action="?/raise"]')
	await raise.getByLabel(say('proposal_raise_with')).selectOption({ index: await raise.getByLabel(say('proposal_raise_with')).locator('option').evaluateAll((options) => options.findIndex((option) => option.textContent!.startsWith('Thread circle'))) })
	await raise.getByLabel(say('proposal_title')).fill('A bus every half hour')
	await raise.getByRole('button').click()
	await robin.getByText('A bus every half hour').first().waitFor()
	await alex.goto(`${circle}/agenda`)
	await alex.getByRole('button', { name: saying('proposal_take_up') }).click()
	await alex.waitForURL('**/coalition/goals/*')
	return { citation, goal: new URL(alex.url()).pathname }
}

/** Consent with one objection that is integrated; the address of the decision. */
async function decide(alex: Page, robin: Page): Promise<string> {
	await alex.getByRole('link', { name: say('goal_decide') }).click()
	await alex.getByLabel(say('decision_title_field')).fill('We ask for a bus every half hour')
	await alex.getByLabel(say('decision_text_field')).fill('We ask the county for a bus every half hour on Mill Street.')
	await alex.getByRole('button', { name: say('decision_open_button') }).click()
	await alex.waitForURL('**/coalition/decisions/*')
	const decision = new URL(alex.url()).pathname
	await alex.getByRole('button', { name: say('decision_present') }).click()
	await alex.getByRole('button', { name: say('decision_open_round') }).click()
	await speakInRound(alex, 'consent')
	await robin.goto(decision)
	await speakInRound(robin, 'objection', { decision_say_aim: 'Nobody waits an hour for a bus', decision_say_reason: 'Night shifts end at eleven' })
	await robin.getByRole('button', { name: say('decision_withdraw_objection') }).waitFor()
	await alex.goto(decision)
	await integrate(alex, 'We ask the county for a bus every half hour on Mill Street, until midnight.')
	await alex.getByRole('button', { name: say('decision_open_round') }).click()
	await speakInRound(alex, 'consent')
	await robin.goto(decision)
	await speakInRound(robin, 'consent')
	await robin.getByText(say('decision_why_spoken')).waitFor()
	await alex.goto(decision)
	await adopt(alex, 'Robin Sample')
	await alex.getByText(say('decision_owner', { name: 'Robin Sample' })).waitFor()
	return decision
}

/** A convening where a resident without script says in Spanish that they come, and is checked in by picture; others stand on paper. */
async function convene(robin: Page, resident: Page): Promise<void> {
	await robin.goto(`${HUB}/convenings/new`)
	const fields = { title: `Bus talk ${Date.now()}`, ...aroundNow(), otherZone: 'Etc/UTC', place: 'Mill Street Library', address: '12 Mill Street' }
	for (const [name, value] of Object.entries(fields)) await robin.locator(`[name=${name}]`).fill(value)
	await robin.getByRole('button', { name: say('convening_new_button') }).click()
	await robin.getByRole('heading', { level: 1, name: fields.title }).waitFor()
	const path = new URL(robin.url()).pathname
	await resident.goto(`/es${path}`)
	await resident.getByLabel(say('rsvp_name', {}, 'es')).fill('Nidia Flores')
	await resident.locator('form[action="?/come"]').getByRole('button').click()
	await resident.getByRole('heading', { level: 1, name: say('rsvp_coming', { name: 'Nidia Flores' }, 'es') }).waitFor()
	await robin.goto(`${path}/desk?guest=${new URL(resident.url()).pathname.split('/').at(-1)}`)
	await robin.getByRole('button', { name: say('door_check_in'), exact: true }).first().click()
	await robin.getByText('✓ Nidia Flores').waitFor()
	await robin.getByRole('link', { name: say('paper_title') }).click()
	await robin.getByLabel(say('paper_field')).fill('Oscar Bell, 404 555 0177\nIda May')
	await robin.getByRole('button', { name: say('paper_look') }).click()
	await robin.getByRole('button', { name: say('paper_commit') }).click()
	await robin.getByText('✓ Ida May').waitFor()
}

/** A promise by an office holder that follows the decision, and a verdict by two; the address of the promise. */
async function promiseAndVerdict(alex: Page, robin: Page, circle: string, decision: string): Promise<string> {
	await robin.goto(`${circle}/accountability/new`)
	await archive(robin, 'minutes.txt', 'Commissioner: from the spring on, a bus every half hour until midnight.')
	const form = robin.locator('form#copy')
	for (const [name, value] of Object.entries({ source: 'https://example.org/minutes', quote: 'From the spring on, a bus every half hour until midnight.', test: 'The timetable shows it.', follows: decision.split('/').at(-1)! })) await form.locator(`[name=${name}]`).fill(value)
	await form.locator('[name=term]').selectOption({ index: 1 })
	await form.getByLabel(say('due_rule_soon')).check()
	await form.getByRole('button').click()
	await robin.waitForURL('**/commitments/cm-*')
	const path = new URL(robin.url()).pathname
	await robin.locator('#copy > summary').click()
	await archive(robin, 'timetable.txt', 'Line 4: every thirty minutes, last bus 00:10.')
	const finding = robin.locator('form[action="?/finding"]')
	await finding.locator('textarea').fill('The timetable of line 4 shows it.')
	await finding.locator('[name=source]').fill('https://example.org/line-4')
	await finding.getByRole('button').click()
	await proposeKept(robin, 'I rode it twice.')
	await alex.goto('/me')
	await alex.getByRole('link', { name: /From the spring on/ }).click()
	await confirmVerdict(alex, 'I compared both timetables.')
	return path
}

test('from a gap on the map to a change that two people verified: cited, raised, taken up, decided, convened, promised, judged, and read both ways by a resident without script in Spanish', { timeout: 240_000 }, async () => {
	await listPages(opened.url)
	const [alex, robin, resident] = [
		await beginVisit(opened.browser, opened.url), await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false }),
		await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false, viewport: { width: 360, height: 740 } }),
	]
	await enterAs(robin.page, 'Robin Sample', HUB)
	const circle = await foundLinkedCircle(alex.page, robin.page)
	const { citation, goal } = await raiseGap(alex.page, robin.page, circle)
	const decision = await decide(alex.page, robin.page)
	await convene(robin.page, resident.page)
	const promise = await promiseAndVerdict(alex.page, robin.page, circle, decision)

	// From the number on the map forward, and from the verdict back, on one page each, without an account.
	const stations = async (path: string) => {
		await resident.open(`/es${path}`)
		const links = await resident.page.getByRole('list', { name: say('thread_label', {}, 'es') }).getByRole('link').evaluateAll((all) => all.map((one) => new URL((one as HTMLAnchorElement).href).pathname.replace('/es', '')))
		assert.equal(await resident.page.evaluate('document.documentElement.scrollWidth'), 360, `${path} fits the phone`)
		return new Set(links)
	}
	for (const path of [citation, promise]) {
		const reached = await stations(path)
		for (const station of [citation, decision, promise]) assert.ok(reached.has(station), `${station} is a station of ${path}: ${[...reached].join(' ')}`)
		assert.ok([...reached].some((one) => one.startsWith('/coalition/goals/') || one.startsWith('/coalition/proposals/')), 'the agenda is a station')
	}
	await resident.page.getByText('I rode it twice.').waitFor()
	await resident.open(`/es${goal}`)
	await resident.page.getByText('We ask for a bus every half hour').waitFor()
	for (const visit of [alex, robin, resident]) await visit.leave()
})
