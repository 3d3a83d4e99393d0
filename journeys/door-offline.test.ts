import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { aroundNow, enterAs } from './acts.ts'
import { say } from './catalogue.ts'
import { inspect } from './inspect-page.ts'
import { openForTests } from './opening.ts'
import { listPages } from './pages.ts'
import { beginVisit } from './visit.ts'

const opened = openForTests()
const PHONE = { width: 360, height: 740 }
const NETWORK_FAULT = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|status of 401/

/** Plans a convening that is on, with guests of these names; its path and their codes. */
async function openDoor(page: Page, title: string, names: string[]): Promise<{ path: string; codes: string[] }> {
	const { hub } = await listPages(opened.url)
	await enterAs(page, 'Robin Sample', `${hub}/convenings/new`)
	const { date, begins, ends } = aroundNow()
	for (const [name, value] of Object.entries({ title, date, begins, ends, otherZone: 'Etc/UTC', place: 'Mill Street Library' })) await page.locator(`[name=${name}]`).fill(value)
	await page.getByRole('button', { name: say('convening_new_button') }).click()
	await page.getByRole('heading', { level: 1, name: title }).waitFor()
	const path = new URL(page.url()).pathname
	const codes: string[] = []
	for (const name of names) {
		const answer = await fetch(`${opened.url}${path}?/come`, { method: 'POST', redirect: 'manual', headers: { origin: opened.url, accept: 'text/html' }, body: new URLSearchParams({ name }) })
		codes.push(answer.headers.get('location')!.split('/').at(-1)!)
	}
	return { path, codes }
}

const checkInOf = (page: Page, name: string) => page.getByRole('button', { name: say('door_check_in_label', { name }) })
const stored = (page: Page) => page.evaluate(async () => {
	const database = await new Promise<IDBDatabase>((resolve, reject) => {
		const request = indexedDB.open('throughline-door')
		request.onsuccess = () => resolve(request.result)
		request.onerror = () => reject(request.error!)
	})
	const read = (name: string) => new Promise<unknown[]>((resolve) => void (database.transaction(name).objectStore(name).getAll().onsuccess = ({ target }) => resolve((target as IDBRequest<unknown[]>).result)))
	const found = { lists: JSON.stringify(await read('lists')), marks: JSON.stringify(await read('marks')), caches: await caches.keys(), workers: (await navigator.serviceWorker.getRegistrations()).length }
	database.close()
	return found
})

