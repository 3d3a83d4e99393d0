import assert from 'node:assert/strict'
import { test } from 'node:test'
import { searchPlaces, type Place } from './places.ts'

const place = (ordinal: number, geoid: string, name: string, countyName: string): Place => ({ ordinal, geoid, name: `Census Tract ${name}`, countyGeoid: geoid.slice(0, 5), countyName, inRegion: true })
const places = [
	place(0, '13121003500', '35', 'Fulton County'),
	place(1, '13063040535', '405.35', 'Clayton County'),
	place(2, '13135050110', '501.10', 'Gwinnett County'),
	place(3, '13121003501', '35.01', 'Fulton County'),
	place(4, '13087000100', '1', 'Peñasco County'),
]
const find = (question: string) => searchPlaces({ places, regional: [0, 1, 2, 3, 4] }, question).found.map(({ ordinal }) => ordinal)

test('a number finds the tract of that number first, then those that begin with it', () => assert.deepEqual(find('35'), [0, 3]))
test('digits inside a GEOID are no match until there are five', () => {
	assert.deepEqual(find('135'), [])
	assert.deepEqual(find('13135'), [2])
	assert.deepEqual(find('13121003501'), [3])
})
test('every word must fit, and words for the kind of place do not count', () => assert.deepEqual(find('census tract 35 fulton county'), [0, 3]))
test('the end of a number is found when nothing begins with it', () => assert.deepEqual(find('.35'), [1]))
test('accents and capitals do not matter', () => assert.deepEqual(find('PENASCO'), [4]))
const named = {
	places, regional: [0, 1, 2, 3, 4],
	names: [
		{ key: 'westside-neighborhood', name: 'Westside', kind: 'neighborhood' as const, ordinals: [0, 3] },
		{ key: 'westside-heights-neighborhood', name: 'Westside Heights', kind: 'neighborhood' as const, ordinals: [1] },
		{ key: '30310-zip', name: '30310', kind: 'zip' as const, ordinals: [0] },
	],
}

test('a name finds itself before longer names, and the places it stands for', () => {
	const { names, found } = searchPlaces(named, 'westside')
	assert.deepEqual(names.map(({ key }) => key), ['westside-neighborhood', 'westside-heights-neighborhood'])
	assert.deepEqual(found.map(({ ordinal }) => ordinal), [0, 1, 3])
	assert.deepEqual(searchPlaces(named, 'Neighborhood Westside 35.01').found.map(({ ordinal }) => ordinal), [3])
})

test('a ZIP code finds its places, and part of it too', () => {
	assert.deepEqual(searchPlaces(named, 'ZIP 30310').found.map(({ ordinal }) => ordinal), [0])
	assert.deepEqual(searchPlaces(named, '3031').names.map(({ name }) => name), ['30310'])
})

test('an empty question finds nothing', () => assert.deepEqual(find('  tract '), []))
