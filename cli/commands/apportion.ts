import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { crosswalkByArea, crosswalkByPeople, describeCrosswalk, labelPoint, layerKeys, parseNumber, type Crosswalk, type PolygonLayer } from '@throughline/geo'
import { ALLOCATE_RULES, apportionCounts, apportionRates, decodeAcsNumber, type AllocateRule, type Apportioned, type ApportionOptions, type IndexColumn, type SourceValues } from '@throughline/stats'
import { Refusal } from '#database'
import { planColumns, type ApportionColumns, type CountColumn } from '../apportion-columns.ts'
import type { Command } from '../command.ts'
import { openIndexTable, type IndexTableFile } from '../index-table.ts'
import { readLayerFile } from '../layer-file.ts'
import { overlayInThreads } from '../overlay-threads.ts'
import { progressLine, type ProgressLine } from '../progress-line.ts'
import { sentence } from '../sentence.ts'
import { writeIndexTable } from '../write-index-table.ts'

const OPTIONS = {
	source: { type: 'string' },
	target: { type: 'string' },
	table: { type: 'string' },
	counts: { type: 'string' },
	rates: { type: 'string' },
	margins: { type: 'string' },
	out: { type: 'string' },
	'source-key': { type: 'string', default: 'GEOID' },
	'target-key': { type: 'string', default: 'GEOID' },
	key: { type: 'string', default: 'GEOID' },
	weights: { type: 'string' },
	population: { type: 'string' },
	allocate: { type: 'string' },
	'min-coverage': { type: 'string' },
} as const

/** Layers of two publishers never meet exactly: slivers of missing neighbours up to this share of a target are let pass. */
const SLIVER_SHARE = 0.01
const DECIMALS = 6

interface Files {
	source: string
	target: string
	table: string
	out: string
}

type Options = Partial<Record<keyof typeof OPTIONS, string>>

export const apportionCommand: Command = {
	name: 'apportion',
	async run(args) {
		const { values } = parseArgs({ args, options: OPTIONS }) as { values: Options }
		const files = { source: needed(values, 'source'), target: needed(values, 'target'), table: needed(values, 'table'), out: needed(values, 'out') }
		const rules = rulesOf(values)
		for (const input of [files.source, files.target, files.table, values.weights]) {
			if (input !== undefined && resolve(files.out) === resolve(input)) throw new Refusal('apportion_out_is_input', { file: files.out })
		}
		const progress = progressLine()
		try {
			await apportion(files, values, rules, progress)
		} finally {
			progress.clear()
		}
		return 0
	},
}

async function apportion(files: Files, options: Options, rules: ApportionOptions, progress: ProgressLine): Promise<void> {
	let asked: ApportionColumns
	const table = await openIndexTable(files.table, options.key!, (columns) => {
		asked = planColumns(options, columns)
		const alone = asked.rates.find(({ universe }) => !universe)
		if (alone) throw new Refusal('rate_without_universe', { column: alone.column })
		return asked.inputs
	}, (rows) => progress.show(sentence('index_progress_reading', { file: files.table, rows })))
	const [source, target] = [await readLayerFile(files.source), await readLayerFile(files.target)]
	const [sourceKeys, targetKeys] = [layerKeys(source, options['source-key']!, files.source), layerKeys(target, options['target-key']!, files.target)]
	const inSourceOrder = joinTable(table, sourceKeys, files, options)
	const crosswalk = await makeCrosswalk(source, target, files, options, progress)
	const columns = apportionAll(asked!, inSourceOrder, crosswalk, rules)
	await writeIndexTable(files.out, options['target-key']!, targetKeys, columns, undefined, (rows) => progress.show(sentence('index_progress_writing', { file: files.out, rows })))
	progress.clear()
	report(asked!, inSourceOrder, columns, crosswalk, files)
}

/** Reads a column of the table in the order of the source features; NaN for features without a row. Says which rows fit no feature. */
function joinTable(table: IndexTableFile, sourceKeys: string[], files: Files, options: Options): (column: string, role: 'estimate' | 'margin') => Float64Array {
	const rowOf = new Map(table.keys.map((key, row) => [key, row]))
	const matched = sourceKeys.filter((key) => rowOf.has(key)).length
	if (matched === 0) {
		throw new Refusal('apportion_keys_differ', { file: files.table, column: options.key!, value: table.keys[0]!, layer: files.source, property: options['source-key']!, key: sourceKeys[0]! })
	}
	if (matched < table.keys.length) console.error(sentence('apportion_notice_rows', { count: table.keys.length - matched, file: files.table, layer: files.source }))
	if (matched < sourceKeys.length) console.error(sentence('apportion_notice_features', { count: sourceKeys.length - matched, file: files.table, layer: files.source }))
	return (column, role) => Float64Array.from(sourceKeys, (key) => decodeAcsNumber(table.columns.get(column)![rowOf.get(key) ?? -1] ?? NaN, role).value)
}

