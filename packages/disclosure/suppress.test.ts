import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { audit } from './auditor.ts'
import { Knowledge } from './ranges.ts'
import { exactly, roundedShare, sumOf, valueOf, type Statement, type Terms } from './statements.ts'
import { isSmall, suppress, type Release } from './suppress.ts'
import { grandTotal, oneWay, twoWay } from './tables.ts'

const countsOf = (values: readonly number[], event = 0) => new Map(values.map((value, option) => [`${event}/${option}`, value]))
const secretsOf = (counts: ReadonlyMap<string, number>) => [...counts].filter(([, value]) => isSmall(value)).map(([name]) => ({ name, terms: sumOf([name]) }))
const few = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 90 }))

/** Every way in which cells may hold whole counts that agree with the statements, by trying all; small tables only. */
function tryAll(cells: readonly string[], statements: readonly Statement[], most: number): Map<string, number>[] {
	const found: Map<string, number>[] = []
	const go = (index: number, counts: Map<string, number>) => {
		if (index === cells.length) {
			if (statements.every(({ terms, least, most }) => valueOf(terms, counts) >= least && valueOf(terms, counts) <= most)) found.push(new Map(counts))
			return
		}
		for (let value = 0; value <= most; value++) go(index + 1, counts.set(cells[index]!, value))
		counts.delete(cells[index]!)
	}
	go(0, new Map())
	return found
}

test('the range of a cell is exactly what trying every table finds, with sums, shares and coefficients of any kind', () => {
	const cells = ['a', 'b', 'c']
	const statement = fc.tuple(fc.array(fc.integer({ min: -2, max: 3 }), { minLength: 3, maxLength: 3 }), fc.integer({ min: 0, max: 3 }))
	fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 3, maxLength: 3 }), fc.array(statement, { maxLength: 3 }), (values, forms) => {
		const counts = new Map(cells.map((cell, n) => [cell, values[n]!]))
		const bounds = cells.map((cell): Statement => ({ terms: sumOf([cell]), least: 0, most: 7 }))
		const told = forms.map(([factors, slack]): Statement => {
			const terms: Terms = new Map(cells.map((cell, n): [string, number] => [cell, factors[n]!]).filter(([, factor]) => factor !== 0))
			const value = valueOf(terms, counts)
			return { terms, least: value - slack, most: value + (slack > 1 ? Infinity : slack) }
		})
		const possible = tryAll(cells, [...bounds, ...told], 7)
		const knowledge = new Knowledge([...bounds, ...told])
		for (const cell of cells) {
			const seen = possible.map((one) => one.get(cell)!)
			assert.deepEqual(knowledge.rangeOf(sumOf([cell])), { least: Math.min(...seen), most: Math.max(...seen) })
		}
	}), { numRuns: 400 })
})

test('a rounded share of a hidden cell gives it away, and the auditor says so', () => {
	const counts = countsOf([4, 21, 17])
	const { statements, hidden } = suppress(oneWay([...counts.keys()]), counts, [grandTotal(counts.keys(), counts)], [])
	assert.deepEqual(hidden, ['0/0', '0/2'])
	const published = [grandTotal(counts.keys(), counts), ...statements]
	assert.deepEqual(audit(published, secretsOf(counts)), [])
	assert.deepEqual(audit([...published, ...roundedShare(sumOf(['0/0']), sumOf(counts.keys()), 10)], secretsOf(counts)), [{ name: '0/0', least: 4, most: 4 }])
})

test('zeros and counts from the threshold on are shown where no small one needs them hidden', () => {
	const counts = countsOf([0, 11, 40])
	assert.deepEqual(suppress(oneWay([...counts.keys()]), counts, [grandTotal(counts.keys(), counts)], []).hidden, [])
	assert.deepEqual(suppress(oneWay([...counts.keys()]), counts, [grandTotal(counts.keys(), counts)], [], { threshold: 12 }).hidden, ['0/1', '0/2'])
})

test('two small cells that only a narrow sum protects take a third with them', () => {
	const counts = countsOf([1, 1, 30, 25])
	assert.deepEqual(suppress(oneWay([...counts.keys()]), counts, [grandTotal(counts.keys(), counts)], []).hidden, ['0/0', '0/1', '0/3'])
})

test('a table whose total alone says everything is withheld, and refused where even that does not help', () => {
	const counts = countsOf([5, 0, 0])
	const { withheld, exposed } = suppress(oneWay([...counts.keys()]), counts, [grandTotal(counts.keys(), counts)], [])
	assert.ok(withheld)
	assert.deepEqual(exposed, [], 'with zeros withheld it may be any of three')
	assert.deepEqual(suppress(oneWay(['0/0']), countsOf([5]), [exactly(sumOf(['0/0']), 5)], []).exposed, [{ name: '0/0', least: 5, most: 5 }])
})

