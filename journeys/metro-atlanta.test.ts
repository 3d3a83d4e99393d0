import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { makeFolder, runThroughline, startApplication, type Application } from './application.ts'
import { launchBrowser } from './browser.ts'
import { say, saying } from './catalogue.ts'
import { cite, readValues } from './pages.ts'
import { beginVisit } from './visit.ts'

const SHARED = resolve(process.env.THROUGHLINE_SHARED ?? join(import.meta.dirname, '..', '..', 'shared'))
const DATA = join(SHARED, 'data')
const absent = !existsSync(DATA) && !process.env.CI
if (absent) console.log(`The real data are not at ${DATA}: the journey through metro Atlanta is left out. Set THROUGHLINE_SHARED.`)
const COUNTIES = ['13057', '13063', '13067', '13089', '13097', '13113', '13117', '13121', '13135', '13151', '13247']

type Row = Record<string, string>

/** CDC's table as published, one record per tract. */
function readPublished(): Row[] {
	const text = gunzipSync(readFileSync(join(DATA, 'svi', 'SVI2022_GEORGIA_tract.csv.gz'))).toString('utf8').replace(/^\uFEFF/, '')
	const [header, ...lines] = text.trim().split(/\r?\n/).map((line) => line.split(','))
	return lines.map((cells) => Object.fromEntries(header!.map((name, i) => [name, cells[i]!])))
}

