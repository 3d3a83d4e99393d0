import { coefficientOfVariationPercent } from '@throughline/stats'
import type { MapView } from './map-view.ts'

const PAGE_SIZE = 25
const ORDERS = ['highest', 'lowest', 'place', 'county', 'margin', 'reliability', 'rise', 'fall', 'other'] as const
export type TableOrder = (typeof ORDERS)[number]

export interface TablePage extends TableFilter {
	order: TableOrder
	/** 1-based number of the first row shown; 0 when there is none. */
	from: number
	to: number
	total: number
	page: number
	pages: number
	ordinals: number[]
}

/** Which places a table or a download holds: `?county=…&name=…&least=…&most=…`, and the classes that the map shows. */
export interface TableFilter {
	county: string
	name: string
	/** Smallest and largest value, as typed; a text that is no number filters nothing, and `unreadNumbers` names it. */
	least: string
	most: string
}

export function readTableFilter(query: URLSearchParams): TableFilter {
	const text = (name: string) => (query.get(name) ?? '').trim().slice(0, 80)
	return { county: text('county'), name: text('name'), least: text('least'), most: text('most') }
}

/** The page of the table that `?order=…&page=…` and the filter ask for. */
export function readTablePage(view: MapView, query: URLSearchParams): TablePage {
	const order = readOrder(query) ?? 'highest'
	const chosen = chooseRows(view, query, order)
	const pages = Math.max(1, Math.ceil(chosen.length / PAGE_SIZE))
	const page = Math.min(pages, Math.max(1, Number.parseInt(query.get('page') ?? '1', 10) || 1))
	const ordinals = chosen.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
	const from = ordinals.length > 0 ? (page - 1) * PAGE_SIZE + 1 : 0
	return { ...readTableFilter(query), order, from, to: from + Math.max(0, ordinals.length - 1), total: chosen.length, page, pages, ordinals }
}

/** The order that an address states; undefined where it states none. */
export function readOrder(query: URLSearchParams): TableOrder | undefined {
	return ORDERS.find((name) => name === query.get('order'))
}

/** Ordinals of the places that pass the filter, in an order. Missing values come last in every order by number. */
export function chooseRows(view: MapView, query: URLSearchParams, order: TableOrder): number[] {
	const passes = filterOf(view, readTableFilter(query))
	const chosen = view.geography.regional.filter((ordinal) => view.shown(ordinal) && passes(ordinal))
	return chosen.sort(comparisonOf(view, order))
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)$/

/** What was typed as a value and is no number. */
export function unreadNumbers({ least, most }: TableFilter): string[] {
	return [least, most].filter((text) => text !== '' && !NUMBER.test(text))
}

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

function filterOf(view: MapView, { county, name, least, most }: TableFilter): (ordinal: number) => boolean {
	const bound = (text: string, none: number) => (NUMBER.test(text) ? Number(text) : none)
	const [low, high, wanted] = [bound(least, -Infinity), bound(most, Infinity), folded(name)]
	return (ordinal) => {
		const place = view.geography.places[ordinal]!
		const value = view.series.estimates[ordinal]!
		const within = (low === -Infinity && high === Infinity) || (value >= low && value <= high)
		return within && (!county || place.countyGeoid === county) && folded(place.name).includes(wanted)
	}
}

function comparisonOf(view: MapView, order: TableOrder): (a: number, b: number) => number {
	const { places } = view.geography
	if (order === 'place') return (a, b) => a - b
	if (order === 'county') return (a, b) => places[a]!.countyName.localeCompare(places[b]!.countyName) || a - b
	const [numberOf, sign] = rankedBy(view, order)
	const rank = (ordinal: number) => {
		const value = numberOf(ordinal)
		return value === undefined || Number.isNaN(value) ? Number.MAX_VALUE : sign * value
	}
	const ranks = new Map(view.geography.regional.map((ordinal) => [ordinal, rank(ordinal)]))
	return (a, b) => ranks.get(a)! - ranks.get(b)! || a - b
}

/** The number that an order goes by, and its direction: 1 for the smallest first. */
function rankedBy(view: MapView, order: TableOrder): [(ordinal: number) => number | undefined, 1 | -1] {
	const { series: { estimates, margins }, change, pair } = view
	if (order === 'margin') return [(ordinal) => margins?.[ordinal], -1]
	if (order === 'reliability') return [(ordinal) => variation(estimates[ordinal]!, margins?.[ordinal]), 1]
	if (order === 'rise' || order === 'fall') return [(ordinal) => change?.of(ordinal).estimate, order === 'rise' ? -1 : 1]
	if (order === 'other') return [(ordinal) => pair?.series.estimates[ordinal], -1]
	return [(ordinal) => estimates[ordinal], order === 'lowest' ? 1 : -1]
}

/** Coefficient of variation; unknown, and so last, where there is no margin or the estimate is zero. */
function variation(estimate: number, margin: number | undefined): number | undefined {
	const percent = margin === undefined ? NaN : coefficientOfVariationPercent({ estimate, moe: margin })
	return Number.isFinite(percent) ? percent : undefined
}
