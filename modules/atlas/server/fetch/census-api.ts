import { Refusal } from '#database'

/** Places of one answer: GEOID → the texts of the variables, in the order asked; null becomes an empty text. */
export type Places = Map<string, string[]>

/** One request: the variables it asks for, after NAME. */
export interface DataRequest {
	address: string
	variables: string[]
}

/** The API takes at most 50 variables, NAME included. */
const MOST_VARIABLES = 50
const PARTS = ['E', 'EA', 'M', 'MA']
/** Detailed, subject and profile tables are answered by different parts of the API. */
const DATASETS = [[/^DP/, '/profile'], [/^S/, '/subject'], [/^[BC]/, '']] as const

/** Requests for every stem's estimate, margin and their annotations, for every place of a state; as few as the API allows. */
export function planRequests(base: string, asked: { acs: number; place: 'tract' | 'county'; state: string }, stems: readonly string[]): DataRequest[] {
	return DATASETS.flatMap(([pattern, path]) => {
		const own = stems.filter((stem) => pattern.test(stem))
		const most = Math.floor((MOST_VARIABLES - 1) / PARTS.length)
		return Array.from({ length: Math.ceil(own.length / most) }, (_, i) => {
			const variables = own.slice(i * most, (i + 1) * most).flatMap((stem) => PARTS.map((part) => stem + part))
			return { address: `${base}/${asked.acs}/acs/acs5${path}?get=NAME,${variables.join(',')}&for=${asked.place}:*&in=state:${asked.state}`, variables }
		})
	})
}

/** Reads an answer: a JSON list of lists of texts, the first with the names. Errors: `fetch_answer_unreadable`. */
export function readAnswer(bytes: Buffer, request: DataRequest): { places: Places; names: Map<string, string> } {
	const fail = (reason: string) => new Refusal('fetch_answer_unreadable', { address: request.address, reason })
	let rows: (string | null)[][]
	try {
		rows = JSON.parse(bytes.toString('utf8')) as (string | null)[][]
	} catch {
		throw fail('JSON')
	}
	const header = rows?.[0]
	if (!Array.isArray(header) || !rows.every((row) => Array.isArray(row) && row.length === header.length)) throw fail('rows')
	const columnOf = (name: string) => {
		const index = header.indexOf(name)
		if (index < 0) throw fail(name)
		return index
	}
	const key = [columnOf('state'), columnOf('county'), ...(header.includes('tract') ? [columnOf('tract')] : [])]
	const columns = request.variables.map(columnOf)
	const name = columnOf('NAME')
	const geoidOf = (row: (string | null)[]) => key.map((index) => row[index]).join('')
	const body = rows.slice(1)
	return {
		places: new Map(body.map((row) => [geoidOf(row), columns.map((index) => String(row[index] ?? ''))])),
		names: new Map(body.map((row) => [geoidOf(row), String(row[name] ?? '')])),
	}
}

/**
 * The table of several answers as CSV, a row per place by GEOID, every text as it was answered. Errors: `fetch_places_differ` when two
 * answers are not about the same places.
 */
export function joinAnswers(requests: readonly DataRequest[], answers: readonly Buffer[]): string {
	const read = requests.map((request, i) => readAnswer(answers[i]!, request))
	const geoids = [...read[0]!.places.keys()].sort()
	for (const [i, { places }] of read.entries()) {
		const other = places.size !== geoids.length ? '' : geoids.find((geoid) => !places.has(geoid))
		if (other !== undefined) throw new Refusal('fetch_places_differ', { address: requests[i]!.address, places: places.size, expected: geoids.length })
	}
	const lines = geoids.map((geoid) => [geoid, read[0]!.names.get(geoid)!, ...read.flatMap(({ places }) => places.get(geoid)!)])
	const header = ['GEOID', 'NAME', ...requests.flatMap(({ variables }) => variables)]
	return [header, ...lines].map((line) => line.map(quoted).join(',')).join('\n') + '\n'
}

/** Texts stay as they were answered: this file is read by the loader and not by a spreadsheet. */
function quoted(text: string): string {
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
