import { computeIndex, readRecipe, type Recipe } from '@throughline/stats'
import { stringify } from 'yaml'
import type { Direction } from './domains.ts'

/** How measures are brought to one scale, as the builder offers it; each stands for a normalisation of the recipe language. */
export const SCALES = ['percentile-svi', 'percentile-cejst', 'percentile-dplyr', 'z-score', 'min-max', 'standard-deviation-classes', 'rank'] as const
export type Scale = (typeof SCALES)[number]

export const PUT_TOGETHER = ['mean', 'sum', 'geometric'] as const

/** The heaviest weight that the builder offers; a recipe's text may go further. */
export const HEAVIEST = 10

export interface DraftMember {
	indicator: string
	/** 0 to `HEAVIEST`; a member of weight 0 counts for nothing and stays in view. */
	weight: number
	/** `more`: a higher value means more need. */
	direction: 'more' | 'less'
}

/** An index as the builder's page holds it; its query is the address of the page. */
export interface IndexDraft {
	title: string
	members: DraftMember[]
	scale: Scale
	together: (typeof PUT_TOGETHER)[number]
	/** Whether each domain is put together first, so that a domain with many measures counts no more than one with few. */
	byDomain: boolean
	/** Places with at most so many people are left out of every ranking. */
	leaveOutPeople: number
	/** Measures that must be known for a place to get a score; 0: all. */
	minimumPresent: number
}

/** What the builder knows of a measure. */
export interface DraftIndicator {
	key: string
	domain: string
	direction: Direction
	name: string
}

/** Which way a measure counts when nobody said: what is better counts against need. */
export function usualDirection(direction: Direction): 'more' | 'less' {
	return direction === 'higher_is_better' ? 'less' : 'more'
}

const whole = (text: string | null, from: number, to: number, otherwise: number) => {
	const value = Number(text ?? NaN)
	return Number.isFinite(value) && text !== '' ? Math.min(to, Math.max(from, value)) : otherwise
}

/** The draft that an address describes. What it names and the region does not have is left out; the caller may say so. */
export function readDraft(query: URLSearchParams, indicators: readonly DraftIndicator[]): IndexDraft {
	const known = new Map(indicators.map((indicator) => [indicator.key, indicator]))
	const members = [...new Set(query.getAll('use'))].flatMap((key): DraftMember[] => {
		const indicator = known.get(key)
		if (!indicator) return []
		const asked = query.get(`d-${key}`)
		return [{ indicator: key, weight: whole(query.get(`w-${key}`), 0, HEAVIEST, 1), direction: asked === 'more' || asked === 'less' ? asked : usualDirection(indicator.direction) }]
	})
	return {
		title: (query.get('title') ?? '').slice(0, 120),
		members,
		scale: SCALES.find((scale) => scale === query.get('scale')) ?? 'percentile-svi',
		together: PUT_TOGETHER.find((way) => way === query.get('together')) ?? 'mean',
		byDomain: query.get('domains') === 'first',
		leaveOutPeople: Math.round(whole(query.get('people'), 0, 1e6, 0)),
		minimumPresent: Math.round(whole(query.get('known'), 0, 100, 0)),
	}
}

/** The query that `readDraft` reads back to the same draft. */
export function draftQuery(draft: IndexDraft): string {
	const query = new URLSearchParams()
	if (draft.title) query.set('title', draft.title)
	for (const { indicator, weight, direction } of draft.members) {
		query.append('use', indicator)
		if (weight !== 1) query.set(`w-${indicator}`, String(weight))
		query.set(`d-${indicator}`, direction)
	}
	query.set('scale', draft.scale)
	query.set('together', draft.together)
	if (draft.byDomain) query.set('domains', 'first')
	if (draft.leaveOutPeople > 0) query.set('people', String(draft.leaveOutPeople))
	if (draft.minimumPresent > 0) query.set('known', String(draft.minimumPresent))
	return query.toString()
}

/** The draft in the recipe language, as the object that YAML holds. Weights of 0 are left out. */
function recipeObject(draft: IndexDraft, indicators: readonly DraftIndicator[], name: string): Record<string, unknown> {
	const known = new Map(indicators.map((indicator) => [indicator.key, indicator]))
	const counted = draft.members.filter(({ weight }) => weight > 0)
	const domains = [...new Set(counted.map(({ indicator }) => known.get(indicator)?.domain ?? 'other'))]
	const percentile = /^percentile-(.+)$/.exec(draft.scale)
	return {
		name,
		title: draft.title.trim() || name,
		reference: 'all',
		...(draft.minimumPresent > 0 && { missing: { 'minimum-present': draft.minimumPresent } }),
		...(draft.leaveOutPeople > 0 && { exclude: [{ column: 'population', 'at-most': draft.leaveOutPeople, optional: true }] }),
		normalise: percentile ? { method: 'percentile', rule: percentile[1] } : { method: draft.scale },
		indicators: counted.map(({ indicator, weight, direction }) => ({ id: indicator, label: known.get(indicator)?.name ?? indicator, column: indicator, direction, weight })),
		...(draft.byDomain && {
			themes: domains.map((domain) => ({ id: `domain-${domain}`, members: counted.filter(({ indicator }) => (known.get(indicator)?.domain ?? 'other') === domain).map(({ indicator }) => indicator), aggregate: draft.together })),
		}),
		total: { id: 'TOTAL', aggregate: draft.together, output: 'SCORE', rank: { output: 'RANK', rule: percentile?.[1] ?? 'svi', decimals: 4 } },
	}
}

/** The recipe of a draft, or undefined while nothing counts in it. */
export function recipeOfDraft(draft: IndexDraft, indicators: readonly DraftIndicator[], name = 'own-index'): Recipe | undefined {
	return draft.members.some(({ weight }) => weight > 0) ? readRecipe(recipeObject(draft, indicators, name)).recipe : undefined
}

/** The draft as the text of a recipe file, which `./throughline index` computes on any table too. */
export function yamlOfDraft(draft: IndexDraft, indicators: readonly DraftIndicator[], name = 'own-index'): string {
	return stringify(recipeObject(draft, indicators, name), { lineWidth: 0 })
}

export interface ScoredIndex {
	/** In the order of the keys; NaN where a place has none. */
	scores: Float64Array
	/** Percentile rank of the score among the places, 0 to 1. */
	ranks: Float64Array
	/** Normalised values by the recipe's ids: what each measure adds before weights. */
	parts: Map<string, Float64Array>
}

/** Computes a recipe over columns. Undefined when it has no total, or when an input column is missing. */
export function scoreIndex(recipe: Recipe, keys: readonly string[], columns: ReadonlyMap<string, Float64Array>): ScoredIndex | undefined {
	const result = computeIndex(recipe, { keys, columns }, { reference: 'all' })
	const numbers = new Map(result.columns.flatMap((column) => (column.kind === 'number' ? [[column.name, column.values] as const] : [])))
	const scores = recipe.total && numbers.get(recipe.total.output)
	if (!scores) return undefined
	const ranks = recipe.total?.rank ? numbers.get(recipe.total.rank.output)! : scores
	return { scores, ranks, parts: new Map(recipe.indicators.map(({ id, output }) => [id, numbers.get(output)!])) }
}
