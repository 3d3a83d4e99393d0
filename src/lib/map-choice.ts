import type { ClassMethod } from '@throughline/stats'

/** How a map divides its values and which classes it shows. */
export interface MapChoice {
	method: ClassMethod
	/** Number of classes wished for. */
	count: number
	/** Bounds between classes as a person stated them, ascending; empty unless the method is 'manual'. */
	breaks: number[]
	/** Classes that are shown, 0 for the lowest; empty for all. */
	show: number[]
	/** One colour from little to much, or two colours on both sides of the region's value. */
	ramp: 'sequential' | 'diverging'
	/** Earlier years that the values are compared with; empty for none. */
	compare: string
	/** Key of a second measure that is shown together with the first; empty for none. It goes before a comparison of years. */
	with: string
	/** The text of bounds that could not be read. */
	rejected: string | undefined
}

export const CLASS_COUNTS = [3, 4, 5, 6, 7] as const

export const USUAL_CHOICE: MapChoice = { method: 'quantile', count: 5, breaks: [], show: [], ramp: 'sequential', compare: '', with: '', rejected: undefined }

const METHODS: readonly string[] = ['quantile', 'equal-interval', 'natural-breaks', 'standard-deviation'] satisfies ClassMethod[]
const NUMBER = /^[+-]?\d+(\.\d+)?$/

/** The choice that an address states: `?classes=…&count=…&breaks=10,20&show=0,3&ramp=…&compare=…&with=…`. What cannot be read falls back to the usual choice. */
export function readMapChoice(query: URLSearchParams): MapChoice {
	const asked = query.get('classes') ?? ''
	const wished = Number(query.get('count'))
	const text = (query.get('breaks') ?? '').trim()
	const breaks = readBreaks(text)
	const show = (query.get('show') ?? '').split(',').filter((part) => /^[0-8]$/.test(part)).map(Number)
	return {
		method: breaks.length > 0 ? 'manual' : METHODS.includes(asked) ? (asked as ClassMethod) : USUAL_CHOICE.method,
		count: CLASS_COUNTS.find((count) => count === wished) ?? USUAL_CHOICE.count,
		breaks,
		show: [...new Set(show)].sort((a, b) => a - b),
		ramp: query.get('ramp') === 'diverging' ? 'diverging' : 'sequential',
		compare: (query.get('compare') ?? '').trim().slice(0, 20),
		with: (query.get('with') ?? '').trim().slice(0, 120),
		rejected: text && breaks.length === 0 ? text.slice(0, 80) : undefined,
	}
}

/** One to six different numbers, ascending; empty where the text is anything else. */
function readBreaks(text: string): number[] {
	const parts = text.split(/[,;]/).map((part) => part.trim())
	if (!parts.every((part) => NUMBER.test(part))) return []
	const numbers = [...new Set(parts.map(Number))].sort((a, b) => a - b)
	return numbers.length < CLASS_COUNTS.at(-1)! ? numbers : []
}

/** The part of an address that states the choice, to be read by `readMapChoice`. */
export function choiceQuery({ method, count, breaks, show, ramp, compare, with: other }: MapChoice): string {
	const fields = [
		method === 'manual' ? `breaks=${breaks.join(',')}` : `classes=${method}`,
		count !== USUAL_CHOICE.count && `count=${count}`,
		ramp === 'diverging' && 'ramp=diverging',
		compare && `compare=${encodeURIComponent(compare)}`,
		other && `with=${encodeURIComponent(other)}`,
		show.length > 0 && `show=${show.join(',')}`,
	]
	return fields.filter(Boolean).join('&')
}

/** The choice after a class was pressed in the legend: shown alone first, then one more or one fewer. */
export function toggleClass(choice: MapChoice, index: number): MapChoice {
	const show = choice.show.includes(index) ? choice.show.filter((other) => other !== index) : [...choice.show, index].sort((a, b) => a - b)
	return { ...choice, show }
}
