import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { VISIBILITIES, type Visibility } from './bodies.ts'
import { ACTIONS, may, POSITIONS } from './permissions.ts'

const CELLS: Record<string, readonly Visibility[]> = { '●': VISIBILITIES, P: ['public'], PL: ['public', 'listed'], '–': [] }

test('the table of the guide, written by hand, says what the program does, cell by cell', () => {
	const lines = readFileSync('docs/guides/permissions.md', 'utf8').split('\n').filter((line) => line.startsWith('| '))
	const [head, ...rows] = lines.map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()))
	assert.deepEqual(head!.slice(2), POSITIONS)
	assert.deepEqual(rows.map(([action]) => action), ACTIONS.map((action) => `\`${action}\``), 'every action has its row')
	for (const [r, action] of ACTIONS.entries()) {
		for (const [c, position] of POSITIONS.entries()) {
			const allowed = VISIBILITIES.filter((visibility) => may([position], action, visibility))
			assert.deepEqual(allowed, CELLS[rows[r]![c + 2]!], `${action}, ${position}`)
		}
	}
})
