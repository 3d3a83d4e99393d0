import type { Condition, ThresholdRule } from './types.ts'

export interface ThresholdResult {
	categories: Float64Array[]
	flag: Float64Array
	count: Float64Array
	unknown: Float64Array
	reasons: string[]
}

/**
 * Tests every category in every row. A condition whose value is missing is not met and is counted as unknown. The reasons name
 * each category that is met with its burdens, and the socioeconomic conditions that go with it.
 */
export function applyThresholds(rule: ThresholdRule, valuesOf: (condition: Condition) => Float64Array, included: Uint8Array): ThresholdResult {
	const size = included.length
	const categories = rule.categories.map((category) => ({
		label: category.label,
		burden: category.burden.map((condition) => ({ condition, values: valuesOf(condition) })),
		socioeconomic: category.socioeconomic.map((condition) => ({ condition, values: valuesOf(condition) })),
		met: new Float64Array(size).fill(NaN),
	}))
	const [flag, count, unknown] = [0, 1, 2].map(() => new Float64Array(size).fill(NaN)) as [Float64Array, Float64Array, Float64Array]
	const reasons = new Array<string>(size).fill('')
	for (let row = 0; row < size; row++) {
		if (!included[row]) continue
		const told: string[] = []
		unknown[row] = 0
		count[row] = 0
		for (const category of categories) {
			const burdens = category.burden.filter((test) => holds(test, row))
			const social = category.socioeconomic.filter((test) => holds(test, row))
			for (const { values } of [...category.burden, ...category.socioeconomic]) if (values[row] !== values[row]) unknown[row]!++
			const met = burdens.length > 0 && (category.socioeconomic.length === 0 || social.length > 0)
			category.met[row] = met ? 1 : 0
			if (!met) continue
			count[row]!++
			told.push(reasonOf(category.label, burdens, social))
		}
		flag[row] = count[row]! > 0 ? 1 : 0
		reasons[row] = told.join('; ')
	}
	return { categories: categories.map(({ met }) => met), flag, count, unknown, reasons }
}

type Test = { condition: Condition; values: Float64Array }

function holds({ condition: { atLeast = -Infinity, atMost = Infinity }, values }: Test, row: number): boolean {
	return values[row]! >= atLeast && values[row]! <= atMost
}

function reasonOf(label: string, burdens: Test[], social: Test[]): string {
	const names = (tests: Test[]) => tests.map(({ condition }) => condition.reason).join(', ')
	return social.length > 0 ? `${label}: ${names(burdens)} and ${names(social)}` : `${label}: ${names(burdens)}`
}
