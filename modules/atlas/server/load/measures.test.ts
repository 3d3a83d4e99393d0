import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { inputsOfDerivation } from '@throughline/stats'
import { readRegion } from './manifest.ts'
import { getMeasures } from './measures.ts'

const ROOT = join(import.meta.dirname, '../../../..')
const measures = getMeasures('acs-5-year')
const { catalogue } = readRegion(join(ROOT, 'regions'), 'sample')
const columns = new Set(measures.derivations.map(({ column }) => column))

test('every measure of the survey is an indicator of the catalogue, and its columns are derived', () => {
	const { counts, shares, amounts } = measures
	for (const key of [counts, shares, amounts].flatMap(Object.keys)) assert.ok(catalogue.has(key), key)
	const wanted = [
		...Object.values(counts).flatMap((code) => [`E_${code}`, `M_${code}`]),
		...Object.values(shares).flatMap(({ code, universe, universe_margin }) => [`E_${code}`, `M_${code}`, `EP_${code}`, `MP_${code}`, universe!, universe_margin!]),
		...Object.values(amounts).flatMap(({ estimate, margin }) => [estimate, margin!]),
	]
	assert.deepEqual(wanted.filter((column) => !columns.has(column)), [])
})

test('a derivation uses variables of the survey and columns derived before it', () => {
	const before = new Set<string>()
	for (const derivation of measures.derivations) {
		for (const name of inputsOfDerivation(derivation).needed) assert.ok(before.has(name) || /^(B\d{5}|S\d{4}_C\d{2}|DP\d{2})_\d{3,4}P?[EM]$/.test(name), `${derivation.column}: ${name}`)
		assert.ok(!before.has(derivation.column), `${derivation.column} stands twice`)
		before.add(derivation.column)
	}
})

test('the page on the survey names every measure with its variables', () => {
	const rows = readFileSync(join(ROOT, 'docs/methodology/american-community-survey.md'), 'utf8').split('\n').filter((line) => /^\| .*\(\*/.test(line))
	const derivationOf = new Map(measures.derivations.map((derivation) => [derivation.column, derivation]))
	const variablesOf = (column: string | undefined): string => {
		const derivation = column === undefined ? undefined : derivationOf.get(column)
		return derivation?.kind === 'copy' ? derivation.from : derivation?.kind === 'sum' ? derivation.sum.join(' + ') : '–'
	}
	const expected = [...catalogue].flatMap(([key, { name }]) => {
		const share = measures.shares[key]
		const own = measures.counts[key] ? `E_${measures.counts[key]}` : measures.amounts[key]?.estimate
		if (!share && !own) return []
		const printed = share && derivationOf.get(`EP_${share.code}`)!
		return `| ${name.en} (*${key}*) | ${variablesOf(share ? `E_${share.code}` : own)} | ${variablesOf(share?.universe)} | ${printed === undefined ? '–' : printed.kind === 'copy' ? printed.from : 'computed'} |`
	})
	assert.deepEqual(rows, expected)
})
