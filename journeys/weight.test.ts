import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { say } from './catalogue.ts'
import { openForTests } from './opening.ts'
import { listPages } from './pages.ts'
import { weighPage, type Weight } from './weigh.ts'

/** Bytes on the wire of a first visit. */
const TEXT_PAGE = 150_000
const MAP_PAGE = 450_000
const WITH_MAPS = /^(map|index-build|beside)/

const opened = openForTests()

const inWords = ({ total, largestPaint, files }: Weight) =>
	`${(total / 1000).toFixed(0)} kB in ${files.length} files, largest paint after ${Math.round(largestPaint)} ms; ${files.slice(0, 6).map(([address, bytes]) => `${address} ${(bytes / 1000).toFixed(1)}`).join(', ')}`

test('a page of text costs a phone at most 150 kB, a page with a map 450 kB, in the two faces of the product and no other', { timeout: 240_000 }, async (t) => {
	const heavy: string[] = []
	for (const [name, path] of Object.entries(await listPages(opened.url))) {
		const weight = await weighPage(opened.browser, opened.url, path)
		t.diagnostic(`${name}: ${inWords(weight)}`)
		if (weight.total > (WITH_MAPS.test(name) ? MAP_PAGE : TEXT_PAGE)) heavy.push(`${name}: ${inWords(weight)}`)
		assert.ok(weight.fonts.length <= 2, `${name}: ${weight.fonts.join(', ')}`)
	}
	assert.deepEqual(heavy, [])
})

test('the map is a picture first; the program that draws it comes when it is asked for, and all together stays within 450 kB', { timeout: 60_000 }, async (t) => {
	const program = ({ files }: Weight) => files.some(([, bytes]) => bytes > 150_000)
	const before = await weighPage(opened.browser, opened.url, '/indicators/low-income')
	assert.ok(!program(before), inWords(before))
	const explored = await weighPage(opened.browser, opened.url, '/indicators/low-income', async (page: Page) => {
		await page.getByRole('button', { name: say('map_explore') }).click()
		await page.getByText(say('map_inspect_hint')).waitFor()
	})
	assert.ok(program(explored), inWords(explored))
	t.diagnostic(`explored: ${inWords(explored)}`)
	assert.ok(explored.total <= MAP_PAGE, inWords(explored))
})
