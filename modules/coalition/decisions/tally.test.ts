import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { CHOICES, readBallot, voiceOf } from './methods.ts'
import { tally } from './tally.ts'

const GIVEN = { options: ['Tenants first', 'Repairs first', 'Both, slowly'], electors: 10, quorumShare: 0.5 }
const times = (count: number, ...ballot: string[]) => Array.from({ length: count }, () => ballot)

test('a majority carries with more yes than no and a quorum to which abstentions count', () => {
	const count = (yes: number, no: number, abstain: number) => tally('majority', [...times(yes, 'yes'), ...times(no, 'no'), ...times(abstain, 'abstain')], GIVEN)
	assert.deepEqual(count(3, 2, 0), { cast: 5, electors: 10, quorum: true, counts: { yes: 3, no: 2, abstain: 0 }, carries: true })
	assert.deepEqual([count(2, 2, 3).carries, count(4, 0, 0).carries, count(2, 1, 2).carries, count(0, 0, 0).carries], [false, false, true, false])
})

test('what binds nobody never carries', () => {
	assert.deepEqual([tally('sense_check', times(9, 'good'), GIVEN).carries, tally('advice', times(9, 'advises'), GIVEN).carries], [false, false])
})

test('a run-off moves the ballots of the weakest option to their next choice and says how many are exhausted, as the methodology page shows', () => {
	const { rounds, winner, carries } = tally('ranked', [...times(4, '0'), ...times(3, '1', '2'), ...times(2, '2', '1'), ...times(1, '2')], GIVEN)
	assert.deepEqual(rounds, [
		{ votes: { 0: 4, 1: 3, 2: 3 }, exhausted: 0, dropped: { option: '2', tied: true } },
		{ votes: { 0: 4, 1: 5 }, exhausted: 1 },
	])
	assert.deepEqual([winner, carries], ['1', true])
	const example = readFileSync('docs/methodology/deciding.md', 'utf8').split('## A worked example')[1]!
	for (const [option, name] of GIVEN.options.entries()) assert.match(example, new RegExp(`\\| ${name} \\| ${rounds!.map(({ votes }) => votes[option] ?? '–').join(' \\| ')} \\|`))
})

test('of those tied for the fewest leaves who had fewer before, else who stands last in the list', () => {
	const options = ['A', 'B', 'C', 'D']
	const early = tally('ranked', [...times(5, '0'), ...times(3, '1'), ...times(2, '2'), ...times(1, '3', '2')], { ...GIVEN, options })
	assert.deepEqual(early.rounds!.map(({ dropped }) => dropped), [{ option: '3', tied: false }, { option: '2', tied: true }, undefined])
	assert.equal(tally('ranked', [...times(2, '0'), ...times(2, '1')], { ...GIVEN, options: ['A', 'B'] }).winner, '0')
	assert.equal(tally('ranked', [], GIVEN).winner, undefined)
})

test('no order of the ballots changes a tally, and every ballot is counted or exhausted in every round', () => {
	const ballot = fc.shuffledSubarray(['0', '1', '2', '3', '4'], { minLength: 1 })
	const options = ['A', 'B', 'C', 'D', 'E']
	fc.assert(fc.property(fc.array(ballot, { maxLength: 25 }).chain((ballots) => fc.tuple(fc.constant(ballots), fc.shuffledSubarray(ballots, { minLength: ballots.length }))), ([ballots, shuffled]) => {
		const counted = tally('ranked', ballots, { ...GIVEN, options })
		assert.deepEqual(tally('ranked', shuffled, { ...GIVEN, options }), counted)
		for (const { votes, exhausted } of counted.rounds!) assert.equal(Object.values(votes).reduce((sum, one) => sum + one, exhausted), ballots.length)
	}))
	fc.assert(fc.property(fc.array(fc.constantFrom(...CHOICES.majority)), (choices) => {
		const ballots = choices.map((choice) => [choice])
		assert.deepEqual(tally('majority', ballots, GIVEN), tally('majority', ballots.toReversed(), GIVEN))
	}))
})

test('an option with more than half of the first choices wins, whatever else is on the ballots', () => {
	const rest = fc.shuffledSubarray(['1', '2'])
	fc.assert(fc.property(fc.array(rest, { minLength: 1, maxLength: 12 }), fc.array(fc.shuffledSubarray(['0', '1', '2'], { minLength: 1 }), { maxLength: 12 }), (firsts, others) => {
		fc.pre(firsts.length > others.length)
		assert.equal(tally('ranked', [...others, ...firsts.map((more) => ['0', ...more])], GIVEN).winner, '0')
	}))
})

test('an organization speaks by its primary, else by an alternate, else not at all', () => {
	const [primary, alternate] = [{ person: 'ana', role: 'primary' }, { person: 'ben', role: 'alternate' }] as const
	assert.deepEqual([voiceOf([alternate, primary]), voiceOf([alternate]), voiceOf([])], [['ana'], ['ben'], []])
})

test('a ballot is one of the choices, or a ranking without repeats that may leave options out', () => {
	const rank = (ranks: Record<string, string>) => readBallot('ranked', GIVEN.options, { ranks })
	assert.deepEqual([rank({ 0: '2', 1: '', 2: '1' }), rank({ 0: '1', 1: '1' }), rank({ 0: '4' }), rank({ 0: 'first' }), rank({})], [['2', '0'], undefined, undefined, undefined, undefined])
	assert.deepEqual([readBallot('majority', [], { choice: 'yes', ranks: {} }), readBallot('majority', [], { choice: 'maybe', ranks: {} })], [['yes'], undefined])
})
