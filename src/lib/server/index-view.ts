import { Refusal } from '#database'
import { classifyForMap, type Recipe } from '@throughline/stats'
import { readDraft, recipeOfDraft, scoreIndex, type DraftIndicator, type IndexDraft, type ScoredIndex } from '#atlas'
import { readIndexTable, recipeOfText, type IndexInput, type OwnIndex } from '#atlas/server'
import { inLanguage } from '#lib/localized.ts'

type Table = Awaited<ReturnType<typeof readIndexTable>>

export interface IndexView {
	draft: IndexDraft
	recipe: Recipe | undefined
	indicators: DraftIndicator[]
	table: Table
	scored: ScoredIndex | undefined
}

/** What the builder knows of the region's measures, in the language of the page. */
export function draftIndicators(inputs: readonly IndexInput[]): DraftIndicator[] {
	return inputs.map(({ indicator }) => ({ key: indicator.key, domain: indicator.domain, direction: indicator.direction, name: inLanguage(indicator.name) }))
}

/** The index that a query describes, computed over the region's places. */
export async function getIndexView(locals: App.Locals, query: URLSearchParams): Promise<IndexView> {
	const table = await readIndexTable(locals.database, locals.region!.mainGeography)
	const indicators = draftIndicators(table.inputs)
	const draft = readDraft(query, indicators)
	const recipe = recipeOfDraft(draft, indicators)
	return { draft, recipe, indicators, table, scored: recipe && scoreIndex(recipe, table.keys, table.columns) }
}

/** The index that a text describes. Errors: those of `recipeOfText`. */
export async function getTextView(locals: App.Locals, yaml: string): Promise<IndexView> {
	const table = await readIndexTable(locals.database, locals.region!.mainGeography)
	const indicators = draftIndicators(table.inputs)
	const recipe = recipeOfText(yaml, indicators)
	return { draft: readDraft(new URLSearchParams(), indicators), recipe, indicators, table, scored: scoreIndex(recipe, table.keys, table.columns) }
}

/** A saved index as the region's numbers make it today; without scores when a measure that it needs is gone. */
export async function getSavedView(locals: App.Locals, index: OwnIndex): Promise<IndexView> {
	const empty = () => getIndexView(locals, new URLSearchParams())
	return index.draft ? getIndexView(locals, new URLSearchParams(index.draft)) : getTextView(locals, index.yaml).catch((cause) => (cause instanceof Refusal ? empty() : Promise.reject(cause)))
}

export interface TopPlace {
	geoid: string
	name: string
	county: string
	score: number
	rank: number
	/** Normalised value of each measure that counts, by its key; NaN where it is missing. */
	parts: Record<string, number>
}

/** The places with the highest scores, in order. */
export function topPlaces({ table, scored }: IndexView, count: number): TopPlace[] {
	if (!scored) return []
	const rows = [...scored.scores.keys()].filter((row) => !Number.isNaN(scored.scores[row]!)).sort((a, b) => scored.scores[b]! - scored.scores[a]! || a - b)
	return rows.slice(0, count).map((row) => {
		const place = table.geography.places[table.ordinals[row]!]!
		const parts = Object.fromEntries([...scored.parts].map(([key, values]) => [key, values[row]!]))
		return { geoid: place.geoid, name: place.name, county: place.countyName, score: scored.scores[row]!, rank: scored.ranks[row]!, parts }
	})
}

export const INDEX_CLASSES = 5

/** The classes of a score's map: quantiles of the scores. */
export function classesOfScores(scores: Float64Array): { breaks: number[]; minimum: number; counts: number[]; classOf: (row: number) => number } {
	const classes = classifyForMap(scores, 'quantile', INDEX_CLASSES)
	return { breaks: [...classes.breaks], minimum: classes.minimum, counts: [...classes.counts], classOf: (row) => classes.classify(scores[row]!) }
}
