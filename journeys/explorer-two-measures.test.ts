import assert from 'node:assert/strict'
import { test } from 'node:test'
import { say, saying } from './catalogue.ts'
import { openForTests } from './opening.ts'
import { readValues, type Values } from './pages.ts'
import { beginVisit } from './visit.ts'

const opened = openForTests()

const COMPARED = 'compare=2016–2020'
const rowsOfCsv = (text: string) => text.trim().split(/\r?\n/).map((line) => line.split(','))

/** Places by what a visitor can work out from two series and their margins: lower, within, higher. */
function expectedChanges(now: Values, before: Values): number[] {
	const counts = [0, 0, 0]
	now.values.forEach((value, i) => {
		const at = before.geoids.indexOf(now.geoids[i]!)
		const earlier = before.values[at]
		if (value === null || earlier === null || earlier === undefined) return
		const change = value - earlier
		counts[Math.abs(change) <= Math.hypot(now.margins[i]!, before.margins[at]!) ? 1 : change < 0 ? 0 : 2]!++
	})
	return counts
}

test('two series on one geography are compared by their margins on legend, map, table and download', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url)
	await open('/indicators/low-income')
	await page.getByLabel(say('explorer_compare')).selectOption('2016–2020')
	await page.waitForURL(/compare=2016/)
	const [now, before] = await Promise.all([readValues(opened.url, 'low-income'), readValues(opened.url, 'low-income', '?vintage=2016–2020')])
	const expected = expectedChanges(now, before)
	assert.ok(expected.every((count) => count > 0), expected.join())
	const legend = page.getByRole('region', { name: say('legend_title') })
	await legend.getByText(say('explorer_change_higher')).waitFor()
	assert.deepEqual((await legend.locator('ol .count').allTextContents()).map((text) => Number.parseInt(text, 10)).toReversed(), expected)
	await legend.getByText(say('explorer_change_shared_year', { first: 2020 })).waitFor()

	await page.getByRole('combobox', { name: say('table_sort_label'), exact: true }).selectOption('rise')
	await page.waitForURL(/order=rise/)
	const [head, ...rows] = rowsOfCsv(await (await page.request.get((await page.getByRole('link', { name: 'CSV' }).getAttribute('href'))!)).text())
	const [change, verdict] = [head!.indexOf('change'), head!.indexOf('change_verdict')]
	assert.deepEqual(['lower', 'within_margins', 'higher'].map((word) => rows.filter((row) => row[verdict] === word).length), expected)
	const changes = rows.map((row) => Number(row[change]))
	assert.deepEqual(changes, changes.toSorted((a, b) => b - a))
	const first = (await page.locator('#numbers tbody tr').first().locator('td').allTextContents()).at(5)
	assert.equal(first, `+${changes[0]!.toFixed(1)}`)

	await page.getByRole('button', { name: say('map_explore') }).click()
	await page.getByText(say('map_inspect_hint')).waitFor()
	await page.keyboard.press('ArrowRight')
	await page.getByRole('main').getByRole('status').getByText(/2016–2020: .*(\+|−|0\.0)/).waitFor()
	await leave()
})

test('years on other boundaries are not joined, later years are no past, and both are said in words', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false })
	await open('/indicators/low-income?compare=2012–2016')
	await page.getByText(say('explorer_notice_boundaries', { vintage: '2012–2016', year: 2010, own: 2020 })).waitFor()
	await open('/indicators/low-income?vintage=2016–2020&compare=2020–2024')
	await page.getByText(say('explorer_notice_not_earlier', { vintage: '2020–2024', than: '2016–2020' })).waitFor()
	await open(`/indicators/low-income?${COMPARED}&with=cost-burden`)
	await page.getByText(say('explorer_notice_one_at_a_time')).waitFor()
	await leave()
})

test('without script two measures stand on one map by thirds, in legend, picture, table and downloads', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false })
	await open('/indicators/low-income')
	await page.getByLabel(say('explorer_with')).selectOption('cost-burden')
	await page.getByRole('button', { name: say('show_button') }).click()
	await page.waitForURL(/with=cost-burden/)
	const [first, second] = await Promise.all([readValues(opened.url, 'low-income'), readValues(opened.url, 'cost-burden')])
	const third = ({ values }: Values, i: number) => {
		const [known, value] = [values.filter((one) => one !== null), values[i]!]
		const below = known.filter((one) => one < value).length
		return below < Math.ceil((known.length - 1) / 3 + 1e-9) ? 0 : below < Math.ceil((2 * (known.length - 1)) / 3 + 1e-9) ? 1 : 2
	}
	const expected = new Array<number>(9).fill(0)
	first.geoids.forEach((_, i) => first.values[i] !== null && second.values[i] !== null && expected[third(first, i) + 3 * third(second, i)]!++)
	const legend = page.getByRole('region', { name: say('legend_title') })
	const shown = (await legend.locator('tbody td a').allTextContents()).map(Number)
	assert.deepEqual([6, 7, 8, 3, 4, 5, 0, 1, 2].map((key) => expected[key]), shown)

	const picture = await (await page.request.get((await page.getByRole('img', { name: saying('explorer_pair_picture') }).getAttribute('src'))!)).text()
	assert.deepEqual(expected.map((count, key) => picture.includes(`class="p pair-${key}"`) === count > 0), new Array(9).fill(true))
	const csv = rowsOfCsv(await (await page.request.get((await page.getByRole('link', { name: 'CSV' }).getAttribute('href'))!)).text())
	const [own, other] = [csv[0]!.indexOf('third'), csv[0]!.indexOf('other_third')]
	assert.equal(csv.filter((row) => row[own] === 'high' && row[other] === 'high').length, expected[8])

	await legend.getByRole('link', { name: saying('explorer_class_show') }).nth(2).click()
	await page.waitForURL(/show=8/)
	await page.getByText(say('table_showing', { from: 1, to: Math.min(25, expected[8]!), total: expected[8]! })).waitFor()
	const map = (await (await page.request.get((await page.getByRole('link', { name: 'GeoJSON' }).getAttribute('href'))!)).json()) as { features: { properties: Record<string, unknown> }[] }
	assert.equal(map.features.length, expected[8])
	assert.ok(map.features.every(({ properties }) => properties.third === 'high' && properties.other_third === 'high'))
	await leave()
})

test('a measure on other boundaries is not shown together, and a value that is no number is explained', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url)
	await open('/indicators/low-income?vintage=2012–2016&with=svi-2022')
	await page.getByText(saying('explorer_notice_measure_boundaries')).waitFor()
	await open('/indicators/low-income')
	await page.getByLabel(say('explorer_least')).fill('ten')
	await page.getByLabel(say('explorer_least')).press('Enter')
	await page.getByText(say('explorer_range_problem', { text: 'ten' })).waitFor()
	assert.equal(await page.getByLabel(say('explorer_least')).inputValue(), 'ten')
	await leave()
})

test('the map itself as GeoJSON keeps to county, name and range', { timeout: 60_000 }, async () => {
	const query = 'least=30&most=50&name=tract 1'
	const [csv, json] = await Promise.all(['data.csv', 'data.geojson'].map(async (file) => (await fetch(`${opened.url}/indicators/low-income/${file}?${query}`)).text()))
	const wanted = rowsOfCsv(csv!).slice(1).map((row) => row[0])
	const { features } = JSON.parse(json!) as { features: { properties: { geoid: string } }[] }
	assert.ok(wanted.length > 0)
	assert.deepEqual(new Set(features.map(({ properties }) => properties.geoid)), new Set(wanted))
})
