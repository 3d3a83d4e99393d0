import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { commands } from './cli/commands.ts'
import { helpOf } from './cli/help.ts'

const FILES = globSync('messages/en/*.json').map((file) => file.split('/').at(-1)!)
const read = (locale: string, file: string): Record<string, string> => JSON.parse(readFileSync(`messages/${locale}/${file}`, 'utf8'))
const sources = globSync('{packages,modules,database,src,cli,regions}/**/*.{ts,svelte}')
	.filter((file) => !/node_modules|paraglide\//.test(file))
	.map((file) => readFileSync(file, 'utf8'))
	.join('\n')

test('the list of message files that the compiler reads is complete', () => {
	const patterns: string[] = JSON.parse(readFileSync('project.inlang/settings.json', 'utf8'))['plugin.inlang.messageFormat'].pathPattern
	assert.deepEqual(patterns.map((pattern) => pattern.split('/').at(-1)).sort(), [...FILES].sort())
})

for (const file of FILES) {
	test(`${file}: Spanish has every message of English, with the same parameters`, () => {
		const [english, spanish] = [read('en', file), read('es', file)]
		assert.deepEqual(Object.keys(spanish), Object.keys(english))
		const parametersOf = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort()
		for (const [key, text] of Object.entries(english)) {
			assert.deepEqual(parametersOf(spanish[key]!), parametersOf(text), key)
			assert.ok(text.trim() && spanish[key]!.trim(), `${key} is empty`)
		}
	})
}

test('the help of every command exists in both languages, with the same options', () => {
	const options = (text: string) => [...new Set(text.match(/--[a-z-]+/g) ?? [])].sort()
	const files = globSync('messages/en/help/*.txt').map((file) => file.split('/').at(-1)!)
	assert.deepEqual(files.map((file) => file.replace('.txt', '')).sort(), commands.map(({ name }) => name.replace(' ', '-')).sort())
	for (const { name } of commands) assert.deepEqual(options(helpOf(name, 'es').text), options(helpOf(name, 'en').text), name)
})

test('no two messages share a key', () => {
	const keys = FILES.flatMap((file) => Object.keys(read('en', file)))
	assert.deepEqual(keys.filter((key, index) => keys.indexOf(key) !== index), [])
})

test('every typed reason in the code has its sentence', () => {
	const keys = new Set(FILES.flatMap((file) => Object.keys(read('en', file))))
	const codes = [...sources.matchAll(/new (?:\w*Refusal)\(\s*'([a-z0-9_]+)'/g)].map((match) => match[1]!)
	assert.ok(codes.length > 5)
	assert.deepEqual([...new Set(codes)].filter((code) => !keys.has(`error_${code}`)), [])
})
