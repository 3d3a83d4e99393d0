import assert from 'node:assert/strict'
import { test } from 'node:test'
import { say } from './catalogue.ts'
import { openForTests } from './opening.ts'
import { beginVisit } from './visit.ts'

const opened = openForTests()

test('a reporter takes the map along as a picture and as a drawing, with title, legend, source and date on it', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url)
	await open('/indicators/low-income?classes=natural-breaks&show=3,4')
	const title = await page.getByRole('heading', { level: 1 }).innerText()
	const links = await Promise.all([say('sheet_download'), say('sheet_download_vector')].map((name) => page.getByRole('link', { name }).getAttribute('href')))
	const [png, svg] = await Promise.all(links.map((href) => fetch(new URL(href!, opened.url))))
	assert.equal(png!.headers.get('content-type'), 'image/png')
	const size = new DataView(await png!.arrayBuffer())
	assert.deepEqual([size.getUint32(16), size.getUint32(20)], [2640, 2040])
	const drawing = await svg!.text()
	const words = drawing.replaceAll(/<text[^>]*>/g, ' ').replaceAll(/<[^>]+>/g, '').replaceAll(/\s/g, ' ')
	for (const text of [title.replaceAll(/\s/g, ' '), say('sheet_some_classes'), say('classes_natural_breaks'), `${opened.url}/indicators/low-income?vintage=`]) {
		assert.ok(words.includes(text), `${text} in ${words.slice(-900)}`)
	}
	assert.equal(drawing.match(new RegExp(`>${say('explorer_class_hidden')}<`, 'g'))?.length, 3)
	// As drawn by a browser: no word leaves the sheet.
	await page.goto(links[1]!)
	const outside = await page.evaluate(() => [...document.querySelectorAll('text')].filter((text) => text.getBoundingClientRect().right > 1320 - 40).map((text) => text.textContent))
	assert.deepEqual(outside, [])
	await leave()
})

test('what was asked for beside a map and is not shown is said on an embedded map and on the sheet too', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url, { viewport: { width: 360, height: 780 } })
	const notice = say('explorer_notice_boundaries', { vintage: '2012–2016', year: 2010, own: 2020 })
	await open('/embed/indicators/low-income?compare=2012–2016')
	await page.getByText(notice).waitFor()
	await page.getByText(say('sample_notice')).waitFor()
	const drawing = await (await fetch(new URL('/indicators/low-income/sheet.svg?compare=2012–2016', opened.url))).text()
	assert.ok(drawing.replaceAll(/<\/text><text[^>]*>/g, ' ').includes(notice))
	await leave()
})

test('a sheet that did not change is not drawn again, and a class that the map does not have hides nothing', { timeout: 60_000 }, async () => {
	const address = new URL('/indicators/low-income/map.png?show=8', opened.url)
	const [first, all] = await Promise.all([fetch(address), fetch(new URL('/indicators/low-income/map.png', opened.url))])
	assert.equal(first.headers.get('etag'), all.headers.get('etag'))
	const tag = first.headers.get('etag')!
	assert.equal((await fetch(address, { headers: { 'if-none-match': tag } })).status, 304)
	assert.notEqual((await fetch(new URL('/es/indicators/low-income/map.png', opened.url))).headers.get('etag'), tag)
})

test('on paper the map, its legend and the source stand on the first page', { timeout: 60_000 }, async () => {
	const { page, open, leave } = await beginVisit(opened.browser, opened.url)
	await open('/indicators/low-income')
	await page.emulateMedia({ media: 'print' })
	await page.setViewportSize({ width: 700, height: 940 })
	const bottom = (selector: string) => page.locator(selector).first().evaluate((element) => element.getBoundingClientRect().bottom + scrollY)
	assert.ok((await bottom('.source')) < 940, `${await bottom('.source')}`)
	assert.equal(await page.getByRole('button').count(), 0)
	await leave()
})
