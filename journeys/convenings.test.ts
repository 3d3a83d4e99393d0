import assert from 'node:assert/strict'
import { test } from 'node:test'
import QRCode from 'qrcode'
import { aroundNow, enterAs } from './acts.ts'
import { say, saying } from './catalogue.ts'
import { inspect } from './inspect-page.ts'
import { openForTests } from './opening.ts'
import { listPages } from './pages.ts'
import { beginVisit } from './visit.ts'

const opened = openForTests()

test('a resident on a phone without script, in Spanish, says that they come, finds themselves by the code, and cancels', { timeout: 90_000 }, async () => {
	const { convening } = await listPages(opened.url)
	const { page, open, leave } = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false, viewport: { width: 360, height: 740 }, expected: /status of 400/ })
	await open('/es/coalition')
	await page.getByRole('link', { name: say('convenings_all', {}, 'es') }).click()
	await page.getByRole('heading', { level: 1, name: say('convenings_title', {}, 'es') }).waitFor()
	await page.locator(`a[href="/es${convening}"]`).click()
	await page.getByText(say('level_involve_promise', {}, 'es')).waitFor()
	const form = page.locator('form[action="?/come"]')
	await form.getByLabel(say('rsvp_name', {}, 'es')).fill('Yolanda Prieto')
	await form.getByLabel(say('rsvp_contact', {}, 'es')).fill('12')
	await form.getByText(say('rsvp_needs', {}, 'es')).click()
	await form.getByLabel(say('support_interpretation', {}, 'es')).check()
	await form.getByRole('button').click()
	await page.getByRole('alert').getByText(say('error_contact_unreadable', { value: '12' }, 'es')).waitFor()
	assert.equal(await form.getByLabel(say('rsvp_name', {}, 'es')).inputValue(), 'Yolanda Prieto', 'what was typed stays')
	assert.ok(await form.getByLabel(say('support_interpretation', {}, 'es')).isChecked())
	await form.getByLabel(say('rsvp_contact', {}, 'es')).fill('')
	await form.getByRole('button').click()
	await page.getByRole('heading', { level: 1, name: say('rsvp_coming', { name: 'Yolanda Prieto' }, 'es') }).waitFor()
	assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360, 'nothing stands beside the screen')
	const code = new URL(page.url()).pathname.split('/').at(-1)!
	await page.getByText(`${code.slice(0, 4)}-${code.slice(4)}`).waitFor()
	assert.ok(await page.getByRole('img', { name: say('rsvp_qr_alt', {}, 'es') }).isVisible())

	await open(`/es${convening}`)
	await page.getByText(say('rsvp_find', {}, 'es')).click()
	await page.getByLabel(say('rsvp_code', {}, 'es')).fill('aaaa-aaaa')
	await page.getByRole('button', { name: say('rsvp_find_button', {}, 'es') }).click()
	await page.getByRole('alert').getByText(say('error_rsvp_not_found', {}, 'es')).waitFor()
	await page.getByLabel(say('rsvp_code', {}, 'es')).fill(`${code.slice(0, 4).toUpperCase()} ${code.slice(4)}`)
	await page.getByRole('button', { name: say('rsvp_find_button', {}, 'es') }).click()
	await page.getByRole('button', { name: say('rsvp_confirm', {}, 'es') }).click()
	await page.getByText(saying('rsvp_confirmed_on', 'es')).waitFor()
	await page.getByRole('button', { name: say('rsvp_cancel', {}, 'es') }).click()
	await page.getByRole('heading', { level: 1, name: say('rsvp_cancelled_title', {}, 'es') }).waitFor()
	await leave()
})

