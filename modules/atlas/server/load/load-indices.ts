import { createHash } from 'node:crypto'
import { Refusal, type Writer } from '#database'
import { readColumns, readTable } from '@throughline/geo'
import { computeIndex, planRecipe, type IndexResult, type Recipe, type RecipePlan } from '@throughline/stats'
import { findPresetText, getPreset } from '../recipe-presets.ts'
import type { AtlasTables, IndicatorDefinition } from '../tables.ts'
import { loadedGeographies } from './load-region.ts'
import type { GeographyKeys } from './load-table.ts'
import type { ManifestIndex, ManifestSource, Region } from './manifest.ts'
import { encodeColumn, hashColumns } from './number-column.ts'
import { readMeasures } from './read-source-table.ts'
import type { SourceFiles } from './source-files.ts'

/**
 * Computes the manifest's indices from their tables and writes each as an indicator with one series.
 * Errors: `region_index_inputs` names the columns; no score is made without them.
 */
export async function loadIndices(writer: Writer<AtlasTables>, region: Region, files: SourceFiles, now: Date): Promise<void> {
	const geographies = await loadedGeographies(writer)
	for (const [position, index] of region.manifest.indices.entries()) {
		const source = region.manifest.sources.find(({ key }) => key === index.source)!
		const geography = geographies.find(({ key }) => key === source.table!.geography)!
		const recipe = getPreset(index.recipe)
		const { keys, result } = await compute(recipe, index, source, files, region)
		await writeIndicator(writer, region.catalogue.size + position, index, recipe)
		await writeScores(writer, source, geography, index, scoreOf(recipe, result), keys, now)
	}
}

async function compute(recipe: Recipe, index: ManifestIndex, source: ManifestSource, files: SourceFiles, region: Region): Promise<{ keys: string[]; result: IndexResult }> {
	const { keys, columns } = source.table!.measures ? await measuredInputs(recipe, source, files) : await readInputs(recipe, index, source, files)
	requireInputs(recipe, source, [...columns.keys()])
	const inRegion = { has: (key: string) => key.slice(0, 5) in region.manifest.counties }
	return { keys, result: computeIndex(recipe, { keys, columns }, recipe.reference === 'state' ? {} : { reference: inRegion }) }
}

/** The variables as they were answered, from which the recipe derives by its own rules, and measures for what it cannot derive. */
async function measuredInputs(recipe: Recipe, source: ManifestSource, files: SourceFiles): Promise<{ keys: string[]; columns: ReadonlyMap<string, Float64Array> }> {
	const { keys, columns, raw } = await readMeasures(source, files)
	const lacking = planRecipe(recipe, [...raw.keys()]).missing.map(({ column }) => column)
	return { keys, columns: new Map([...raw, ...[...columns].filter(([name]) => lacking.includes(name))]) }
}

/** The recipe's inputs from a published table, under the names the recipe knows. */
async function readInputs(recipe: Recipe, index: ManifestIndex, source: ManifestSource, files: SourceFiles): Promise<{ keys: string[]; columns: ReadonlyMap<string, Float64Array> }> {
	const table = await readTable(files.open(source), { fileName: source.file })
	const renamed = new Map(Object.entries(index.columns))
	const { inputs } = requireInputs(recipe, source, [...table.columns, ...renamed.keys()])
	const own = (name: string) => renamed.get(name) ?? name
	const read = await readColumns(table, { keyColumn: source.table!.key, columns: [...new Set(inputs.map(own))], missing: [...source.table!.missing, ''] })
	return { keys: read.keys, columns: new Map(inputs.map((name) => [name, read.columns.get(own(name))!])) }
}

function requireInputs(recipe: Recipe, source: ManifestSource, columns: string[]): RecipePlan {
	const plan = planRecipe(recipe, columns)
	if (plan.missing.length > 0) {
		throw new Refusal('region_index_inputs', { recipe: recipe.name, file: source.file, columns: plan.missing.map(({ column }) => column).join(', ') })
	}
	return plan
}

/** The column an index is shown by: the total's rank where the recipe ranks it, else its score. */
function scoreOf(recipe: Recipe, result: IndexResult): { values: Float64Array; decimals: number } {
	const name = recipe.total?.rank?.output ?? recipe.total?.output
	const column = result.columns.find((candidate) => candidate.name === name)
	if (column?.kind !== 'number') throw new Refusal('region_index_without_score', { recipe: recipe.name })
	return { values: column.values, decimals: column.decimals ?? 2 }
}

async function writeIndicator(writer: Writer<AtlasTables>, ordinal: number, index: ManifestIndex, recipe: Recipe): Promise<void> {
	const hash = createHash('sha256').update(findPresetText(index.recipe)!).digest('hex')
	const methodPage = recipe.methodology?.replace(/^.*\/(.+)\.md$/, '$1') ?? index.recipe
	const definition: IndicatorDefinition = { group: false, universe: null, recipe: { key: methodPage, hash, referenceSet: recipe.reference } }
	await writer
		.insertInto('atlas_loading.indicator')
		.values({
			key: index.recipe, ordinal, domain: 'index', name: JSON.stringify(index.name), description: JSON.stringify(index.about),
			unit: recipe.total?.rank ? 'rank' : 'score', direction: 'higher_is_worse', universe: null, definition: JSON.stringify(definition),
		})
		.execute()
}

async function writeScores(writer: Writer<AtlasTables>, source: ManifestSource, geography: GeographyKeys, index: ManifestIndex, score: { values: Float64Array; decimals: number }, keys: string[], now: Date): Promise<void> {
	const estimates = new Float64Array(geography.geoids.length).fill(NaN)
	keys.forEach((key, row) => {
		const ordinal = geography.ordinalOf.get(key)
		if (ordinal !== undefined) estimates[ordinal] = score.values[row]!
	})
	await writer
		.insertInto('atlas_loading.series')
		.values({
			indicator: index.recipe, geography: geography.key, vintage: source.vintage, version: 1, source: source.key, kind: 'index', decimals: score.decimals,
			estimates: encodeColumn(estimates), margins: null, numerators: null, numerator_margins: null, universes: null, universe_margins: null,
			content_hash: hashColumns([estimates]), loaded_at: now,
		})
		.execute()
}
