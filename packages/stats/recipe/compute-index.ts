import { aggregateMembers, countMissing, sumFlags } from './aggregate.ts'
import { applyThresholds } from './apply-thresholds.ts'
import { RecipeColumns, deriveColumn } from './derive.ts'
import { roundColumn } from '../rounding.ts'
import { normaliseIndicator, rankComposite } from './normalise-indicator.ts'
import { planRecipe, type MissingInput } from './plan.ts'
import { groupByKeys, groupByState, type ReferenceGroups } from './reference-groups.ts'
import type { Composite, Condition, Recipe } from './types.ts'

/** A table of places: one key per row and columns of numbers, NaN = missing. ACS jam values may still be in. */
export interface IndexTable {
	keys: readonly string[]
	columns: ReadonlyMap<string, Float64Array>
}

export interface IndexOptions {
	/** Overrides the recipe: all rows, each state by itself, or the places of a list. */
	reference?: 'all' | 'state' | { has(key: string): boolean }
	/** Called with the name of each column as it is done. */
	onColumn?: (name: string) => void
}

export type IndexColumn =
	| { name: string; kind: 'number'; role: 'derived' | 'normalised' | 'score' | 'rank' | 'flag' | 'count'; values: Float64Array; decimals?: number }
	| { name: string; kind: 'text'; role: 'reasons'; values: string[] }

export interface IndexResult {
	/** Columns in the order they are printed; none when inputs are missing. */
	columns: IndexColumn[]
	missing: MissingInput[]
	/** Columns of optional exclusions that the table does not have. */
	notExcluded: string[]
	/** Rows left out of every ranking, by an exclusion or because they stand outside the reference set. */
	excluded: Uint8Array
	groups: ReferenceGroups
}

/**
 * Computes an index: derived columns, normalised indicators, themes with ranks and flags, total, threshold rule. A table that lacks
 * an input gets no column at all and the names of what is missing. Pure; linear in rows but for one sort per ranked column.
 * Errors: RangeError when a column's length differs from the keys or a key names no state while states are the reference.
 */
export function computeIndex(recipe: Recipe, table: IndexTable, options: IndexOptions = {}): IndexResult {
	const rowCount = table.keys.length
	for (const [name, values] of table.columns) if (values.length !== rowCount) throw new RangeError(`column ${name} has ${values.length} rows, not ${rowCount}`)
	const groups = referenceGroups(recipe, table.keys, options.reference)
	const plan = planRecipe(recipe, [...table.columns.keys()])
	const { missing, notExcluded } = plan
	if (missing.length > 0) return { columns: [], missing, notExcluded, excluded: new Uint8Array(rowCount), groups }
	const run = new IndexRun(recipe, new RecipeColumns(table.columns, rowCount), groups, options.onColumn)
	for (const derivation of plan.derive) run.derive(derivation)
	run.exclude()
	run.scoreIndicators()
	for (const theme of recipe.themes) run.scoreComposite(theme)
	if (recipe.total) run.scoreComposite(recipe.total)
	run.countFlags()
	run.testThresholds()
	return { columns: run.output, missing, notExcluded, excluded: run.excluded, groups }
}

function referenceGroups(recipe: Recipe, keys: readonly string[], wanted: IndexOptions['reference']): ReferenceGroups {
	if (typeof wanted === 'object') return groupByKeys(keys, wanted)
	const reference = wanted ?? recipe.reference
	if (reference === 'region') throw new RangeError('the reference set is the region: give the keys of its places')
	const groups = reference === 'state' ? groupByState(keys) : groupByKeys(keys)
	if (groups.keyWithoutState) throw new RangeError(`the key ${groups.keyWithoutState.key} names no state`)
	return groups
}

/** 1 where the value is at least the threshold, 0 below it, missing where it is missing. */
function flagsOf(values: Float64Array, atLeast: number): Float64Array {
	const flags = new Float64Array(values.length)
	for (let row = 0; row < values.length; row++) flags[row] = values[row]! >= atLeast ? 1 : values[row]! < atLeast ? 0 : NaN
	return flags
}

class IndexRun {
	readonly output: IndexColumn[] = []
	readonly excluded: Uint8Array
	private anyExcluded = false
	private readonly recipe: Recipe
	private readonly columns: RecipeColumns
	private readonly groups: ReferenceGroups
	private readonly onColumn: ((name: string) => void) | undefined
	private readonly scores = new Map<string, { values: Float64Array; weight: number }>()
	private readonly flags = new Map<string, Float64Array>()

