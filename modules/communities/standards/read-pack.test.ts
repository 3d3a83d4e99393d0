import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { stringify } from 'yaml'
import { comparePacks } from './compare-packs.ts'
import type { StandardPack } from './pack.ts'
import { countUnconfirmed, packText, whyNeverAwarded } from './pack-words.ts'
import { LONGEST_PACK, readPack } from './read-pack.ts'

const text = (folder: string, name: string) => readFileSync(join(import.meta.dirname, folder, `${name}.yml`), 'utf8')
const get = (folder: string, name: string): StandardPack => readPack(text(folder, name)).pack!
const SHIPPED = readdirSync(join(import.meta.dirname, 'packs')).map((file) => file.replace('.yml', ''))

test('every pack that ships can be read, is named by its standard and version, and speaks both languages', () => {
	assert.deepEqual(SHIPPED, ['ecodistricts-1.3', 'good-neighbors-1.0', 'just-communities-1.0'])
	for (const name of SHIPPED) {
		const { pack, problems } = readPack(text('packs', name))
		assert.deepEqual(problems, [], name)
		assert.equal(`${pack!.standard}-${pack!.version}`, name)
		assert.deepEqual(pack!.languages, ['en', 'es'])
	}
})

test('the packs carry what is known: imperatives, priorities and deadlines of EcoDistricts; pillars, commitments and seventeen actions of Just Communities', () => {
	const eco = get('packs', 'ecodistricts-1.3')
	assert.deepEqual([eco.lenses.length, eco.areas.length, eco.areas.flatMap(({ categories }) => categories).length, eco.phases.length], [3, 6, 20, 3])
	const dues = eco.certification!.submissions.map(({ key, due, after, rounds }) => [key, due!.months, due!.after, after, rounds])
	assert.deepEqual(dues, [['imperatives-commitment', 12, 'registration', [], 2], ['declaration', 24, 'endorsement:imperatives-commitment', ['imperatives-commitment'], 2], ['roadmap', 24, 'endorsement:imperatives-commitment', ['imperatives-commitment'], 2]])
	assert.deepEqual([eco.certification!.award.after, eco.certification!.reports!.months], [['declaration', 'roadmap'], 24])
	const just = get('packs', 'just-communities-1.0')
	assert.deepEqual([just.lenses.length, just.areas.map(({ key }) => key), just.actions.length, just.actions.filter(({ unconfirmed }) => !unconfirmed).length], [2, ['belonging', 'opportunity', 'wellbeing', 'mobility', 'environment'], 17, 10])
	assert.ok(just.actions.filter(({ unconfirmed }) => !unconfirmed).every(({ fields }) => fields.length > 0))
	assert.deepEqual([just.certification!.reports!.months, just.gates.length], [12, 4])
})

test('a version with anything unconfirmed in its certification, or without a certifier, is never awarded', () => {
	const why = (name: string) => whyNeverAwarded(get('packs', name))
	assert.deepEqual([why('ecodistricts-1.3'), why('just-communities-1.0'), why('good-neighbors-1.0')], ['unconfirmed', 'unconfirmed', undefined])
	assert.equal(whyNeverAwarded({ ...get('packs', 'good-neighbors-1.0'), certifier: undefined }), 'no_certifier')
	assert.equal(whyNeverAwarded({ ...get('packs', 'good-neighbors-1.0'), certification: undefined }), 'no_certification')
	assert.ok(countUnconfirmed(get('packs', 'just-communities-1.0')).get('objectives') === 11)
})

test('standards of others are read as they are: with points and levels, and without phases in one language', () => {
	const [points, plain] = [get('testing', 'points-and-levels'), get('testing', 'without-phases')]
	assert.deepEqual(points.certification!.award.levels.map(({ key, points }) => [key, points]), [['bronze', 20], ['gold', 50]])
	assert.deepEqual([plain.phases, plain.actions, packText(plain.title, 'en')], [[], [], { words: 'Barrio Vivo', language: 'es' }])
})

test('a malformed pack is refused with every fault and its line', () => {
	const { pack, problems } = readPack(text('testing', 'malformed'))
	assert.equal(pack, undefined)
	assert.deepEqual(problems.map(({ code, parameters }) => [parameters.line, code]), [
		[4, 'pack_language_missing'], [9, 'pack_key_twice'], [11, 'pack_key_unknown'], [16, 'pack_waits_for_itself'], [21, 'pack_waits_for_itself'], [22, 'pack_key_unknown'], [28, 'pack_level_beyond_points'],
	])
	assert.deepEqual(readPack('standard: a\nversion: [1\n').problems.map(({ code }) => code)[0], 'pack_not_yaml')
	assert.equal(readPack('x'.repeat(LONGEST_PACK + 1)).problems[0]!.code, 'pack_too_long')
	const broken = readPack(text('packs', 'good-neighbors-1.0').replace('better: lower', 'better: lowest').replace('gates:', 'gaits:').replace(/^publisher: .*\n/m, ''))
	assert.deepEqual(broken.problems.map(({ code, parameters }) => [code, parameters.word]).sort(), [['pack_word_missing', 'publisher'], ['pack_word_not_listed', 'better'], ['pack_word_unknown', 'gaits']])
	const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]', ...Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array.from({ length: 10 }, () => `*a${i}`).join(', ')}]`)].join('\n')
	assert.ok(readPack(bomb).problems.length > 0)
})

test('whatever is typed, reading a pack gives a pack or a problem with a line that exists', () => {
	const lines = text('packs', 'good-neighbors-1.0').split('\n')
	fc.assert(fc.property(fc.nat(lines.length - 1), fc.oneof(fc.string(), fc.constant(''), fc.constant('  - x: [')), (at, typed) => {
		const changed = lines.with(at, typed)
		const { pack, problems } = readPack(changed.join('\n'))
		assert.equal(pack === undefined, problems.length > 0)
		assert.ok(problems.every(({ parameters }) => parameters.line >= 1 && parameters.line <= changed.length + 1))
	}), { numRuns: 150, seed: 7 })
})

test('two versions differ by what was added, taken out and reworded, and a version does not differ from itself written in another order', () => {
	const before = get('packs', 'good-neighbors-1.0')
	const after = structuredClone(before)
	after.version = '1.1'
	after.objectives[0]!.title.en = 'Nobody pays more than a third'
	after.objectives.push({ ...structuredClone(after.objectives[1]!), key: 'repairs' })
	after.actions.splice(2, 1)
	after.certification!.submissions[0]!.rounds = 3
	after.certification!.review_days = 20
	assert.deepEqual(comparePacks(before, after).map(({ list, key, word, before: was, after: is }) => [list, key, word, was === undefined, is === undefined]), [
		['objectives', 'affordable', 'title', false, false], ['objectives', 'repairs', '', true, false], ['actions', 'assets', '', false, true], ['submissions', 'pledge', 'rounds', false, false], ['certification', '', 'review_days', false, false],
	])
	const reordered = { ...before, actions: before.actions.toReversed(), title: { es: before.title.es!, en: before.title.en! } }
	assert.deepEqual(comparePacks(before, reordered), [])
	assert.deepEqual(comparePacks(before, readPack(stringify(before)).pack!), [])
})
