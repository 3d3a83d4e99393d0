import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { columnsOfRates, measureProgress, NEAR_POINTS, readGoalList, readPlaceList, readResponseRates, type PlaceReading, type PlaceTarget } from './index.ts'

const geoid = fc.integer({ min: 1, max: 12 }).map((n) => `9900100${String(n).padStart(4, '0')}`)
const rate = fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10)
const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-02-${String(n).padStart(2, '0')}`)
const targets: fc.Arbitrary<PlaceTarget[]> = fc.uniqueArray(fc.record({ geoid, goal: rate.filter((goal) => goal > 0), baseline: fc.option(rate, { nil: undefined }) }), { selector: (target) => target.geoid })
const readings: fc.Arbitrary<PlaceReading[]> = fc.array(fc.record({ geoid, day, value: rate }), { maxLength: 40 })

test('every target stands in exactly one class, and the share at goal is of those with data', () => {
	fc.assert(fc.property(targets, readings, (set, read) => {
		const { places, counts, shareAtGoal } = measureProgress(set, read)
		assert.equal(places.length, set.length)
		assert.equal(Object.values(counts).reduce((sum, count) => sum + count, 0), set.length)
		const known = set.filter((target) => read.some((reading) => reading.geoid === target.geoid)).length
		assert.equal(counts.no_data, set.length - known)
		if (known === 0) assert.equal(shareAtGoal, undefined)
		else assert.ok(shareAtGoal! >= 0 && shareAtGoal! <= 1 && Math.abs(shareAtGoal! * known - counts.at_goal) < 1e-9)
	}))
})

test('missing is never zero: a place without a reading has no distance, comes last, and changes nothing for the others', () => {
	fc.assert(fc.property(targets, readings, (set, read) => {
		const before = measureProgress(set, read)
		const after = measureProgress([...set, { geoid: '99009999999', goal: 70, baseline: undefined }], read)
		assert.deepEqual(after.places.at(-1)!.latest ?? after.places.at(-1)!.short, undefined)
		assert.equal(after.shareAtGoal, before.shareAtGoal)
		assert.equal(after.counts.below, before.counts.below)
	}))
})

test('the farthest below comes first, and of each place the latest day counts, of two on it the later entered', () => {
	fc.assert(fc.property(targets, readings, (set, read) => {
		const { places } = measureProgress(set, read)
		const known = places.filter(({ short }) => short !== undefined)
		for (const [i, place] of known.entries()) if (i > 0) assert.ok(known[i - 1]!.short! >= place.short!)
		for (const { geoid, latest } of known) {
			const own = read.filter((reading) => reading.geoid === geoid)
			const last = own.map((reading) => reading.day).sort().at(-1)!
			assert.deepEqual(latest, { day: last, value: own.filter((reading) => reading.day === last).at(-1)!.value })
		}
	}))
})

test('near is at most three points below, and a higher value never stands worse', () => {
	const order = ['below', 'near', 'at_goal']
	fc.assert(fc.property(rate.filter((goal) => goal > 0), rate, rate, (goal, one, other) => {
		const standing = (value: number) => measureProgress([{ geoid: '1', goal, baseline: undefined }], [{ geoid: '1', day: '2026-02-01', value }]).places[0]!.standing
		const [low, high] = [Math.min(one, other), Math.max(one, other)]
		assert.ok(order.indexOf(standing(low)) <= order.indexOf(standing(high)))
		assert.equal(standing(one) === 'near', one < goal && goal - one <= NEAR_POINTS + 1e-9)
	}))
})

const CENSUS = ['GEO_ID', 'CRRALL', 'CRRINT', 'DRRALL', 'RESP_DATE', 'state', 'county', 'tract']
const read = (rows: (string | null)[][], { names = CENSUS, day = '' } = {}) => {
	const columns = columnsOfRates(names, day)
	assert.ok(typeof columns !== 'string', String(columns))
	return readResponseRates(columns, rows, { day, today: '2020-12-31' })
}

test('the form of the Census Bureau is read: place by its long name or by its parts, cumulative rates in percent, days as they are written', () => {
	const rows = [
		['1400000US13121000100', '61.3', '48.0', '0.2', '2020-06-01', '13', '121', '000100'],
		[null, '62.1', '48.4', '0.1', '06/02/2020', '13', '121', '000100'],
		['0500000US13121', '60', '50', '0', '2020-06-01T00:00:00', '13', '121', null],
	]
	const { readings, faults, missing } = read(rows)
	assert.deepEqual([faults, missing], [[], 0])
	assert.deepEqual(readings.map(({ geoid, day, metric, value }) => [geoid, day, metric, value]), [
		['13121000100', '2020-06-01', 'response_rate', 61.3], ['13121000100', '2020-06-01', 'internet_rate', 48],
		['13121000100', '2020-06-02', 'response_rate', 62.1], ['13121000100', '2020-06-02', 'internet_rate', 48.4],
		['13121', '2020-06-01', 'response_rate', 60], ['13121', '2020-06-01', 'internet_rate', 50],
	])
})

test('an empty cell, a code for no number and a state are no faults and no readings', () => {
	const row = (value: string | null, id = '1400000US13121000100') => [id, value, null, '', '2020-06-01', '', '', '']
	for (const none of [null, '', 'N/A', '-666666666', '.']) assert.deepEqual(read([row(none)]), { readings: [], faults: [], missing: 2, otherLevels: 0 })
	assert.deepEqual(read([row('61.3', '0400000US13')]), { readings: [], faults: [], missing: 0, otherLevels: 1 })
	assert.equal(read([row('0')]).readings[0]!.value, 0, 'a rate of zero that was published is one')
})

test('what cannot be read is named by row and column: a place, a day, a rate, the same place and day twice, a day to come', () => {
	const good = ['1400000US13121000100', '61.3', '', '', '2020-06-01', '', '', '']
	const changed = (at: number, value: string) => good.map((cell, i) => (i === at ? value : cell))
	const faults = read([good, changed(0, '1312100100'), changed(4, '2020-06-31'), changed(1, '101'), changed(1, '-5'), good, changed(4, '2021-01-01')]).faults
	assert.deepEqual(faults.map(({ row, column, code }) => [row, column, code]), [[3, 'GEO_ID', 'place'], [4, 'RESP_DATE', 'day'], [5, 'CRRALL', 'value'], [6, 'CRRALL', 'value'], [7, 'CRRALL', 'twice'], [8, 'RESP_DATE', 'ahead']])
})

test('a file without places, numbers or days says which; a day given for all stands in for a missing column', () => {
	assert.equal(columnsOfRates(['CRRALL', 'RESP_DATE'], ''), 'places')
	assert.equal(columnsOfRates(['GEO_ID', 'DRRALL', 'RESP_DATE'], ''), 'values')
	assert.equal(columnsOfRates(['GEOID', 'VALUE'], ''), 'days')
	assert.deepEqual(read([['13121000100', '12.5']], { names: ['geoid', 'value'], day: '2020-05-01' }).readings, [{ row: 2, geoid: '13121000100', day: '2020-05-01', metric: 'share', value: 12.5 }])
})

test('typed goals and places are read line by line, and what is none is named', () => {
	assert.deepEqual(readGoalList('13121000100, 70\n\n13121000200\t65.5\n13121000300 none\n13121 60'), { goals: [{ geoid: '13121000100', goal: 70 }, { geoid: '13121000200', goal: 65.5 }, { geoid: '13121000300', goal: undefined }, { geoid: '13121', goal: 60 }], lines: [] })
	assert.deepEqual(readGoalList('x, 70\n13121000100, 0\n13121000100, 101\n13121000100, 70\n13121000100, 71\n13121000200, 70, 3').lines, [1, 2, 3, 5, 6])
	assert.deepEqual(readPlaceList('13121, 13121000100; 13121\nMain Street'), { geoids: ['13121', '13121000100'], unreadable: ['Main', 'Street'] })
})
