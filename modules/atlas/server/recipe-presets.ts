import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Recipe } from '@throughline/stats'
import { readRecipeFile } from '../recipe-file.ts'

/** Where the presets lie; a bundled server that is moved away from its sources names another folder. */
const FOLDER = join(import.meta.dirname, '..', 'recipes')

/** Names of the presets, in alphabetical order. */
export function listPresetNames(folder = FOLDER): string[] {
	return readdirSync(folder).filter((file) => file.endsWith('.yml')).map((file) => file.slice(0, -4)).sort()
}

/** The YAML text of a preset, or undefined when there is none of that name. */
export function findPresetText(name: string, folder = FOLDER): string | undefined {
	return listPresetNames(folder).includes(name) ? readFileSync(join(folder, `${name}.yml`), 'utf8') : undefined
}

/** A preset as a recipe. Errors: RangeError when there is none of that name or its file has problems (a test sees to that). */
export function getPreset(name: string, folder = FOLDER): Recipe {
	const text = findPresetText(name, folder)
	if (text === undefined) throw new RangeError(`no preset ${name}`)
	const { recipe, problems } = readRecipeFile(text, `${name}.yml`)
	if (!recipe) throw new RangeError(`${name}: ${JSON.stringify(problems)}`)
	return recipe
}

/** Every preset as a recipe. */
export function listPresets(folder = FOLDER): Recipe[] {
	return listPresetNames(folder).map((name) => getPreset(name, folder))
}
