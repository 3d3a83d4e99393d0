import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const folder = mkdtempSync(join(tmpdir(), 'throughline-receipt-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const recipe = `name: poverty
title: Poverty
summary: One share.
reference: all
normalise: { method: percentile, rule: svi, decimals: 4 }
indicators:
  - { id: POV, label: Poverty, column: EP_POV, output: EPL_POV }
total: { id: T, label: Total, members: [POV], aggregate: sum, output: SPL_T, decimals: 4 }
`

function run(rows: string[]) {
	writeFileSync(join(folder, 'recipe.yml'), recipe)
	writeFileSync(join(folder, 'table.csv'), ['FIPS,EP_POV', ...rows].join('\n') + '\n')
	const args = ['index', 'recipe.yml', '--table', 'table.csv', '--key', 'FIPS', '--out', 'out.csv']
	return spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { cwd: folder, encoding: 'utf8', env: { ...process.env, LANG: 'C', LANGUAGE: '', LC_ALL: '', LC_MESSAGES: '' } })
}

test('a share that cannot be is named with its place and row', () => {
	const { status, stderr } = run(['13001,10', '13003,250', '13005,30'])
	assert.equal(status, 0, stderr)
	assert.match(stderr, /EP_POV of 13003 \(row 3\) is 250/)
})

test('places without a total are counted, and the first is named with what it lacks', () => {
	const { status, stderr } = run(['13001,10', '13003,', '13005,30', '13007,'])
	assert.equal(status, 0, stderr)
	assert.match(stderr, /missing: 2\. The first is 13003 \(row 3\), which lacks EPL_POV/)
})

test('a table without fault gets no notice', () => assert.equal(run(['13001,10', '13003,20', '13005,30']).stderr, ''))