test('an organizer convenes, checks in by the guest’s picture and from paper, counts heads, and says what was heard', { timeout: 120_000 }, async () => {
	const { hub } = await listPages(opened.url)
	const robin = await beginVisit(opened.browser, opened.url)
	const { page } = robin
	await enterAs(page, 'Robin Sample', hub!)
	await page.getByRole('link', { name: say('convening_new') }).click()
	const title = `Porch talk ${Date.now()}`
	const { date, begins, ends } = aroundNow()
	const fields = { title, date, begins, ends, otherZone: 'Etc/UTC', place: 'Corner of Mill Street', address: '3 Mill Street' }
	for (const [name, value] of Object.entries(fields)) await page.locator(`[name=${name}]`).fill(value)
	await page.locator('[name=county]').selectOption({ label: 'Brightwater County' })
	await page.getByRole('button', { name: say('convening_new_button') }).click()
	await page.getByRole('heading', { level: 1, name: title }).waitFor()
	const path = new URL(page.url()).pathname

	const feed = async () => (await (await fetch(`${opened.url}/coalition/brightwater-hub/convenings.ics`)).text()).replaceAll('\r\n ', '').split('BEGIN:VEVENT').find((event) => event.includes(title))!
	assert.match(await feed(), /SEQUENCE:0\r\n/)
	await page.getByRole('link', { name: say('convening_change') }).click()
	await page.locator('[name=place]').fill('Porch of Mill Street 3')
	await page.getByRole('button', { name: say('convening_change_button') }).click()
	await page.getByText('Porch of Mill Street 3').first().waitFor()
	assert.match(await feed(), /SEQUENCE:1\r\n[^]*LOCATION:Porch of Mill Street 3\r\n/, 'followers get the change, and not the address that only guests know')

	const guest = await beginVisit(opened.browser, opened.url, { viewport: { width: 360, height: 740 } })
	await guest.open(path)
	assert.equal(await guest.page.getByText('3 Mill Street', { exact: true }).count(), 0)
	assert.equal(JSON.parse((await guest.page.locator('script[type="application/ld+json"]').textContent())!).location.address.streetAddress, undefined)
	await guest.page.getByLabel(say('rsvp_name')).fill('Nia Brooks')
	await guest.page.getByRole('button', { name: say('rsvp_button') }).click()
	await guest.page.getByText('Porch of Mill Street 3, 3 Mill Street').waitFor()
	const code = new URL(guest.page.url()).pathname.split('/').at(-1)!
	const link = `${opened.url}${path}/desk?guest=${code}`
	const picture = Buffer.from((await guest.page.getByRole('img', { name: say('rsvp_qr_alt') }).getAttribute('src'))!.split(',')[1]!, 'base64').toString()
	assert.equal(picture, await QRCode.toString(link, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' }), 'the picture holds the link of the door')
	await guest.open(`${path}/desk?guest=${code}`)
	assert.match(guest.page.url(), /\/sign-in\?/, 'the link lets nobody check in who is not at the door')

	await page.goto(link)
	await page.getByRole('heading', { level: 2, name: 'Nia Brooks' }).waitFor()
	await page.getByRole('button', { name: say('door_check_in'), exact: true }).first().click()
	await page.getByText('✓ Nia Brooks').waitFor()
	await page.getByRole('button', { name: say('door_undo_label', { name: 'Nia Brooks' }) }).click()
	await page.getByRole('button', { name: say('door_check_in_label', { name: 'Nia Brooks' }) }).click()
	await page.getByText('✓ Nia Brooks').waitFor()

	await page.getByRole('link', { name: say('paper_title') }).click()
	await page.getByLabel(say('paper_field')).fill('nia brooks\nOscar Lane, 404 555 0199')
	await page.getByRole('button', { name: say('paper_look') }).click()
	assert.ok(await page.getByLabel(say('paper_same_there', { name: 'Nia Brooks' })).isChecked())
	await page.getByRole('button', { name: say('paper_commit') }).click()
	await page.getByText('✓ Oscar Lane').waitFor()
	await page.getByLabel(say('door_heads')).fill('7')
	await page.getByRole('button', { name: say('door_heads_button') }).click()
	await page.getByText(say('convening_heads', { heads: 7 })).waitFor()

	await page.goto(`${path}/minutes`)
	await page.getByLabel(say('minutes_heard')).fill('The bus comes once an hour.')
	await page.getByRole('radio', { name: saying('level_consult') }).check()
	await page.getByRole('button', { name: say('minutes_button') }).click()
	await guest.open(path)
	const text = await guest.page.getByRole('main').innerText()
	for (const sentence of [say('convening_heads', { heads: 7 }), say('convening_named', { parties: 2, people: 2 }), 'The bus comes once an hour.', say('convening_levels', { promised: say('level_involve'), delivered: say('level_consult') })]) assert.ok(text.includes(sentence), sentence)
	assert.doesNotMatch(text, /Nia Brooks|Oscar Lane/, 'who came is nobody else’s business')
	for (const visit of [robin, guest]) await visit.leave()
})

test('a resident without script, in Spanish, says for several dates of a series that they come, and gives one back', { timeout: 90_000 }, async () => {
	const { 'convening-series': series, convening } = await listPages(opened.url)
	const { page, open, leave } = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false, viewport: { width: 360, height: 740 }, expected: /status of 400/ })
	await open(`/es${series}`)
	const form = page.locator('form[action="?/come"]')
	const dates = form.locator('input[name^="date-"]')
	const count = await dates.count()
	assert.equal(count, 5)
	for (let n = 0; n < count; n++) await dates.nth(n).uncheck()
	await form.getByLabel(say('rsvp_name', {}, 'es')).fill('Marta Luna')
	await form.getByRole('button').click()
	await page.getByRole('alert').getByText(say('error_series_none_chosen', {}, 'es')).waitFor()
	assert.equal(await form.getByLabel(say('rsvp_name', {}, 'es')).inputValue(), 'Marta Luna')
	assert.equal(await form.locator('input[name^="date-"]:checked').count(), 0, 'what was chosen stays')
	for (const n of [0, 2]) await dates.nth(n).check()
	await form.getByRole('button').click()
	await page.getByRole('heading', { level: 1, name: say('rsvp_coming', { name: 'Marta Luna' }, 'es') }).waitFor()
	await page.getByText(say('series_own', { seats: 2 }, 'es')).waitFor()
	assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360, 'nothing stands beside the screen')
	const code = new URL(page.url()).pathname.split('/').at(-1)!
	await page.getByRole('button', { name: saying('series_cancel_label', 'es') }).first().click()
	await page.getByText(say('series_own', { seats: 1 }, 'es')).waitFor()
	await open(`/es${series}`)
	await page.locator('main li a[href^="/es/convenings/g-"]').first().click()
	await page.getByText(say('rsvp_find', {}, 'es')).click()
	await page.getByLabel(say('rsvp_code', {}, 'es')).fill(code.toUpperCase())
	await page.getByRole('button', { name: say('rsvp_find_button', {}, 'es') }).click()
	await page.waitForURL(`**${series}/rsvp/${code}`)
	const events = (await (await fetch(`${opened.url}${series}/dates.ics`)).text()).match(/^UID:.*$/gm)!
	assert.equal(new Set(events).size, 5)
	assert.ok(convening)
	await leave()
})

