import type { MapView } from './map-view.ts'

const PAGE_SIZE = 25
const ORDERS = ['highest', 'lowest', 'place'] as const
export type TableOrder = (typeof ORDERS)[number]

export interface TablePage {
	order: TableOrder
	county: string
	/** 1-based number of the first row shown; 0 when there is none. */
	from: number
	to: number
	total: number
	page: number
	pages: number
	ordinals: number[]
}

/** The page of the table that `?order=…&county=…&page=…` asks for. Missing values come last in either order. */
export function readTablePage(view: MapView, query: URLSearchParams): TablePage {
	const order = ORDERS.find((name) => name === query.get('order')) ?? 'highest'
	const county = query.get('county') ?? ''
	const chosen = view.geography.regional.filter((ordinal) => !county || view.geography.places[ordinal]!.countyGeoid === county)
	const { estimates } = view.series
	const sign = order === 'lowest' ? 1 : -1
	if (order !== 'place') {
		const valued = (ordinal: number) => (Number.isNaN(estimates[ordinal]!) ? Infinity : sign * estimates[ordinal]!)
		chosen.sort((a, b) => valued(a) - valued(b) || a - b)
	}
	const pages = Math.max(1, Math.ceil(chosen.length / PAGE_SIZE))
	const page = Math.min(pages, Math.max(1, Number.parseInt(query.get('page') ?? '1', 10) || 1))
	const ordinals = chosen.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
	const from = ordinals.length > 0 ? (page - 1) * PAGE_SIZE + 1 : 0
	return { order, county, from, to: from + Math.max(0, ordinals.length - 1), total: chosen.length, page, pages, ordinals }
}
