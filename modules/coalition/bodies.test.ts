import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { PRESETS, readRules, RESERVED_SLUGS, slugOf } from './bodies.ts'

test('a name becomes a part of an address, whatever signs it has', () => {
	assert.equal(slugOf('Círculo de Vivienda — West Side!'), 'circulo-de-vivienda-west-side')
	assert.equal(slugOf('¡¿?!'), '')
	fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => assert.match(slugOf(name), /^$|^[a-z0-9]+(-[a-z0-9]+)*$/)))
})

test('the rules of a charter are read from a form; what cannot be is named and the usual rule stays', () => {
	const usual = PRESETS.equity_hub.rules
	assert.deepEqual(readRules({}, usual), { rules: usual, faults: [] })
	const { rules, faults } = readRules({ quorumPercent: '60', absence: 'beforehand', absenceDays: 'many', fallback: 'coin', termMonths: '24', hubsMayBlock: 'on' }, usual)
	assert.deepEqual(faults, ['absenceDays'])
	assert.deepEqual(rules, { ...usual, quorumShare: 0.6, absence: 'beforehand', termMonths: 24, hubsMayBlock: true })
	assert.deepEqual(readRules({ quorumPercent: '120' }, usual), { rules: usual, faults: ['quorumPercent'] })
})

test('no body may have the address of a page that stands beside it', () => {
	const pages = readdirSync(join(import.meta.dirname, '../../src/routes/coalition'), { withFileTypes: true }).filter((entry) => entry.isDirectory() && !entry.name.startsWith('['))
	assert.deepEqual([...RESERVED_SLUGS].sort(), pages.map(({ name }) => name).sort())
})