describe('metro Atlanta', { skip: absent }, () => {
	const folder = makeFolder()
	const directory = join(folder.path, 'data')
	const start = () => startApplication({ region: 'metro-atlanta', data: DATA, directory })
	let application: Application
	let browser: Browser
	let published: Map<string, Row>
	let cited: string

	before(async () => {
		browser = await launchBrowser()
		application = await start()
		published = new Map(readPublished().map((row) => [row.FIPS!, row]))
	})
	after(async () => {
		await browser?.close()
		await application?.stop()
		folder.remove()
	})

	test('all 1,248 tracts of the eleven counties are there, ranked among all 2,791 of Georgia', { timeout: 60_000 }, async () => {
		const values = await readValues(application.url, 'svi-2022')
		assert.equal(values.geoids.length, 1248)
		assert.deepEqual([...new Set(values.geoids.map((geoid) => geoid.slice(0, 5)))].sort(), COUNTIES)
		const { page, open, leave } = await beginVisit(browser, application.url)
		await open('/')
		await page.getByText(/1,248 census tracts in 11 counties/).waitFor()
		assert.equal(await page.getByText(say('sample_notice')).count(), 0)
		await open('/places')
		assert.equal(await page.getByRole('link', { name: / County$/ }).count(), 11)
		await open('/sign-in')
		assert.equal(await page.getByRole('button', { name: saying('sign_in_as') }).count(), 0, 'no demonstration sign-ins where data are real')
		await leave()
	})

	test('the index on the map is CDC’s own RPL_THEMES, place by place', { timeout: 60_000 }, async () => {
		const values = await readValues(application.url, 'svi-2022')
		const differing = values.geoids.filter((geoid, i) => {
			const rank = Number(published.get(geoid)!.RPL_THEMES)
			return rank === -999 ? values.values[i] !== null : values.values[i] === null || Math.abs(values.values[i] - rank) > 0.000051
		})
		assert.deepEqual(differing, [])
		assert.ok(values.values.filter((value) => value !== null).length > 1200)
	})

	test('a tract of Fulton County shows the published numbers with their margins, on the map and in its profile', { timeout: 60_000 }, async () => {
		const row = [...published.values()].find(({ STCNTY, E_TOTPOP }) => STCNTY === '13121' && Number(E_TOTPOP) > 3000)!
		const { page, open, leave } = await beginVisit(browser, application.url)
		await open(`/places?q=${row.FIPS}`)
		await page.waitForURL(`**/places/tract-2020/${row.FIPS}`)
		await page.getByText(say('profile_lead', { population: Number(row.E_TOTPOP).toLocaleString('en-US'), vintage: '2018–2022', margin: Number(row.M_TOTPOP).toLocaleString('en-US') })).waitFor()
		const lowIncome = page.getByRole('row').filter({ has: page.getByRole('link', { name: 'People with low income', exact: true }) })
		const shown = await lowIncome.getByRole('cell').first().innerText()
		assert.ok(shown.startsWith(`${Number(row.EP_POV150).toFixed(1)}\u00a0%`), shown)
		assert.ok(shown.includes(`±\u00a0${Number(row.MP_POV150).toFixed(1)}`), shown)
		const index = page.getByRole('row').filter({ has: page.getByRole('link', { name: 'Social Vulnerability Index 2022' }) })
		assert.ok((await index.getByRole('cell').first().innerText()).startsWith(Number(row.RPL_THEMES).toFixed(4)))
		await leave()
		cited = await cite(application.url, `/places/tract-2020/${row.FIPS}`, 'low-income')
	})

	test('a tract where nobody lives shows “no data”, never a zero or −999', { timeout: 60_000 }, async () => {
		const row = [...published.values()].find(({ STCNTY, E_TOTPOP }) => COUNTIES.includes(STCNTY!) && E_TOTPOP === '0')!
		const values = await readValues(application.url, 'low-income')
		assert.equal(values.values[values.geoids.indexOf(row.FIPS!)], null)
		const { page, open, leave } = await beginVisit(browser, application.url)
		await open(`/places/tract-2020/${row.FIPS}`)
		const lowIncome = page.getByRole('row').filter({ has: page.getByRole('link', { name: 'People with low income', exact: true }) })
		assert.match(await lowIncome.innerText(), new RegExp(say('map_no_data')))
		assert.equal(await lowIncome.getByRole('button').count(), 0, 'nothing to cite')
		assert.doesNotMatch(await page.getByRole('main').innerText(), /999\b(?!\d)|NaN|undefined|Infinity/)
		await leave()
	})

	test('access to food says that it stands on the tracts of 2010', { timeout: 60_000 }, async () => {
		const { page, open, leave } = await beginVisit(browser, application.url)
		await open('/indicators/far-from-food')
		await page.getByText(say('map_old_boundaries', { year: 2010 })).waitFor()
		const hrefs = await page.getByRole('rowheader').getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')!))
		assert.ok(hrefs.length === 25 && hrefs.every((href) => href.startsWith('/places/tract-2010/')))
		await leave()
	})

	test('the map of 1,248 tracts draws and is walked', { timeout: 60_000 }, async () => {
		const { page, open, leave } = await beginVisit(browser, application.url)
		await open('/indicators/svi-2022')
		await page.getByRole('button', { name: say('map_explore') }).click()
		await page.getByText(say('map_inspect_hint')).waitFor()
		await page.keyboard.press('ArrowRight')
		await page.getByRole('link', { name: say('map_inspect_open') }).waitFor()
		await leave()
	})

	test('a second start takes seconds and keeps the citation; the sample region never enters this directory', { timeout: 90_000 }, async () => {
		const before = await readCitation(application.url + cited)
		await application.stop()
		const { code, output } = await runThroughline('start', '--region', 'sample', '--port', '0', '--data-dir', directory)
		assert.equal(code, 1, output)
		assert.match(output, saying('error_holds_another_region'))
		assert.equal(output.split('\n').length, 1, output)
		application = await start()
		assert.ok(application.seconds < 15, `${application.seconds} s`)
		assert.equal(await readCitation(application.url + cited), before)
	})

	/** What the citation says, without the address of the server that says it. */
	async function readCitation(url: string): Promise<string> {
		const { page, open, leave } = await beginVisit(browser, application.url)
		await open(url)
		// The button comes with the script; without waiting one page would have it and the other not.
		await page.getByRole('button', { name: say('copy_button') }).first().waitFor()
		const text = await page.getByRole('main').innerText()
		await leave()
		return text.replaceAll(application.url, '')
	}
})
