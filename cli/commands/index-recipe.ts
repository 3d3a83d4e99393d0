import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { computeIndex, planRecipe, stateOfKey, type IndexResult, type Recipe } from '@throughline/stats'
import { readRecipeFile } from '#atlas'
import { findPresetText, listPresetNames, listPresets } from '#atlas/server'
import { Refusal } from '#database'
import type { Command } from '../command.ts'
import { noticesOf } from '../index-receipt.ts'
import { openIndexTable, type IndexTableFile } from '../index-table.ts'
import { progressLine } from '../progress-line.ts'
import { readReference, type Reference } from '../reference-option.ts'
import { sentence } from '../sentence.ts'
import { systemReason } from '../system-reason.ts'
import { writeIndexTable } from '../write-index-table.ts'

const OPTIONS = {
	table: { type: 'string' },
	key: { type: 'string' },
	out: { type: 'string' },
	reference: { type: 'string' },
	region: { type: 'string' },
	list: { type: 'boolean' },
	describe: { type: 'string' },
} as const

export const indexCommand: Command = {
	name: 'index',
	async run(args) {
		const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true })
		if (values.list) return printPresets()
		if (values.describe !== undefined) return describe(values.describe)
		const [name, extra] = positionals
		if (name === undefined) throw new Refusal('index_recipe_not_named', { presets: listPresetNames().join(', ') })
		if (extra !== undefined) throw new Refusal('index_too_many_names', { extra })
		const recipe = openRecipe(name)
		if (!recipe) return 1
		await runRecipe(recipe, { table: needed(values.table, 'table'), key: needed(values.key, 'key'), out: needed(values.out, 'out') }, values)
		return 0
	},
}

async function runRecipe(recipe: Recipe, files: { table: string; key: string; out: string }, options: { reference?: string; region?: string }): Promise<void> {
	const progress = progressLine()
	try {
		const reference = readReference(options.reference, options.region, recipe.reference)
		if (resolve(files.out) === resolve(files.table)) throw new Refusal('index_out_is_table', { file: files.out })
		const table = await openIndexTable(files.table, files.key, (columns) => {
			const plan = planRecipe(recipe, columns)
			if (plan.missing.length > 0) throw missingInputs(recipe, files.table, plan.missing)
			return plan.inputs
		}, (rows) => progress.show(sentence('index_progress_reading', { file: files.table, rows })), recipe.missingCode)
		checkReference(reference, table, files)
		progress.show(sentence('index_progress_computing', { recipe: recipe.name, rows: table.keys.length }))
		const result = computeIndex(recipe, table, { reference })
		await writeIndexTable(files.out, files.key, table.keys, result.columns, recipe.missingCode, (rows) => progress.show(sentence('index_progress_writing', { file: files.out, rows })))
		progress.clear()
		report(recipe, table, result, files.out)
	} finally {
		progress.clear()
	}
}

/** The recipe of a file, or of a preset when no such file is named. Problems of a file are printed, each as its sentence. */
function openRecipe(name: string): Recipe | undefined {
	const isFile = /\.ya?ml$|[\\/]/i.test(name)
	const text = isFile ? readText(name) : findPresetText(name)
	if (text === undefined) throw new Refusal('index_preset_unknown', { name, presets: listPresetNames().join(', ') })
	const { recipe, problems } = readRecipeFile(text, isFile ? name : `${name}.yml`)
	for (const { code, parameters } of problems) console.error(sentence(`error_${code}`, parameters))
	return recipe
}

function readText(file: string): string {
	try {
		return readFileSync(file, 'utf8')
	} catch (cause) {
		throw new Refusal('index_file_unreadable', { file, reason: systemReason(cause) }, { cause })
	}
}

function needed(value: string | undefined, option: string): string {
	if (value) return value
	throw new Refusal('index_option_missing', { option: `--${option}` })
}

function missingInputs(recipe: Recipe, file: string, missing: { column: string; alternatives: string[][] }[]): Refusal {
	const names = missing.map(({ column, alternatives }) => {
		const others = alternatives.filter((list) => list.length > 0 && !list.includes(column)).map((list) => list.join(' + '))
		return others.length > 0 ? `${column} (${sentence('index_or_instead', { columns: others[0]! })})` : column
	})
	return new Refusal('index_columns_missing', { recipe: recipe.name, file, columns: names.join(', ') })
}

function checkReference(reference: Reference, table: IndexTableFile, files: { table: string; key: string }): void {
	if (reference === 'all') return
	if (reference === 'state') {
		const at = table.keys.findIndex((key) => stateOfKey(key) === undefined)
		if (at >= 0) throw new Refusal('index_key_without_state', { file: files.table, row: table.rowOfIndex(at), column: files.key, value: table.keys[at]! })
		return
	}
	if (!table.keys.some((key) => reference.has(key))) throw new Refusal('index_reference_matches_nothing', { file: files.table, column: files.key })
}

function report(recipe: Recipe, table: IndexTableFile, result: IndexResult, out: string): void {
	for (const column of result.notExcluded) console.error(sentence('index_notice_not_excluded', { recipe: recipe.name, column }))
	for (const { column } of planRecipe(recipe, [...table.columns.keys()]).derive.filter(({ kind }) => kind === 'tie-break')) {
		console.error(sentence('index_notice_approximate', { column }))
	}
	for (const notice of noticesOf(recipe, table, result)) console.error(notice)
	const excluded = result.excluded.reduce((sum, one) => sum + one, 0)
	console.log(sentence('index_done', { recipe: recipe.name, places: table.keys.length, columns: result.columns.length, excluded, file: out }))
}

function printPresets(): number {
	const presets = listPresets()
	const width = Math.max(...presets.map(({ name }) => name.length)) + 2
	for (const { name, summary } of presets) console.log(`${name.padEnd(width)}${summary}`)
	return 0
}

function describe(name: string): number {
	const text = findPresetText(name)
	if (text === undefined) throw new Refusal('index_preset_unknown', { name, presets: listPresetNames().join(', ') })
	process.stdout.write(text)
	return 0
}
