import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { makeFolder, startApplication, type Application } from './application.ts'
import { launchBrowser } from './browser.ts'
import { say, saying } from './catalogue.ts'
import { beginVisit } from './visit.ts'

const PERSON = { name: 'Amina Okafor', email: 'amina@example.org', password: 'four grey river stones' }
const folder = makeFolder()
let application: Application
let browser: Browser

// Started here and not shared: only a first start shows the progress page and prints the administrator's link.
before(async () => {
	browser = await launchBrowser()
	application = await startApplication({ directory: join(folder.path, 'data'), early: true })
})
after(async () => {
	await browser?.close()
	await application?.stop()
	folder.remove()
})

const enter = async (page: Page, password: string) => {
	await page.getByLabel(say('sign_in_email')).first().fill(PERSON.email)
	await page.getByLabel(say('sign_in_password')).fill(password)
	await page.getByRole('main').getByRole('button', { name: say('nav_sign_in') }).click()
}
const leaveAccount = async (page: Page) => {
	await page.getByRole('banner').getByRole('button', { name: say('nav_sign_out') }).click()
	await page.getByRole('banner').getByRole('link', { name: say('nav_sign_in') }).waitFor()
}

test('while the region is loaded, every page leads to its progress, which goes on to the first page by itself', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(browser, application.url)
	await open('/indicators')
	assert.equal(new URL(page.url()).pathname, '/loading')
	assert.ok([say('loading_title'), say('home_title')].includes((await page.getByRole('heading', { level: 1 }).textContent())!))
	await page.getByRole('heading', { level: 1, name: say('home_title') }).waitFor()
	await leave()
})

test('the link that the first start prints makes an administrator, once', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(browser, application.url, { expected: /status of 400/ })
	const link = await application.readWelcome()
	await open(link)
	await page.getByLabel(say('welcome_name')).fill(PERSON.name)
	await page.getByLabel(say('sign_in_email')).fill(PERSON.email)
	await page.getByLabel(say('sign_in_password')).fill('password1')
	await page.getByRole('button', { name: say('welcome_button') }).click()
	await page.getByRole('alert').getByText(say('error_password_common')).waitFor()
	assert.equal(await page.getByLabel(say('welcome_name')).inputValue(), PERSON.name, 'nothing typed is lost')
	await page.getByLabel(say('sign_in_password')).fill(PERSON.password)
	await page.getByRole('button', { name: say('welcome_button') }).click()
	await page.waitForURL('**/account')
	await page.getByText(new RegExp(`${PERSON.name} · ${PERSON.email} · ${say('account_administrator')}`)).waitFor()
	await leaveAccount(page)
	await open(link)
	await page.getByRole('alert').getByText(say('welcome_closed')).waitFor()
	await leave()
})

test('a wrong password gets a sentence and keeps the address; the right one leads to where one wanted to go', { timeout: 60_000 }, async () => {
	const { page, context, open, leave } = await beginVisit(browser, application.url, { expected: /status of 400/ })
	await open('/account')
	assert.equal(new URL(page.url()).pathname, '/sign-in')
	await enter(page, 'not this one')
	await page.getByRole('alert').getByText(say('error_sign_in_refused')).waitFor()
	assert.equal(await page.getByLabel(say('sign_in_email')).first().inputValue(), PERSON.email)
	await enter(page, PERSON.password)
	await page.waitForURL('**/account')
	const [cookie, ...more] = await context.cookies()
	assert.deepEqual([cookie!.httpOnly, cookie!.sameSite, more.length], [true, 'Lax', 0], 'one cookie, closed to scripts')
	await page.getByText(PERSON.email).waitFor()
	await leaveAccount(page)
	await open('/account')
	assert.equal(new URL(page.url()).pathname, '/sign-in')
	await open('/sign-in?to=https://elsewhere.example/')
	await enter(page, PERSON.password)
	await page.getByRole('heading', { level: 1, name: say('home_title') }).waitFor()
	await leave()
})

test('a passkey is added in the account and signs in without a password', { timeout: 60_000 }, async () => {
	const { page, context, open, leave } = await beginVisit(browser, application.url)
	const devices = await context.newCDPSession(page)
	await devices.send('WebAuthn.enable')
	await devices.send('WebAuthn.addVirtualAuthenticator', {
		options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
	})
	await open('/sign-in')
	await enter(page, PERSON.password)
	await page.getByRole('banner').getByRole('button', { name: say('nav_sign_out') }).waitFor()
	await open('/account')
	await page.getByRole('button', { name: say('account_passkey_add') }).click()
	await page.getByText(say('account_passkey_added')).waitFor()
	await leaveAccount(page)
	await open('/sign-in')
	await page.getByRole('button', { name: say('sign_in_passkey') }).click()
	await page.getByRole('banner').getByRole('button', { name: say('nav_sign_out') }).waitFor()
	await leave()
})

test('a link by mail never tells who has an account', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(browser, application.url)
	for (const address of [PERSON.email, 'nobody@example.org']) {
		await open('/sign-in')
		await page.getByLabel(say('sign_in_email')).last().fill(address)
		await page.getByRole('button', { name: say('sign_in_link_button') }).click()
		await page.getByRole('status').getByText(say('sign_in_link_sent')).waitFor()
	}
	await leave()
})

test('in the sample region anybody may look around as an invented person', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(browser, application.url)
	await open('/sign-in')
	await page.getByText(say('sign_in_demonstration')).waitFor()
	const buttons = page.getByRole('button', { name: saying('sign_in_as') })
	assert.equal(await buttons.count(), 2)
	await buttons.first().click()
	await page.getByRole('banner').getByRole('button', { name: say('nav_sign_out') }).waitFor()
	await open('/account')
	await page.getByText(say('account_demonstration')).waitFor()
	assert.equal(await page.getByRole('button', { name: say('account_passkey_add') }).count(), 0)
	await leaveAccount(page)
	await leave()
})

test('the way to sign in that stands on every page leads back to that page', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(browser, application.url)
	await open('/indices/compare?a=region:svi-2022&b=region:ipd')
	await page.getByRole('banner').getByRole('link', { name: say('nav_sign_in') }).click()
	await enter(page, PERSON.password)
	await page.waitForURL(/\/indices\/compare\?a=region:svi-2022&b=region:ipd$/)
	await leaveAccount(page)
	await open('/es/areas/new?county=99001')
	await page.getByRole('banner').getByRole('link', { name: say('nav_sign_in', {}, 'es') }).click()
	const kept = (url: URL) => url.pathname === '/es/sign-in' && url.searchParams.get('to') === '/areas/new?county=99001'
	await page.waitForURL(kept)
	await page.getByRole('banner').getByRole('link', { name: say('nav_sign_in', {}, 'es') }).click()
	await page.waitForLoadState()
	assert.ok(kept(new URL(page.url())), 'the sign-in passes on where one came from')
	await leave()
})
