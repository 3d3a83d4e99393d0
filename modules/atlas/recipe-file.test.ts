import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { readRecipeFile } from './recipe-file.ts'
import { listPresetNames, listPresets } from './server/recipe-presets.ts'

test('every preset is a valid recipe of its own name, with a summary and a methodology page that names it', () => {
	const presets = listPresets()
	assert.deepEqual(presets.map(({ name }) => name), listPresetNames())
	for (const { name, summary, methodology } of presets) {
		assert.ok(summary.length > 20, name)
		assert.ok(methodology && existsSync(methodology), `${name}: ${methodology} does not exist`)
		assert.ok(readFileSync(methodology, 'utf8').includes(`\`${name}\``), `${methodology} does not name ${name}`)
	}
})

test('a problem tells the file and the line', () => {
	const { problems } = readRecipeFile('name: x\nindicators:\n  - id: A\n    weight: -1\n', 'x.yml')
	assert.deepEqual(problems.map(({ code, parameters }) => [code, parameters.file, parameters.line]), [['recipe_weight_not_positive', 'x.yml', 4]])
})

test('text that is no YAML, an endless alias and a file that is too long are refused', () => {
	assert.equal(readRecipeFile('a: [1', 'x.yml').problems[0]!.code, 'recipe_file_not_yaml')
	const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]', ...Array.from({ length: 9 }, (_, index) => `a${index + 1}: &a${index + 1} [${Array.from({ length: 10 }, () => `*a${index}`).join(', ')}]`)].join('\n')
	assert.ok(readRecipeFile(bomb, 'bomb.yml').problems.length > 0)
	assert.equal(readRecipeFile('x'.repeat(500_001), 'x.yml').problems[0]!.code, 'recipe_file_too_long')
	assert.ok(readRecipeFile('', 'empty.yml').problems.length > 0)
})
