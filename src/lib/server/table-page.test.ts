import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MapView } from './map-view.ts'
import { chooseRows, readTablePage, unreadNumbers, type TableOrder } from './table-page.ts'

const NAMES = ['Ávila Heights', 'Census Tract 12.01', 'Census Tract 12.02', 'Census Tract 7', 'Río Vista']
const places = NAMES.map((name, ordinal) => ({ ordinal, geoid: `9900${ordinal}`, name, countyGeoid: ordinal < 3 ? '99001' : '99003', countyName: ordinal < 3 ? 'Young County' : 'Adams County', inRegion: true }))
const estimates = Float64Array.of(20, 5, NaN, 40, 10)
const margins = Float64Array.of(2, NaN, 9, 12, 6)
const earlier = [25, 5, 1, 10, NaN]

/** A map of five places, the third without a value and the second without a margin. */
const view = {
	geography: { places, regional: [0, 1, 2, 3, 4] },
	series: { estimates, margins },
	shown: () => true,
	change: { of: (ordinal: number) => ({ estimate: estimates[ordinal]! - earlier[ordinal]! }) },
	pair: { series: { estimates: Float64Array.of(1, 3, 2, NaN, 4) } },
} as unknown as MapView

const choose = (query: string, order: TableOrder = 'place') => chooseRows(view, new URLSearchParams(query), order)

test('a part of a name finds places whatever their accents and capitals', () => {
	assert.deepEqual(choose('name=avila'), [0])
	assert.deepEqual(choose('name=RIO'), [4])
	assert.deepEqual(choose('name=tract 12'), [1, 2])
	assert.deepEqual(choose('name=nowhere'), [])
})

test('a county keeps its own places, and an unknown county none', () => {
	assert.deepEqual(choose('county=99003'), [3, 4])
	assert.deepEqual(choose('county=99003&name=tract'), [3])
	assert.deepEqual(choose('county=13121'), [])
})

test('a range holds both of its ends and never a missing value', () => {
	assert.deepEqual(choose('least=5&most=20'), [0, 1, 4])
	assert.deepEqual(choose('least=-1'), [0, 1, 3, 4])
})

test('what is no number filters nothing and is named', () => {
	assert.deepEqual(choose('least=ten&most=1e1'), [0, 1, 2, 3, 4])
	assert.deepEqual(unreadNumbers({ county: '', name: '', least: 'ten', most: '20' }), ['ten'])
	assert.deepEqual(unreadNumbers({ county: '', name: '', least: '', most: '-.5' }), [])
})

test('the widest margin comes first and places without one come last', () => {
	assert.deepEqual(choose('', 'margin'), [3, 2, 4, 0, 1])
})

test('the most reliable comes first; without a value or a margin a place comes last', () => {
	assert.deepEqual(choose('', 'reliability'), [0, 3, 4, 1, 2])
})

test('orders by value, county, change and the other measure put what is missing last', () => {
	assert.deepEqual(choose('', 'highest'), [3, 0, 4, 1, 2])
	assert.deepEqual(choose('', 'lowest'), [1, 4, 0, 3, 2])
	assert.deepEqual(choose('', 'county'), [3, 4, 0, 1, 2])
	assert.deepEqual(choose('', 'rise'), [3, 1, 0, 2, 4])
	assert.deepEqual(choose('', 'fall'), [0, 1, 3, 2, 4])
	assert.deepEqual(choose('', 'other'), [4, 1, 2, 0, 3])
})

test('an order that does not exist falls back to the highest first', () => {
	assert.equal(readTablePage(view, new URLSearchParams('order=colour')).order, 'highest')
})