test('an organizer plans a series, changes a date with all later ones and calls the rest off', { timeout: 90_000 }, async () => {
	const { hub } = await listPages(opened.url)
	const { page, leave } = await beginVisit(opened.browser, opened.url, { expected: /status of 400/ })
	await enterAs(page, 'Robin Sample', `${hub}/convenings/new`)
	const title = `Supper ${Date.now()}`
	for (const [name, value] of Object.entries({ title, date: '2027-03-09', begins: '18:00', ends: '20:00', place: 'Parish hall', capacity: '9' })) await page.locator(`[name=${name}]`).fill(value)
	await page.getByText(say('series_question')).click()
	await page.locator('[name=rhythm]').selectOption('weekly')
	await page.getByRole('button', { name: say('convening_new_button') }).click()
	await page.getByRole('alert').getByText(say('error_series_without_end')).waitFor()
	assert.equal(await page.locator('[name=title]').inputValue(), title)
	await page.locator('[name=seriesCount]').fill('4')
	await page.getByRole('button', { name: say('convening_new_button') }).click()
	await page.getByRole('heading', { level: 1, name: title }).waitFor()
	const series = new URL(page.url()).pathname
	const starts = async () => [...(await (await fetch(`${opened.url}${series}/dates.ics`)).text()).matchAll(/DTSTART;TZID=America\/New_York:(\S+)/g)].map(([, at]) => at)
	assert.deepEqual(await starts(), ['20270309T180000', '20270316T180000', '20270323T180000', '20270330T180000'])
	await page.locator('main li a').nth(1).click()
	await page.getByText(say('series_place', { number: 2, of: 4, rhythm: say('series_is_weekly') })).waitFor()
	const second = new URL(page.url()).pathname
	await page.goto(`${second}/change`)
	await page.locator('[name=begins]').fill('19:00')
	await page.locator('[name=ends]').fill('21:00')
	await page.getByLabel(say('series_scope_later', { count: 2 })).check()
	await page.getByRole('button', { name: say('convening_change_button') }).click()
	await page.getByRole('heading', { level: 1, name: title }).waitFor()
	assert.deepEqual(await starts(), ['20270309T180000', '20270316T190000', '20270323T190000', '20270330T190000'])
	await page.getByRole('link', { name: say('series_after') }).click()
	await page.getByText(say('series_place', { number: 3, of: 4, rhythm: say('series_is_weekly') })).waitFor()
	await page.goto(`${new URL(page.url()).pathname}/change`)
	await page.getByText(say('convening_cancel'), { exact: true }).first().click()
	await page.locator('form[action="?/cancel"] textarea').fill('The hall is sold')
	await page.getByLabel(say('series_cancel_later', { count: 1 })).check()
	await page.getByRole('button', { name: say('convening_cancel_button') }).last().click()
	await page.getByText(say('convening_cancelled_because', { reason: 'The hall is sold' })).waitFor()
	assert.equal([...(await (await fetch(`${opened.url}${series}/dates.ics`)).text()).matchAll(/STATUS:CANCELLED/g)].length, 2)
	await leave()
})

