import assert from 'node:assert/strict'
import { test } from 'node:test'
import { say, saying } from './catalogue.ts'
import { openForTests } from './opening.ts'
import { listPages, readValues } from './pages.ts'
import { beginVisit } from './visit.ts'

const opened = openForTests()

test('a newcomer learns what this is, finds a place, reads its profile, cites a number and finds the citation again', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url)
	await open('/')
	await page.getByRole('heading', { level: 1, name: say('home_title') }).waitFor()
	await page.getByText(saying('home_lead')).waitFor()
	await page.getByText(say('sample_notice')).waitFor()
	assert.equal(await page.getByRole('listitem').filter({ hasText: saying('home_domain_count') }).count(), 8)

	const values = await readValues(opened.url, 'low-income')
	const index = values.counties.lastIndexOf('Dunmore County')
	const [name, county] = [values.names[index]!, values.counties[index]!]
	await page.getByRole('searchbox', { name: say('home_find_title') }).fill(`${name} ${county}`)
	await page.getByRole('button', { name: say('home_find_button') }).click()
	await page.waitForURL(`**/places/${values.geography}/${values.geoids[index]}`)
	await page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
	await page.getByText(saying('profile_lead')).waitFor()

	const measure = 'People with low income'
	const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: measure }) })
	const value = `${values.values[index]!.toFixed(1)}\u00a0%`
	const margin = `±\u00a0${values.margins[index]!.toFixed(1)}`
	await row.getByText(value, { exact: true }).first().waitFor()
	await row.getByRole('button', { name: say('profile_cite_label', { name: measure }) }).click()
	await page.waitForURL('**/citations/*')
	await page.getByRole('heading', { level: 1, name: say('citation_title', { name: measure, place: `${name}, ${county}` }) }).waitFor()
	const shown = await page.getByRole('main').innerText()
	for (const part of [value, margin, say('citation_then'), say('citation_same'), saying('citation_frozen'), saying('cited_text')]) assert.match(shown, part instanceof RegExp ? part : new RegExp(part.replaceAll('.', '\\.')))
	const stations = page.getByRole('list', { name: say('thread_label') }).getByRole('listitem')
	assert.equal(await stations.count(), 7)
	assert.equal(await stations.filter({ hasText: say('thread_nothing_yet') }).count(), 5)

	const citation = page.url()
	await page.getByRole('link', { name: `${name}, ${county}` }).click()
	await row.getByRole('button', { name: say('profile_cite_label', { name: measure }) }).click()
	await page.waitForURL('**/citations/*')
	assert.equal(page.url(), citation, 'the same number is the same citation')
	await leave()
})

test('search forgives words, accents and case, and says what to do when nothing fits', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url)
	await open('/places?q=BRIGHTWÁTER+county')
	await page.getByRole('heading', { name: saying('places_found') }).waitFor()
	await page.getByText(saying('places_more')).waitFor()
	await open(`/places?q=${encodeURIComponent('<b>“nobody”</b>')}`)
	await page.getByText(saying('places_none')).waitFor()
	assert.equal(await page.locator('main b').count(), 0)
	await page.getByRole('link', { name: 'Alder County', exact: true }).click()
	await page.getByRole('heading', { level: 1, name: 'Alder County' }).waitFor()
	await leave()
})

test('every kind of page has a title, one first heading and a content security policy, asks no other host and reports no error', { timeout: 60_000 }, async () => {
	const { page, leave } = await beginVisit(opened.browser, opened.url, { expected: /status of 404/ })
	// One page under several queries may keep its title.
	const titles = new Map<string, string>()
	const pages = Object.entries(await listPages(opened.url))
	for (const [kind, path] of pages) {
		const answer = await page.goto(path)
		assert.equal(answer!.status(), kind === 'missing' ? 404 : 200, path)
		const policy = answer!.headers()['content-security-policy']!
		const framing = path.startsWith('/embed/') ? 'frame-ancestors *' : "frame-ancestors 'self'"
		for (const rule of ["default-src 'self'", "script-src 'self'", "object-src 'none'", framing]) assert.ok(policy.includes(rule), `${path}: ${policy}`)
		assert.ok(!/script-src[^;]*unsafe/.test(policy), policy)
		assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1, path)
		assert.ok((await page.title()).length > 5, path)
		titles.set(new URL(path, opened.url).pathname, await page.title())
	}
	assert.ok(new Set(titles.values()).size >= titles.size - 2, [...titles.values()].join('\n'))
	await leave()
})

test('an address that leads nowhere says so and leads back', { timeout: 30_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url, { expected: /status of 404/ })
	for (const path of ['/nothing-here', '/indicators/nothing', '/places/tract-2020/nothing', '/citations/nothing', '/methods/nothing', '/indicators/low-income?vintage=1066']) {
		await open(path)
		await page.getByRole('heading', { level: 1, name: say('error_page_not_found') }).waitFor()
	}
	await page.getByRole('link', { name: say('error_page_back') }).click()
	await page.getByRole('heading', { level: 1, name: say('home_title') }).waitFor()
	await leave()
})

test('what somebody typed before the page came alive stays', { timeout: 60_000 }, async () => {
	const { page, leave } = await beginVisit(opened.browser, opened.url)
	const slow = Promise.withResolvers<void>()
	await page.route('**/_app/**/*.js', async (route) => {
		await slow.promise
		await route.continue()
	})
	await page.goto(`${opened.url}/sign-in`, { waitUntil: 'commit' })
	const address = page.getByLabel(say('sign_in_email')).first()
	await address.fill('ada@example.org')
	slow.resolve()
	// The button for passkeys is there only once scripts run.
	await page.getByRole('button', { name: say('sign_in_passkey') }).waitFor()
	assert.equal(await address.inputValue(), 'ada@example.org')
	await leave()
})
