import { readGeoid, type Metric } from './campaign.ts'

/** One reading of a file; rows are counted with the row of column names as the first. */
export interface RateReading {
	row: number
	geoid: string
	day: string
	metric: Metric
	value: number
}
export interface RateFault {
	row: number
	column: string
	code: 'place' | 'day' | 'value' | 'twice' | 'ahead'
	value: string
}
export interface ReadRates {
	readings: RateReading[]
	faults: RateFault[]
	/** Cells without a number: not known, so nothing comes of them. */
	missing: number
	/** Rows of places that are neither tracts nor counties, such as a state. */
	otherLevels: number
}

/** Columns of the Census Bureau's response rates that are cumulative, and a column for a list of one's own. Daily ones (DRRALL) are not kept. */
const VALUE_COLUMNS: readonly (readonly [string, Metric])[] = [['CRRALL', 'response_rate'], ['CRRINT', 'internet_rate'], ['VALUE', 'share']]
/** Cells that say that there is no number; the Bureau's codes for that have nine equal digits below zero. */
const MISSING = /^(|-|null|n\/?a|x|\.|-(\d)\2{8})$/i

type Columns = { geoid: number; state: number; county: number; tract: number; day: number; values: [number, string, Metric][] }

/** Why a table cannot be read as response rates at all: no column of places, of numbers, or of days where none was given. */
export function columnsOfRates(names: readonly string[], day: string): Columns | 'places' | 'values' | 'days' {
	const at = (...wanted: string[]) => names.findIndex((name) => wanted.includes(name.trim().toUpperCase()))
	const columns: Columns = {
		geoid: at('GEO_ID', 'GEOID'), state: at('STATE'), county: at('COUNTY'), tract: at('TRACT'), day: at('RESP_DATE', 'DAY', 'DATE'),
		values: VALUE_COLUMNS.flatMap(([name, metric]): [number, string, Metric][] => (at(name) < 0 ? [] : [[at(name), name, metric]])),
	}
	if (columns.geoid < 0 && (columns.state < 0 || columns.county < 0)) return 'places'
	if (columns.values.length === 0) return 'values'
	return columns.day < 0 && !day ? 'days' : columns
}

/**
 * Reads rows in the form of the Census Bureau's response rates: GEO_ID, or state, county and tract; RESP_DATE, else the day given;
 * CRRALL and CRRINT in percent. A cell without a number is missing and never zero.
 */
export function readResponseRates(columns: Columns, rows: readonly (readonly (string | null)[])[], { day, today }: { day: string; today: string }): ReadRates {
	const read: ReadRates = { readings: [], faults: [], missing: 0, otherLevels: 0 }
	const seen = new Set<string>()
	rows.forEach((cells, i) => {
		const row = i + 2
		const cell = (at: number) => (at < 0 ? '' : String(cells[at] ?? '').trim())
		if (cells.every((_, at) => cell(at) === '')) return
		const place = placeOf(columns, cell)
		if (place === 'other') return void read.otherLevels++
		const fault = (column: string, code: RateFault['code'], value: string) => read.faults.push({ row, column, code, value: value.slice(0, 40) })
		if ('unreadable' in place) return void fault(place.column, 'place', place.unreadable)
		const when = columns.day < 0 || cell(columns.day) === '' ? day : dayOfCell(cell(columns.day))
		if (!when) return void fault('RESP_DATE', 'day', cell(columns.day))
		if (when > today) return void fault('RESP_DATE', 'ahead', when)
		for (const [at, column, metric] of columns.values) readCell({ row, geoid: place.geoid, day: when, metric, column }, cell(at), read, seen)
	})
	return read
}

function readCell({ column, ...where }: Omit<RateReading, 'value'> & { column: string }, text: string, read: ReadRates, seen: Set<string>): void {
	if (MISSING.test(text)) return void read.missing++
	const value = Number(text)
	if (!/^\d+(\.\d+)?$/.test(text) || value > 100) return void read.faults.push({ row: where.row, column, code: 'value', value: text.slice(0, 40) })
	const key = `${where.geoid} ${where.day} ${where.metric}`
	if (seen.has(key)) return void read.faults.push({ row: where.row, column, code: 'twice', value: where.geoid })
	seen.add(key)
	read.readings.push({ ...where, value })
}

function placeOf(columns: Columns, cell: (at: number) => string): { geoid: string } | { unreadable: string; column: string } | 'other' {
	const whole = cell(columns.geoid)
	if (whole) {
		const geoid = readGeoid(whole)
		if (geoid) return { geoid }
		return /^\d{3}[0-9A-Z]{4}US/i.test(whole) && !/^(050|140)/.test(whole) ? 'other' : { unreadable: whole, column: 'GEO_ID' }
	}
	const [state, county, tract] = [cell(columns.state), cell(columns.county), cell(columns.tract)]
	if (state && !county) return 'other'
	const geoid = readGeoid(`${state.padStart(2, '0')}${county.padStart(3, '0')}${tract && tract.padStart(6, '0')}`)
	return geoid ? { geoid } : { unreadable: [state, county, tract].join(' ').trim(), column: 'GEO_ID' }
}

/** 2020-04-22, with or without a time, or 4/22/2020; undefined for no day of the calendar. */
function dayOfCell(text: string): string | undefined {
	const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text)
	const day = american ? `${american[3]}-${american[1]!.padStart(2, '0')}-${american[2]!.padStart(2, '0')}` : (/^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/.exec(text)?.[1] ?? '')
	const time = Date.parse(`${day}T00:00:00Z`)
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day) ? day : undefined
}