	constructor(recipe: Recipe, columns: RecipeColumns, groups: ReferenceGroups, onColumn?: (name: string) => void) {
		this.recipe = recipe
		this.columns = columns
		this.groups = { ...groups, groupOfRow: groups.groupOfRow.slice() }
		this.excluded = new Uint8Array(columns.rowCount)
		this.onColumn = onColumn
	}

	derive(derivation: Parameters<typeof deriveColumn>[0]): void {
		const values = deriveColumn(derivation, this.columns)
		this.columns.set(derivation.column, values)
		this.write(derivation.column, 'derived', values, 'decimals' in derivation ? derivation.decimals : undefined)
	}

	/** Rows that an exclusion names belong to no group from here on. */
	exclude(): void {
		const { groupOfRow } = this.groups
		for (const { column, equals, atMost } of this.recipe.exclude) {
			const values = this.columns.find(column)
			if (!values) continue
			for (let row = 0; row < groupOfRow.length; row++) if (values[row] === equals || values[row]! <= (atMost ?? -Infinity)) groupOfRow[row] = -1
		}
		for (let row = 0; row < groupOfRow.length; row++) this.excluded[row] = groupOfRow[row]! < 0 ? 1 : 0
		this.anyExcluded = this.excluded.includes(1)
	}

	scoreIndicators(): void {
		for (const indicator of this.recipe.indicators) {
			const values = normaliseIndicator(this.masked(roundColumn(this.columns.get(indicator.column), indicator.round)), indicator, this.groups)
			this.scores.set(indicator.id, { values, weight: indicator.weight })
			this.write(indicator.output, 'normalised', values, indicator.normalise.decimals)
			if (indicator.flag) {
				const { atLeast } = indicator.flag
				this.flags.set(indicator.id, flagsOf(values, atLeast))
			}
		}
	}

	scoreComposite(composite: Composite): void {
		const members = composite.members.map((id) => this.scores.get(id)!)
		const size = this.columns.rowCount
		const values = this.masked(aggregateMembers(members, composite, size, this.recipe.minimumPresent))
		this.scores.set(composite.id, { values, weight: composite.weight })
		this.write(composite.output, 'score', values, composite.decimals)
		if (composite.rank) this.write(composite.rank.output, 'rank', rankComposite(values, composite.rank, this.groups), composite.rank.decimals)
		if (composite.missing) this.write(composite.missing, 'count', this.masked(countMissing(members.map((member) => member.values), size)), 0)
	}

	/** Flags stand behind the scores, as in the tables of CDC: those of a theme, then their count; the total's count last. */
	countFlags(): void {
		const indicators = new Map(this.recipe.indicators.map((indicator) => [indicator.id, indicator]))
		const flaggedOf = (ids: string[]): string[] => ids.flatMap((id) => (indicators.has(id) ? (this.flags.has(id) ? [id] : []) : flaggedOf(this.recipe.themes.find((theme) => theme.id === id)!.members)))
		const written = new Set<string>()
		const writeFlags = (ids: string[]) => ids.filter((id) => !written.has(id)).forEach((id) => {
			written.add(id)
			this.write(indicators.get(id)!.flag!.output, 'flag', this.flags.get(id)!, 0)
		})
		for (const composite of [...this.recipe.themes, ...(this.recipe.total ? [this.recipe.total] : [])]) {
			const ids = flaggedOf(composite.members)
			writeFlags(ids)
			if (composite.flags) this.write(composite.flags, 'count', this.masked(sumFlags(ids.map((id) => this.flags.get(id)!), this.columns.rowCount)), 0)
		}
		writeFlags([...this.flags.keys()])
	}

	testThresholds(): void {
		const rule = this.recipe.thresholds
		if (!rule) return
		const valuesOf = ({ indicator, column }: Condition) => (indicator === undefined ? this.columns.get(column!) : this.scores.get(indicator)!.values)
		const result = applyThresholds(rule, valuesOf, this.excluded.map((excluded) => 1 - excluded))
		rule.categories.forEach(({ output }, index) => this.write(output, 'flag', result.categories[index]!, 0))
		this.write(rule.output, 'flag', result.flag, 0)
		this.write(rule.count, 'count', result.count, 0)
		this.write(rule.unknown, 'count', result.unknown, 0)
		this.output.push({ name: rule.reasons, kind: 'text', role: 'reasons', values: result.reasons })
	}

	private masked(values: Float64Array): Float64Array {
		if (!this.anyExcluded) return values
		const result = values.slice()
		for (let row = 0; row < result.length; row++) if (this.excluded[row]) result[row] = NaN
		return result
	}

	private write(name: string, role: Exclude<IndexColumn['role'], 'reasons'>, values: Float64Array, decimals?: number): void {
		this.output.push({ name, kind: 'number', role, values, decimals })
		this.onColumn?.(name)
	}
}