test('people are checked in without a network, the page is closed and opened again without one, and all are there once when it is back', { timeout: 120_000 }, async () => {
	const robin = await beginVisit(opened.browser, opened.url, { viewport: PHONE, expected: NETWORK_FAULT })
	const names = ['Ada Moss', 'Ben Oak', 'Cleo Fern', 'Dov Reed', 'Eli Pine', 'Fay Birch']
	const { path, codes } = await openDoor(robin.page, `Offline door ${Date.now()}`, names)
	await robin.page.goto(`${path}/desk`)
	await robin.page.getByRole('link', { name: say('phone_title') }).click()
	await robin.page.getByText(say('phone_ready')).waitFor()
	assert.deepEqual(await inspect(robin.page, 'the door on a telephone').catch((cause: Error) => [cause.message]).then((found) => found.filter((fault) => !/script-src|unsafe-eval/.test(fault))), [])

	await robin.context.setOffline(true)
	for (const name of names.slice(0, 4)) await checkInOf(robin.page, name).click()
	await robin.page.getByLabel(say('phone_code_field')).fill(`${codes[4]!.slice(0, 4).toUpperCase()}-${codes[4]!.slice(4)}`)
	await robin.page.locator('section', { has: robin.page.locator('#code') }).getByRole('button', { name: say('door_check_in') }).click()
	const walkIn = robin.page.locator('section', { has: robin.page.locator('#walk-in') })
	await walkIn.getByLabel(say('sheet_name'), { exact: true }).fill('Gus Elder')
	await walkIn.getByRole('button').click()
	await robin.page.getByLabel(say('door_heads')).fill('9')
	await robin.page.getByRole('button', { name: say('door_heads_button') }).click()
	await robin.page.getByText(say('phone_waiting', { count: 7 })).waitFor()
	await robin.page.getByText(say('phone_offline')).waitFor()

	// A second telephone with a network checks one of them in, and one cancels.
	const other = await beginVisit(opened.browser, opened.url, { viewport: PHONE })
	await enterAs(other.page, 'Robin Sample', `${path}/desk`)
	await other.page.getByRole('button', { name: say('door_check_in_label', { name: 'Ben Oak' }) }).click()
	await other.page.getByText('✓ Ben Oak').waitFor()
	const cancelled = await fetch(`${opened.url}${path}/rsvp/${codes[2]}?/cancel`, { method: 'POST', redirect: 'manual', headers: { origin: opened.url, accept: 'text/html' }, body: new URLSearchParams() })
	assert.equal(cancelled.status, 303)

	await robin.page.close()
	const page = await robin.context.newPage()
	page.setDefaultTimeout(20_000)
	await page.goto(`${path}/desk/phone`)
	await page.getByText(say('phone_waiting', { count: 7 })).waitFor()
	await page.getByText('✓ Ada Moss').waitFor()
	const reached = await page.evaluate(async (rooms) => Promise.all(rooms.map((room) => fetch(room).then(() => room, () => ''))), [`${path}/desk`, path, '/'])
	assert.deepEqual(reached, ['', '', ''], 'no other page is answered without a network')
	const files = await page.evaluate(async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).flat())
	assert.deepEqual(files.filter((file) => !file.startsWith('/_app/immutable/')), [`${path}/desk/phone`], 'one page is kept, with its files')

	await robin.context.setOffline(false)
	await page.getByText(say('phone_was_cancelled', { name: 'Cleo Fern' })).waitFor()
	await page.getByText(say('phone_there_since', { name: 'Ben Oak', time: '' }).split('  ')[0]!.slice(0, 30)).waitFor()
	await page.getByRole('button', { name: say('phone_come_anyway') }).click()
	await page.getByRole('button', { name: say('phone_seen') }).click()
	await page.getByRole('heading', { name: say('phone_asks') }).waitFor({ state: 'detached' })
	await page.locator('[data-waiting]').waitFor({ state: 'detached' })

	await other.page.goto(`${path}/desk`)
	const there = await other.page.locator('li.there strong').allInnerTexts()
	assert.deepEqual(there.sort(), ['Ada Moss', 'Ben Oak', 'Cleo Fern', 'Dov Reed', 'Eli Pine', 'Gus Elder'].map((name) => `✓ ${name}`), 'each once, and the one without a mark not')
	assert.match(await other.page.locator('.counts').innerText(), new RegExp(say('convening_heads', { heads: 9 })))

	const kept = await stored(page)
	assert.deepEqual(JSON.parse(kept.marks), [])
	assert.doesNotMatch(kept.lists, new RegExp(codes.join('|')), 'no code lies on the telephone')
	await page.getByRole('button', { name: say('phone_forget') }).click()
	await page.getByText(say('phone_forgotten')).waitFor()
	assert.deepEqual(await stored(page), { lists: '[]', marks: '[]', caches: [], workers: 0 })
	await other.leave()
	await robin.leave()
})

test('after the session has ended what waits is kept, the list is gone, and it is sent once somebody signs in again', { timeout: 90_000 }, async () => {
	const robin = await beginVisit(opened.browser, opened.url, { viewport: PHONE, expected: NETWORK_FAULT })
	const { page, context } = robin
	const { path } = await openDoor(page, `Ended session ${Date.now()}`, ['Hal Ivy', 'Ira Lark'])
	await page.goto(`${path}/desk/phone`)
	await page.getByText(say('phone_ready')).waitFor()
	await context.setOffline(true)
	await checkInOf(page, 'Hal Ivy').click()
	await page.getByText(say('phone_waiting', { count: 1 })).waitFor()
	await context.clearCookies()
	await context.setOffline(false)
	await page.getByText(say('phone_signed_out')).waitFor()
	await page.getByText(say('phone_waiting', { count: 1 })).waitFor()
	await page.locator('.standing').getByRole('link', { name: say('nav_sign_in') }).click()
	await page.getByRole('button', { name: say('sign_in_as', { name: 'Robin Sample' }) }).waitFor()
	await page.waitForFunction(async () => (await caches.keys()).length === 0)
	const out = await stored(page)
	assert.equal(out.lists, '[]', 'no list of guests lies where nobody is signed in')
	assert.doesNotMatch(out.marks, /Hal Ivy/)
	assert.equal(JSON.parse(out.marks).length, 1)
	await page.getByRole('button', { name: say('sign_in_as', { name: 'Robin Sample' }) }).click()
	await page.waitForURL(`**${path}/desk/phone`)
	await page.getByText(say('phone_ready')).waitFor()
	assert.equal(await page.locator('[data-waiting]').count(), 0)
	await page.goto(`${path}/desk`)
	assert.deepEqual(await page.locator('li.there strong').allInnerTexts(), ['✓ Hal Ivy'])
	await page.getByRole('banner').getByRole('button', { name: say('nav_sign_out') }).click()
	await page.waitForFunction(() => localStorage.getItem('throughline-door') === null)
	assert.deepEqual(await stored(page), { lists: '[]', marks: '[]', caches: [], workers: 0 }, 'signing out leaves nothing')
	await robin.leave()
})