async function makeCrosswalk(source: PolygonLayer, target: PolygonLayer, files: Files, options: Options, progress: ProgressLine): Promise<Crosswalk> {
	const areas = await overlayInThreads(source, target, (share) => progress.show(sentence('apportion_progress_overlay', { percent: Math.floor(100 * share) })))
	if (areas.sources.length === 0) throw new Refusal('apportion_layers_apart', { source: files.source, target: files.target })
	const byArea = crosswalkByArea(areas, { source: files.source, target: files.target })
	if (options.weights === undefined) return byArea
	const blocks = await readLayerFile(options.weights)
	return crosswalkByPeople(byArea, source, target, peopleOf(blocks, options.weights, needed(options, 'population')))
}

/** Where the people of finer areas are: at the middle of each. */
function peopleOf(blocks: PolygonLayer, file: string, column: string): { coordinates: Float64Array; people: Float64Array } {
	const values = blocks.properties.get(column)
	if (!values) throw new Refusal('column_missing', { file, column, available: [...blocks.properties.keys()].slice(0, 40).join(', ') })
	const points = { coordinates: new Float64Array(2 * blocks.featureCount), people: new Float64Array(blocks.featureCount) }
	for (let block = 0; block < blocks.featureCount; block++) {
		const people = values[block] === null ? NaN : parseNumber(String(values[block])) ?? NaN
		if (!(people >= 0)) throw new Refusal('apportion_population_missing', { file, column, feature: block + 1 })
		points.people[block] = people
		if (people > 0) points.coordinates.set(labelPoint(blocks, block), 2 * block)
	}
	return points
}

function apportionAll({ counts, rates }: ApportionColumns, read: (column: string, role: 'estimate' | 'margin') => Float64Array, crosswalk: Crosswalk, rules: ApportionOptions): IndexColumn[] {
	const valuesOf = ({ column, margin }: CountColumn): SourceValues => ({ values: read(column, 'estimate'), margins: margin === undefined ? undefined : read(margin, 'margin') })
	const results: [string, Apportioned][] = [
		...counts.map((count): [string, Apportioned] => [count.column, apportionCounts(crosswalk, valuesOf(count), rules)]),
		...rates.map((rate): [string, Apportioned] => [rate.column, apportionRates(crosswalk, rate.column, valuesOf(rate), rate.universe && valuesOf(rate.universe), rules)]),
	]
	const coverage = results[0]![1].coverage.map((_, place) => Math.min(...results.map(([, result]) => result.coverage[place]!)))
	const numbers = (name: string, values: Float64Array): IndexColumn => ({ name, kind: 'number', role: 'derived', values: values.map(rounded) })
	return [...results.flatMap(([name, { values, margins }]) => [numbers(name, values), ...(margins ? [numbers(`${name}_moe`, margins)] : [])]), numbers('coverage', coverage)]
}

function rounded(value: number): number {
	const factor = 10 ** DECIMALS
	return Math.abs(value) < 1e9 ? Math.round(value * factor) / factor : value
}

function report({ counts }: ApportionColumns, read: (column: string, role: 'estimate') => Float64Array, columns: IndexColumn[], crosswalk: Crosswalk, files: Files): void {
	const total = (values: ArrayLike<number>) => Math.round(Array.from(values).reduce((sum, value) => (value === value ? sum + value : sum), 0))
	for (const { column } of counts) {
		const given = columns.find(({ name }) => name === column)!.values as Float64Array
		console.log(sentence('apportion_total', { column, given: total(given), whole: total(read(column, 'estimate')), empty: given.filter(Number.isNaN).length }))
	}
	const percent = (share: number) => (100 * share).toFixed(2)
	const { unmatchedSourceShare, unmatchedTargetShare, basis } = describeCrosswalk(crosswalk)
	console.log(sentence(`apportion_done_${basis}`, {
		source: files.source, sources: crosswalk.sourceCount, target: files.target, targets: crosswalk.targetCount, file: files.out,
		sourceOutside: percent(unmatchedSourceShare), targetOutside: percent(unmatchedTargetShare),
	}))
}

function rulesOf(options: Options): ApportionOptions {
	const allocate = options.allocate ?? ALLOCATE_RULES[0]
	if (!(ALLOCATE_RULES as readonly string[]).includes(allocate)) throw new Refusal('apportion_rule_unknown', { value: allocate, choices: ALLOCATE_RULES.join(', ') })
	const text = options['min-coverage']
	if (text === undefined) return { allocate: allocate as AllocateRule, maxMissingShare: SLIVER_SHARE }
	const share = Number(text)
	if (!(share >= 0 && share <= 1) || text.trim() === '') throw new Refusal('apportion_share_invalid', { value: text })
	return { allocate: allocate as AllocateRule, maxMissingShare: 1 - share, minCoverage: share }
}

function needed(options: Options, name: keyof Options): string {
	const value = options[name]
	if (value) return value
	throw new Refusal('apportion_option_missing', { option: `--${name}` })
}
