import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { bestFit, betterFit } from './boundary-fit.ts'
import { inBothLanguages, indicatorKeyOf, kindOfUnit } from './preparation.ts'
import { readCell } from './read-cell.ts'
import { recognizeColumns } from './recognize-columns.ts'
import { readKey } from './repair-key.ts'

const PLACES = new Set(['13121000100', '01001020100', '06037101110'])
const isPlace = (key: string) => PLACES.has(key)

for (const [cell, key, repairs] of [
	['13121000100', '13121000100', []],
	[' 13121000100 ', '13121000100', []],
	['1400000US13121000100', '13121000100', ['prefix']],
	['14000US13121000100', '13121000100', ['prefix']],
	['1001020100', '01001020100', ['leading_zero']],
	['1001020100.0', '01001020100', ['decimals', 'leading_zero']],
	['13121000100.0', '13121000100', ['decimals']],
	["'13121000100", '13121000100', ['quotes']],
	['="01001020100"', '01001020100', ['quotes']],
	['13,121,000,100', '13121000100', ['separators']],
	['1.3121000100E+10', '13121000100', ['scientific']],
	['6.037101110e+9', '06037101110', ['scientific', 'leading_zero']],
] as const) {
	test(`the key ${cell} is read as ${key}`, () => assert.deepEqual(readKey(cell, isPlace), { key, repairs: [...repairs] }))
}

test('a key whose digits were rounded away is named and never guessed', () => {
	assert.equal(readKey('1.3121E+10', isPlace).fault, 'rounded')
	assert.equal(readKey('1.31210001E+10', isPlace).fault, 'rounded')
	assert.equal(readKey('', isPlace).fault, 'empty')
	assert.equal(readKey('Fulton County', isPlace).fault, 'unknown')
	assert.equal(readKey('1.31210001005E+10', isPlace).fault, 'unknown')
})

test('whatever a spreadsheet does to a GEOID without losing digits, it is found again; and reading never finds another place', () => {
	const geoid = fc.stringMatching(/^\d{11}$/).filter((text) => Number(text) > 1e9)
	const damages = [
		(key: string) => key, (key: string) => `1400000US${key}`, (key: string) => String(Number(key)), (key: string) => `${Number(key)}.0`,
		(key: string) => Number(key).toExponential().replace(/^(\d)e/, '$1.0e'), (key: string) => `"${key}"`, (key: string) => Number(key).toLocaleString('en-US'),
	]
	fc.assert(fc.property(geoid, fc.constantFrom(...damages), (key, damage) => {
		const damaged = damage(key)
		const read = readKey(damaged, (candidate) => candidate === key)
		// An exponent with trailing zeros dropped is the one damage that says less than the key.
		if (/e/.test(damaged)) assert.ok(read.fault === 'rounded' || read.key === key)
		else assert.equal(read.key, key)
		assert.ok(read.fault || read.key === key)
	}))
})

test('the conventions of CDC, the Census Bureau and the Atlanta Regional Commission are recognised', () => {
	const of = (names: string[], estimate: string) => recognizeColumns(names).columns.find((column) => column.estimate === estimate)
	assert.deepEqual(of(['FIPS', 'E_POV150', 'M_POV150', 'EP_POV150', 'MP_POV150'], 'EP_POV150'), {
		estimate: 'EP_POV150', margin: 'MP_POV150', numerator: 'E_POV150', numeratorMargin: 'M_POV150', kind: 'share', convention: 'svi',
	})
	assert.deepEqual(of(['E_HH', 'M_HH'], 'E_HH'), { estimate: 'E_HH', margin: 'M_HH', kind: 'count', convention: 'svi' })
	assert.deepEqual(of(['B19013_001E', 'B19013_001M', 'B19013_001EA'], 'B19013_001E'), { estimate: 'B19013_001E', margin: 'B19013_001M', convention: 'acs' })
	assert.deepEqual(of(['DP03_0009PE', 'DP03_0009PM'], 'DP03_0009PE'), { estimate: 'DP03_0009PE', margin: 'DP03_0009PM', kind: 'share', convention: 'acs' })
	assert.deepEqual(of(['S1701_C03_001PE', 'S1701_C03_001PM'], 'S1701_C03_001PE'), { estimate: 'S1701_C03_001PE', margin: 'S1701_C03_001PM', kind: 'share', convention: 'acs' })
	assert.deepEqual(of(['pPoverty_e22', 'pPoverty_m22'], 'pPoverty_e22'), { estimate: 'pPoverty_e22', margin: 'pPoverty_m22', kind: 'share', years: '2018–2022', convention: 'arc' })
	assert.deepEqual(of(['poverty', 'poverty_moe'], 'poverty'), { estimate: 'poverty', margin: 'poverty_moe', convention: 'moe' })
})

test('the prefix s of the Atlanta Regional Commission marks significance and is no indicator, but a word that begins with s is one', () => {
	const { columns, leftOut } = recognizeColumns(['TotPop_e22', 'TotPop_m22', 'chTotPop_e22', 'sTotPop_e22', 'schTotPop_e22', 'seniors_e22', 'seniors_m22', 'chpop_e22', 'schpop_e22'])
	assert.deepEqual([...leftOut].filter(([, why]) => why === 'significance').map(([name]) => name), ['sTotPop_e22', 'schTotPop_e22', 'schpop_e22'])
	assert.deepEqual(columns.map(({ estimate }) => estimate), ['TotPop_e22', 'chTotPop_e22', 'seniors_e22', 'chpop_e22'])
})

