import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { enterAs } from './acts.ts'
import { openSample, type Application } from './application.ts'
import { launchBrowser } from './browser.ts'
import { say } from './catalogue.ts'
import { inspect } from './inspect-page.ts'
import { listPages } from './pages.ts'
import { beginVisit } from './visit.ts'

let application: Application
let browser: Browser
let pages: Record<string, string>

before(async () => {
	;[application, browser] = await Promise.all([openSample(), launchBrowser()])
	pages = await listPages(application.url)
})
after(async () => {
	await browser?.close()
	await application?.stop()
})

for (const width of [360, 1440]) {
	test(`no page breaks a rule of axe-core on light or dark paper at ${width} pixels`, { timeout: 120_000 }, async () => {
		// The rules are injected as a script, which the pages' own policy rightly forbids.
		const visit = await beginVisit(browser, application.url, { viewport: { width, height: 900 }, bypassCSP: true, expected: /status of 40[04]/ })
		const { page } = visit
		const found: string[] = []
		for (const [name, path] of Object.entries(pages)) {
			await visit.open(path)
			found.push(...(await inspect(page, name)))
		}
		await visit.open(pages['sign-in']!)
		await page.getByLabel(say('sign_in_email')).first().fill('nobody@example.org')
		await page.getByLabel(say('sign_in_password')).fill('not the password')
		await page.getByRole('main').getByRole('button', { name: say('nav_sign_in') }).click()
		await page.getByRole('alert').waitFor()
		found.push(...(await inspect(page, 'sign-in refused')))
		await page.getByRole('button', { name: say('sign_in_as', { name: 'Robin Sample' }) }).click()
		await page.getByRole('banner').getByRole('button', { name: say('nav_sign_out') }).waitFor()
		await visit.open('/account')
		found.push(...(await inspect(page, 'account')))
		await visit.leave()
		assert.deepEqual(found, [])
	})
}

/** Pages that only those see who work there. */
function staffPages(): Record<string, string> {
	const hub = '/coalition/brightwater-hub'
	const [campaign, plan, role, convening] = [pages.campaign!, pages['campaign-plan']!, pages['volunteer-role']!, pages.convening!]
	return {
		'mail settings': '/administration/mail', outbox: '/administration/outbox', 'my page': '/me', campaign, targets: `${campaign}/targets`, turf: `${campaign}/turf`, notes: `${campaign}/notes`, hours: `${campaign}/hours`, comments: `${plan}/comments`, 'campaign new': `${hub}/campaigns/new`,
		offices: '/coalition/housing-circle/accountability/offices', 'commitment new': '/coalition/housing-circle/accountability/new', call: `${hub}/call`, announce: `${hub}/announce`, members: `${hub}/members`, import: `${hub}/members/import`,
		'take part': `${hub}/take-part`, statement: pages.statement!, response: pages.response!, link: pages.link!, 'decision new': `${hub}/decisions/new`,
		role, 'role new': `${hub}/volunteering/new`, 'role change': `${role}/change`, 'volunteers': `${role}/list`, desk: `${convening}/desk`, 'convening change': `${convening}/change`,
	}
}

test('pages for those who work in a body break no rule of axe-core, and none scrolls sideways on a phone', { timeout: 240_000 }, async () => {
	const found: string[] = []
	for (const width of [360, 1440]) {
		const visit = await beginVisit(browser, application.url, { viewport: { width, height: 900 }, bypassCSP: true })
		let who = ''
		// An administrator administers and is no member; what members record is for a lead.
		for (const [name, path, person] of [...Object.entries(staffPages()).map(([name, path]) => [name, path, 'Alex Sample'] as const), ['uptake new', '/coalition/brightwater-hub/uptake/new', 'Robin Sample'] as const]) {
			if (who !== person) await visit.context.clearCookies().then(() => enterAs(visit.page, person, '/coalition'))
			who = person
			const answer = await visit.page.goto(path)
			if (answer?.status() !== 200) found.push(`${name}: ${answer?.status()}`)
			const over = await visit.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
			if (over > 0) found.push(`${name} is ${over} pixels too wide at ${width}`)
			found.push(...(await inspect(visit.page, `${name} at ${width}`)))
		}
		await visit.leave()
	}
	assert.deepEqual(found, [])
})

test('the explored map breaks no rule of axe-core either', { timeout: 60_000 }, async () => {
	const visit = await beginVisit(browser, application.url, { viewport: { width: 480, height: 800 }, bypassCSP: true })
	const { page } = visit
	await visit.open(pages.map!)
	await page.getByRole('button', { name: say('map_explore') }).click()
	await page.getByText(say('map_inspect_hint')).waitFor()
	await page.keyboard.press('ArrowRight')
	await page.getByRole('link', { name: say('map_inspect_open') }).waitFor()
	const found = await inspect(page, 'map explored')
	await visit.leave()
	assert.deepEqual(found, [])
})

test('no page scrolls sideways on phones and tablets, in either language', { timeout: 90_000 }, async () => {
	const { page, open, leave } = await beginVisit(browser, application.url, { expected: /status of 404/ })
	const wide: string[] = []
	for (const path of Object.values(pages).flatMap((path) => [path, `/es${path === '/' ? '' : path}`])) {
		await open(path)
		for (const width of path.startsWith('/es') ? [360, 900] : [320, 360]) {
			await page.setViewportSize({ width, height: 780 })
			const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
			if (over > 0) wide.push(`${path} is ${over} pixels too wide at ${width}`)
		}
	}
	await leave()
	assert.deepEqual(wide, [])
})
