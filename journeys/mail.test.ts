import assert from 'node:assert/strict'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { makeFolder, startApplication, type Application } from './application.ts'
import { launchBrowser } from './browser.ts'
import { say } from './catalogue.ts'
import { beginVisit } from './visit.ts'

const folder = makeFolder()
const letters: string[] = []
let [application, browser, smtp]: [Application, Browser, Server] = [] as never
before(async () => {
	smtp = startSmtp()
	;[application, browser] = await Promise.all([startApplication({ directory: join(folder.path, 'data') }), launchBrowser()])
})
after(async () => {
	await browser?.close()
	await application?.stop()
	smtp.close()
	folder.remove()
})

/** A mail server that takes every letter (RFC 5321). */
function startSmtp(): Server {
	const server = createServer((socket) => {
		let text: string | undefined
		socket.setEncoding('utf8').on('error', () => undefined).write('220 mail.test ESMTP\r\n')
		socket.on('data', (chunk: string) => {
			if (text === undefined) {
				text = chunk.startsWith('DATA') ? '' : undefined
				return void socket.write(text === '' ? '354 go on\r\n' : '250 ok\r\n')
			}
			text += chunk
			if (!text.endsWith('\r\n.\r\n')) return
			letters.push(text.replace(/=\r\n/g, '').replaceAll('=3D', '='))
			text = undefined
			socket.write('250 taken by mail.test\r\n')
		})
	})
	return server.listen(0, '127.0.0.1')
}

async function letterWith(words: string): Promise<string> {
	for (const until = Date.now() + 30_000; Date.now() < until; await pause(100)) {
		const found = letters.find((letter) => letter.includes(words))
		if (found) return found
	}
	throw new Error(`no letter says ${words}`)
}

const signIn = async (page: Page, name: string, to: string) => {
	await page.goto(`/sign-in?to=${encodeURIComponent(to)}`)
	await page.getByRole('button', { name: say('sign_in_as', { name }) }).click()
	await page.waitForURL(`**${to}`)
}

test('an administrator sets the mail server and reads what it answered; a member chooses, hears of an announcement, and stops it by the link, without script and in Spanish', { timeout: 110_000 }, async () => {
	const administrator = await beginVisit(browser, application.url, { javaScriptEnabled: false })
	const { page } = administrator
	await page.goto(await application.readWelcome())
	await page.locator('[name=name]').fill('Ada Keeper')
	await page.locator('[name=email]').fill('ada@example.org')
	for (const field of await page.locator('input[type=password]').all()) await field.fill('four quiet rivers meet')
	await page.locator('main form').getByRole('button').first().click()
	await page.waitForURL((url) => !url.pathname.startsWith('/welcome'))
	await page.goto('/administration/mail')
	const fields = { host: '127.0.0.1', port: String((smtp.address() as AddressInfo).port), sender: 'hello@example.org', postal: '1 Mill Street, Brightwater' }
	for (const [name, value] of Object.entries(fields)) await page.locator(`[name=${name}]`).fill(value)
	await page.locator('[name=security]').selectOption('none')
	await page.getByRole('button', { name: say('mail_save') }).click()
	await page.getByText(say('mail_saved')).waitFor()
	await page.getByRole('button', { name: say('mail_test_send') }).click()
	await page.getByText(say('mail_test_taken', { to: 'ada@example.org', said: '250 taken by mail.test' })).waitFor()
	assert.equal(letters.length, 1)

	const member = await beginVisit(browser, application.url, { javaScriptEnabled: false, viewport: { width: 360, height: 740 } })
	await signIn(member.page, 'Robin Sample', '/coalition/brightwater-hub')
	await member.page.locator('#hear select').selectOption('now')
	await member.page.locator('#hear').getByRole('button').click()
	await member.page.getByText(say('mail_hear_why')).waitFor()

	await page.goto('/coalition/brightwater-hub')
	await page.getByRole('link', { name: say('announce_title') }).click()
	await page.getByLabel(say('announce_subject')).fill('The library is open on Sunday')
	await page.getByLabel(say('announce_text')).fill('Come in by the side door.')
	await page.getByRole('button', { name: say('announce_look') }).click()
	await page.getByText(say('announce_reaches', { count: '1' })).waitFor()
	await page.getByRole('button', { name: say('announce_publish') }).click()
	await page.getByRole('heading', { name: 'The library is open on Sunday' }).waitFor()

	const letter = await letterWith('Come in by the side door.')
	const [, token] = /\/mail\/([\w.~-]+)\/unsubscribe/.exec(letter.replace(/\r\n\s+/g, ''))!
	assert.match(letter, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m)
	const resident = await beginVisit(browser, application.url, { javaScriptEnabled: false, viewport: { width: 360, height: 740 } })
	await resident.open(`/es/mail/${token}`)
	assert.equal(await resident.page.locator('select').first().inputValue(), 'now', 'opening the page changes nothing')
	await resident.page.getByRole('button', { name: say('mail_choices_stop_all', {}, 'es') }).click()
	await resident.page.getByText(say('mail_choices_stopped', {}, 'es')).waitFor()
	assert.equal(await resident.page.locator('select').first().inputValue(), 'none')

	const click = (path: string, init: RequestInit = {}) => fetch(`${application.url}${path}`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }), ...init })
	assert.equal((await click(`/mail/${token}/unsubscribe`)).status, 200, 'a mailbox needs neither cookie nor origin')
	assert.equal((await click(`/mail/${token}x/unsubscribe`)).status, 404, 'a token that nobody gave out opens nothing')
	assert.equal((await click(`/mail/${token}?/stop`, { headers: { origin: 'https://elsewhere.example' } })).status, 403, 'every other form still has to come from our own pages')
	await Promise.all([administrator.leave(), member.leave(), resident.leave()])
})