test('every column is offered or left out, once; a margin is never offered; the order of columns changes nothing', () => {
	const stem = fc.constantFrom('POP', 'pPoor', 'sRent', 'B01001_001', 'totpop', 'Rent')
	const name = fc.tuple(stem, fc.constantFrom((s: string) => `E_${s}`, (s: string) => `M_${s}`, (s: string) => `EP_${s}`, (s: string) => `MP_${s}`, (s: string) => `${s}_e22`, (s: string) => `${s}_m22`, (s: string) => `${s}E`, (s: string) => `${s}M`, (s: string) => s, (s: string) => `${s}_moe`)).map(([s, make]) => make(s))
	const table = fc.uniqueArray(name, { selector: (text) => text.toLowerCase(), maxLength: 20 })
	fc.assert(fc.property(table.chain((names) => fc.tuple(fc.constant(names), fc.shuffledSubarray(names, { minLength: names.length }))), ([names, shuffled]) => {
		const { columns, leftOut } = recognizeColumns(names)
		const offered = columns.map(({ estimate }) => estimate)
		assert.deepEqual([...offered, ...leftOut.keys()].sort(), [...names].sort())
		for (const { margin } of columns) if (margin) assert.equal(leftOut.get(margin), 'margin')
		const byName = (list: typeof columns) => list.toSorted((a, b) => a.estimate.localeCompare(b.estimate))
		assert.deepEqual(byName(recognizeColumns(shuffled).columns), byName(columns))
	}))
})

test('a table belongs to the boundaries that most of its rows fit, and to none when hardly any fit', () => {
	const fits = (a: number, b: number) => [{ geography: 'tract-2020', matched: a, rows: 100 }, { geography: 'tract-2010', matched: b, rows: 100 }]
	assert.equal(betterFit(fits(61, 97), 'tract-2020')!.geography, 'tract-2010')
	assert.equal(betterFit(fits(61, 97), 'tract-2010'), undefined)
	assert.equal(betterFit(fits(80, 80), 'tract-2010'), undefined, 'as good is good enough')
	assert.equal(bestFit(fits(80, 80))!.geography, 'tract-2020', 'of equals the first')
	assert.equal(bestFit(fits(3, 1)), undefined)
	assert.equal(bestFit([]), undefined)
})

test('a cell is a number, missing, or listed with its reason', () => {
	assert.deepEqual(readCell('1,234', 'count', 'estimate'), { value: 1234 })
	assert.deepEqual(readCell('12.5 %', 'share', 'estimate'), { value: 12.5 })
	assert.deepEqual(readCell('$52,000', 'amount', 'estimate'), { value: 52000 })
	assert.deepEqual(readCell('-3', 'amount', 'estimate'), { value: -3 })
	for (const text of ['', 'NA', 'NULL']) assert.deepEqual(readCell(text, 'share', 'estimate'), { value: NaN })
	for (const [text, kind, role, fault] of [
		['about 5', 'share', 'estimate', 'not_a_number'], ['101', 'share', 'estimate', 'share_over_100'], ['-1', 'share', 'estimate', 'negative_share'],
		['-4', 'count', 'estimate', 'negative_count'], ['-4', 'amount', 'margin', 'negative_margin'], ['-999', 'share', 'estimate', 'code'], ['-666666666', 'amount', 'estimate', 'code'],
		['(X)', 'amount', 'estimate', 'code'],
	] as const) assert.deepEqual(readCell(text, kind, role), { value: NaN, fault })
	assert.deepEqual(readCell('-555555555', 'count', 'margin'), { value: 0, fault: 'code' }, 'a controlled estimate has no margin')
})

test('the unit says whether numbers are shares, counts or amounts', () => {
	assert.deepEqual((['percent', 'percent_of_land', 'people', 'dollars'] as const).map(kindOfUnit), ['share', 'share', 'count', 'amount'])
})

test('where a language is missing the other one is shown and marked', () => {
	assert.deepEqual(inBothLanguages({ en: 'Trees', es: '' }), { en: 'Trees', es: 'Trees (en inglés)' })
	assert.deepEqual(inBothLanguages({ en: '', es: 'Árboles' }), { en: 'Árboles (in Spanish)', es: 'Árboles' })
	assert.deepEqual(inBothLanguages({ en: '', es: '' }), { en: '', es: '' })
})

test('the key of a new indicator says its name and is never one that is taken', () => {
	assert.equal(indicatorKeyOf({ en: '', es: 'Árboles por año' }, () => false), 'own-arboles-por-ano')
	fc.assert(fc.property(fc.string(), fc.integer({ min: 0, max: 5 }), (name, taken) => {
		const known = new Set<string>()
		for (let i = 0; i <= taken; i++) known.add(indicatorKeyOf({ en: name, es: '' }, (key) => known.has(key)))
		assert.equal(known.size, taken + 1)
		for (const key of known) assert.match(key, /^own-[a-z0-9]+(-[a-z0-9]+)*$/)
	}))
})
