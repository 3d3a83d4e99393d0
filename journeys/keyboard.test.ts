import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { say } from './catalogue.ts'
import { openForTests } from './opening.ts'
import { listPages, readValues } from './pages.ts'
import { beginVisit } from './visit.ts'

const opened = openForTests()

/** What has the focus, whether one sees that it has it, and whether it lies free. */
function inspectFocus(page: Page): Promise<{ name: string; inside: string; outlined: boolean; free: boolean } | undefined> {
	return page.evaluate(() => {
		const element = document.activeElement
		if (!element || element === document.body) return undefined
		const style = getComputedStyle(element)
		const box = element.getBoundingClientRect()
		const [left, right] = [Math.max(0, box.left), Math.min(innerWidth, box.right)]
		const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)]
		const above = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
		return {
			name: (element.getAttribute('aria-label') ?? element.textContent!.trim()) || (element.getAttribute('name') ?? ''),
			inside: element.closest('header, main, footer')?.tagName.toLowerCase() ?? '',
			outlined: style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2,
			free: above !== null && (element.contains(above) || above.contains(element)),
		}
	})
}

/** Presses Tab until `isThere`, and checks on the way that the focus is always seen. */
async function tabTo(page: Page, isThere: (name: string) => boolean, limit = 80): Promise<void> {
	const passed: string[] = []
	for (let presses = 0; presses < limit; presses++) {
		await page.keyboard.press('Tab')
		const focus = await inspectFocus(page)
		if (!focus) continue
		assert.ok(focus.outlined, `“${focus.name}” shows that it has the focus`)
		assert.ok(focus.free, `“${focus.name}” is not covered when it has the focus`)
		if (isThere(focus.name)) return
		passed.push(focus.name)
	}
	assert.fail(`not reached by ${limit} presses of Tab: ${passed.join(' · ')}`)
}

test('find a place, read its profile and cite a number with the keyboard alone', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url)
	await open('/')
	await page.keyboard.press('Tab')
	const skip = page.getByRole('link', { name: say('skip_to_content') })
	assert.ok(await skip.evaluate((link) => link === document.activeElement && link.getBoundingClientRect().left >= 0), 'the skip link comes first and is seen')
	await page.keyboard.press('Enter')
	await page.waitForURL(/#content$/)
	await page.keyboard.press('Tab')
	const searchbox = page.getByRole('searchbox', { name: say('home_find_title') })
	assert.ok(await searchbox.evaluate((field) => field === document.activeElement), 'after the skip link the search field is next')

	const values = await readValues(opened.url, 'low-income')
	await page.keyboard.type('Elmhurst')
	await page.keyboard.press('Enter')
	await page.waitForURL('**/places?q=Elmhurst')
	const index = values.counties.indexOf('Elmhurst County')
	await tabTo(page, (name) => name === values.names[index])
	await page.keyboard.press('Enter')
	await page.waitForURL(`**/places/${values.geography}/${values.geoids[index]}`)
	await page.getByRole('heading', { level: 1, name: values.names[index], exact: true }).waitFor()

	await tabTo(page, (name) => name === say('profile_cite_label', { name: 'People with low income' }))
	await page.keyboard.press('Enter')
	await page.waitForURL('**/citations/*')
	await page.getByRole('heading', { level: 1, name: /People with low income/ }).waitFor()
	await leave()
})

test('the map is reached, walked and left by keyboard', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url)
	await open('/indicators/low-income')
	await page.getByRole('button', { name: say('map_explore') }).waitFor()
	await tabTo(page, (name) => name === say('map_explore'))
	await page.keyboard.press('Enter')
	await page.getByText(say('map_inspect_hint')).waitFor()
	assert.equal((await inspectFocus(page))!.name, say('map_keyboard_label'))
	await page.keyboard.press('ArrowDown')
	await tabTo(page, (name) => name === say('map_inspect_open'), 6)
	await page.keyboard.press('Enter')
	await page.waitForURL('**/places/**')
	await leave()
})

test('on a phone the bar of places never covers what has the focus', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url, { viewport: { width: 360, height: 640 } })
	const { home, places, citation } = await listPages(opened.url)
	for (const path of [home!, places!, citation!, '/sign-in']) {
		await open(path)
		const last = await page.locator('main a:visible, main button:visible').last().evaluate((element) => element.getAttribute('aria-label') ?? element.textContent!.trim())
		await tabTo(page, (name) => name === last)
	}
	await leave()
})
