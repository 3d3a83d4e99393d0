import { AGREEMENTS, compareIndices } from '#atlas'
import { findIndicator, findOwnIndex, listIndicators, listOwnIndices, readIndexTable, readSeries } from '#atlas/server'
import { inLanguage } from '#lib/localized.ts'
import { getSavedView } from './index-view.ts'

/** An index that can be compared: one of the region's (`region:<key>`) or one that somebody saved (`own:<id>`). */
interface ScoresOf {
	name: string
	scores: Float64Array
	parts: Map<string, Float64Array>
	names: Record<string, string>
}

async function scoresOf(locals: App.Locals, key: string): Promise<ScoresOf | undefined> {
	const [kind, id] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)]
	if (kind === 'own') {
		const found = await findOwnIndex(locals.database, id)
		const view = found && (await getSavedView(locals, found.index))
		return view?.scored && { name: found!.index.title, scores: view.scored.scores, parts: view.scored.parts, names: Object.fromEntries(view.indicators.map(({ key: indicator, name }) => [indicator, name])) }
	}
	const found = await findIndicator(locals.database, id)
	const head = found?.series.find(({ geography }) => geography === locals.region!.mainGeography)
	if (!found || !head) return undefined
	const [[series], { ordinals }] = await Promise.all([readSeries(locals.database, [head]), readIndexTable(locals.database, head.geography)])
	return { name: inLanguage(found.indicator.name), scores: Float64Array.from(ordinals, (ordinal) => series!.estimates[ordinal]!), parts: new Map(), names: {} }
}

/** Every index that can be chosen, with its name. */
export async function listComparable(locals: App.Locals): Promise<{ key: string; name: string }[]> {
	const [listed, own] = await Promise.all([listIndicators(locals.database), listOwnIndices(locals.database)])
	const region = listed.filter(({ indicator }) => indicator.domain === 'index').map(({ indicator }) => ({ key: `region:${indicator.key}`, name: inLanguage(indicator.name) }))
	return [...own.map(({ id, title }) => ({ key: `own:${id}`, name: title })), ...region]
}

/** What lifts a place in an index: its two highest normalised measures. */
function reasonsAt({ parts, names }: ScoresOf, row: number): string[] {
	return [...parts].filter(([, values]) => !Number.isNaN(values[row]!)).sort(([, a], [, b]) => b[row]! - a[row]!).slice(0, 2).map(([key]) => names[key] ?? key)
}

const WIDEST = 10

/** Two indices over the region's places; undefined while either is not chosen or unknown. */
export async function getComparison(locals: App.Locals, a: string, b: string) {
	const [first, second] = await Promise.all([scoresOf(locals, a), scoresOf(locals, b)])
	if (!first || !second) return undefined
	const { geography, ordinals } = await readIndexTable(locals.database, locals.region!.mainGeography)
	const result = compareIndices(first.scores, second.scores)
	const widest = result.widest.slice(0, WIDEST).filter((row) => result.shift[row] !== 0).map((row) => {
		const { geoid, name, countyName } = geography.places[ordinals[row]!]!
		return { geoid, name, county: countyName, shift: result.shift[row]!, first: reasonsAt(first, row), second: reasonsAt(second, row) }
	})
	const counts = Object.fromEntries(AGREEMENTS.map((key, i) => [key, result.counts[i]!])) as Record<(typeof AGREEMENTS)[number], number>
	const agreementOf = new Map(ordinals.map((ordinal, row) => [ordinal, result.agreement[row]!]))
	return { first: first.name, second: second.name, counts, correlation: result.correlation, widest, geography: geography.key, agreementOf }
}