test('in random tables with totals no hidden count from 1 to 10 is learnt, also by shares of what is shown', () => {
	fc.assert(fc.property(fc.array(few, { minLength: 2, maxLength: 8 }), (values) => {
		const counts = countsOf(values)
		const whole = sumOf(counts.keys())
		const total = grandTotal(counts.keys(), counts)
		const { statements, shown, exposed } = suppress(oneWay([...counts.keys()]), counts, [total], [])
		if (exposed.length > 0) return assert.ok(total.most < 11, 'only a room that is small itself is refused')
		const shares = shown.flatMap((cell) => (total.most === 0 ? [] : roundedShare(sumOf([cell]), whole, Math.round((100 * counts.get(cell)!) / total.most))))
		assert.deepEqual(audit([total, ...statements, ...shares], secretsOf(counts)), [])
		assert.ok(shown.every((cell) => !isSmall(counts.get(cell)!)))
	}), { numRuns: 500 })
})

test('in random tables of rows and columns with sums no hidden count from 1 to 10 is learnt', () => {
	const table = fc.tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 5 })).chain(([rows, columns]) => fc.array(fc.array(few, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }))
	fc.assert(fc.property(table, (rows) => {
		const counts = new Map(rows.flatMap((row, r) => [...countsOf(row, r)]))
		const numbers = twoWay(rows.map((row, r) => row.map((_, c) => `${r}/${c}`)))
		const total = grandTotal(counts.keys(), counts)
		const { statements, exposed } = suppress(numbers, counts, [total], [])
		if (exposed.length > 0) return assert.ok(total.most < 11)
		assert.deepEqual(audit([total, ...statements], numbers.filter(({ terms }) => isSmall(valueOf(terms, counts)))), [])
	}), { numRuns: 150 })
})

/** A year: each event is published with the sums of the year so far; `remembers` false forgets what was published before. */
function publishYear(events: readonly number[][], { remembers = true, complements = true } = {}): { published: Statement[]; counts: Map<string, number>; sums: { name: string; terms: Terms }[]; refused: number } {
	const counts = new Map<string, number>()
	const [published, sums]: [Statement[], { name: string; terms: Terms }[]] = [[], []]
	let refused = 0
	const held: number[] = []
	for (const [event, values] of events.entries()) {
		const own = countsOf(values, event)
		const trial = new Map([...counts, ...own])
		const total = grandTotal(own.keys(), own)
		const yearly = values.map((_, option) => ({ name: `${event}: year of ${option}`, terms: sumOf([...held, event].map((one) => `${one}/${option}`)) }))
		const numbers = [...oneWay([...own.keys()]), ...yearly]
		const secrets = [...secretsOf(trial), ...sums.filter(({ terms }) => isSmall(valueOf(terms, trial)))]
		const release: Release = complements
			? suppress(numbers, trial, [...(remembers ? published : []), total], remembers ? secrets : secretsOf(own))
			: { shown: [], hidden: [], withheld: false, exposed: [], statements: numbers.filter(({ terms }) => !isSmall(valueOf(terms, trial))).map(({ terms }) => exactly(terms, valueOf(terms, trial))) }
		if (release.exposed.length > 0) {
			refused++
			continue
		}
		held.push(event)
		for (const [cell, value] of own) counts.set(cell, value)
		published.push(total, ...release.statements)
		sums.push(...yearly)
	}
	return { published, counts, sums, refused }
}

const year = fc.integer({ min: 2, max: 5 }).chain((options) => fc.array(fc.array(few, { minLength: options, maxLength: options }).filter((values) => values.reduce((a, b) => a + b) >= 11), { minLength: 2, maxLength: 8 }))
const allSecrets = ({ counts, sums }: ReturnType<typeof publishYear>) => [...secretsOf(counts), ...sums.filter(({ terms }) => isSmall(valueOf(terms, counts)))]

test('over a year of random events, published one by one with sums so far, no small count is learnt by any subtraction', () => {
	fc.assert(fc.property(year, (events) => {
		const result = publishYear(events)
		assert.equal(result.refused, 0, 'withholding a table always helps a room of eleven or more')
		assert.deepEqual(audit(result.published, allSecrets(result)), [])
	}), { numRuns: 60 })
})

test('the auditor catches a publisher that hides small cells only', () => {
	const result = publishYear([[4, 20, 30], [15, 12, 40]], { complements: false })
	assert.deepEqual(audit(result.published, secretsOf(result.counts)), [{ name: '0/0', least: 4, most: 4 }])
})

test('the auditor catches a publisher that forgets what it published before', () => {
	const events = [[20, 30, 40], [4, 25, 33]]
	const forgetful = publishYear(events, { remembers: false })
	assert.deepEqual(audit(forgetful.published, allSecrets(forgetful)), [{ name: '1/0', least: 4, most: 4 }])
	const remembering = publishYear(events)
	assert.deepEqual(audit(remembering.published, allSecrets(remembering)), [])
})
