import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readRegion } from './manifest.ts'

const REGIONS = join(import.meta.dirname, '../../../../regions')
const catalogue = readFileSync(join(REGIONS, 'indicators.yml'), 'utf8')

/** What reading the sample says when its catalogue is changed so. */
function refusalOf(change: (text: string) => string): { code?: string; parameters?: Record<string, string> } | undefined {
	const folder = mkdtempSync(join(tmpdir(), 'throughline-catalogue-'))
	try {
		writeFileSync(join(folder, 'sample.yml'), readFileSync(join(REGIONS, 'sample.yml')))
		writeFileSync(join(folder, 'indicators.yml'), change(catalogue))
		readRegion(folder, 'sample')
		return undefined
	} catch (cause) {
		return cause as { code: string; parameters: Record<string, string> }
	} finally {
		rmSync(folder, { recursive: true })
	}
}

test('the catalogue as it stands is taken', () => assert.equal(refusalOf((text) => text), undefined))

for (const [what, from, to, reason] of [
	['a measure of nothing', 'of: low-income\n  among: black', 'of: low-incomes\n  among: black', /of names/],
	['a group without a measure of everybody', 'of: low-income\n  among: black', 'among: black', /of names/],
	['a group that is none', 'among: black', 'among: children', /group: true/],
	['another direction', 'among: black\n  unit: percent\n  direction: higher_is_worse', 'among: black\n  unit: percent\n  direction: neither', /direction/],
] as const) {
	test(`a measure of one group is refused for ${what}, and the refusal names it`, () => {
		const cause = refusalOf((text) => text.replace(from, to))
		assert.equal(cause?.code, 'manifest_invalid')
		assert.equal(cause.parameters!.path, 'low-income-black')
		assert.match(cause.parameters!.reason!, reason)
	})
}