test('a member follows a private calendar link that is told once, answers unchanged for unchanged, and ends with the link', { timeout: 60_000 }, async () => {
	const { page, leave } = await beginVisit(opened.browser, opened.url)
	await enterAs(page, 'Robin Sample', '/me')
	await page.getByRole('button', { name: say('feed_make') }).click()
	const address = (await page.getByRole('status').getByText(/calendars/).first().innerText()).trim()
	assert.match(address, /\/calendars\/[2-9a-z]{32}\.ics$/)
	const first = await fetch(address)
	assert.equal(first.headers.get('content-type'), 'text/calendar; charset=utf-8')
	assert.match(await first.text(), /BEGIN:VEVENT[^]*SUMMARY:Tenants/)
	const head = await fetch(address, { method: 'HEAD' })
	assert.deepEqual([head.status, head.headers.get('etag'), await head.text()], [200, first.headers.get('etag'), ''])
	assert.equal((await fetch(address, { headers: { 'if-none-match': first.headers.get('etag')! } })).status, 304)
	await page.goto('/me')
	assert.equal(await page.getByText(/calendars\/[2-9a-z]{32}/).count(), 0, 'it is told this once')
	await page.getByRole('button', { name: say('feed_renew') }).click()
	await page.getByRole('status').getByText(/calendars/).first().waitFor()
	assert.equal((await fetch(address)).status, 404)
	await page.goto('/me')
	await page.getByRole('button', { name: say('feed_withdraw') }).click()
	await page.getByRole('button', { name: say('feed_make') }).waitFor()
	await leave()
})

test('the pages of those who run a convening break no rule of axe-core, on a phone and on a desk', { timeout: 120_000 }, async () => {
	const { hub, convening, 'convening-held': held } = await listPages(opened.url)
	const found: string[] = []
	for (const width of [360, 1440]) {
		const visit = await beginVisit(opened.browser, opened.url, { viewport: { width, height: 900 }, bypassCSP: true })
		await enterAs(visit.page, 'Robin Sample', `${convening}/desk`)
		for (const path of ['/me', `${convening}/desk`, `${convening}/desk/phone`, `${convening}/paper`, `${convening}/sheet`, `${convening}/change`, `${held}/desk`, `${held}/minutes`, `${hub}/convenings/new`]) {
			await visit.open(path)
			found.push(...(await inspect(visit.page, `${path} at ${width}`)))
		}
		await visit.leave()
	}
	assert.deepEqual(found, [])
})
