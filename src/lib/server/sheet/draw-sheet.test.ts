import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawSheet, SHEET, type Sheet } from './draw-sheet.ts'

const sheet: Sheet = {
	eyebrow: 'Region', title: 'People with low income: from 1 % to 60 % in <Harbor> & Bend', lead: 'Half of the places are below 20 %.',
	legend: { title: 'Low income', unit: '% of people', rows: [{ colour: 'ramp-0', words: '1 – 20', count: '3 places' }, { colour: undefined, words: '20 – 60', count: 'not shown' }], hatched: 'Hatched: 1 place', missing: '', notes: ['A higher number is worse.'] },
	foot: ['Source: somebody.', 'Made on a day.'],
	map: { layers: '<path class="p ramp-0" d="M0 0H9V9Z"/>', style: '.ramp-0{fill:#e4eee9}', width: 900, height: 400 },
}
const ys = (svg: string) => [...svg.matchAll(/<text x="[\d.]+" y="([\d.]+)"/g)].map((match) => Number(match[1]))

test('a sheet carries title, legend, source and date, escaped, and shows a class that is left out by an empty box', () => {
	const svg = drawSheet(sheet)
	for (const text of ['&#60;Harbor&#62; &#38; Bend', '1 – 20', '20 – 60', 'not shown', 'Hatched: 1 place', 'Source: somebody.', 'Made on a day.']) assert.ok(svg.includes(text), text)
	assert.equal(svg.match(/fill="none" stroke="#8a8376"/g)?.length, 1)
	assert.ok(!svg.includes('Dotted'))
})

test('the map gives way when the words are many: everything stays on the sheet', () => {
	const long = { ...sheet, title: 'A finding that goes on '.repeat(12), foot: Array.from({ length: 9 }, () => 'A note about the method that is long. '.repeat(5).trim()) }
	for (const one of [sheet, long]) {
		const svg = drawSheet(one)
		const map = /<svg x="[\d.-]+" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/.exec(svg)!
		const [, top, , height] = map.map(Number) as [number, number, number, number]
		const line = Number(/<path d="M60 ([\d.]+)H/.exec(svg)![1])
		assert.ok(top + height < line && height > 100, `${top} + ${height} against ${line}`)
		const shift = Number(/<g transform="translate\(0 ([\d.]+)\)">/.exec(svg)![1])
		assert.ok(shift + Math.max(...ys(svg.slice(svg.indexOf('translate(0 ')))) < SHEET.height)
	}
})
