import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import type { OpenDatabase } from '#database'
import { createTestDatabase } from '#database/testing'
import type { CoalitionTables } from '../coalition-tables.ts'
import { makeBody, NOW } from '../testing.ts'
import { makeRole } from './testing/index.ts'
import type { SignUpOrder } from './testing/sign-up-process.ts'

let open: OpenDatabase<CoalitionTables>
before(async () => void (open = await createTestDatabase<CoalitionTables>()))
after(() => open.close())

const SEATS = 20
const PEOPLE = 120
const BACK_EVERY = 4

const rowsOf = (shift: string) => open.database.selectFrom('coalition.shift_sign_up').select(['state', 'place_in_line']).where('shift', '=', shift).where('state', '<>', 'given_back').orderBy('place_in_line').execute()

/** Two processes that begin at the same word; the most seats of one shift that were seen taken meanwhile. */
async function race(role: string, shifts: string[]): Promise<number> {
	const processes = ['left', 'right'].map((label) => {
		const order: SignUpOrder = { address: open.address, role, shifts, people: PEOPLE / 2, backEvery: BACK_EVERY, label, now: NOW.toISOString() }
		const child = spawn(process.execPath, [join(import.meta.dirname, 'testing/sign-up-process.ts'), JSON.stringify(order)], { stdio: ['pipe', 'pipe', 'inherit'] })
		return { child, lines: createInterface({ input: child.stdout! })[Symbol.asyncIterator]() }
	})
	const say = async (word: string) => assert.deepEqual(await Promise.all(processes.map(async ({ lines }) => (await lines.next()).value as unknown)), [word, word])
	await say('ready')
	for (const { child } of processes) child.stdin!.end('go\n')
	let most = 0
	let racing = true
	const watch = (async () => {
		while (racing) for (const shift of shifts) most = Math.max(most, (await rowsOf(shift)).filter(({ state }) => state === 'seat').length)
	})()
	await say('done')
	racing = false
	await watch
	return most
}

test('of 120 people who take two shifts at once through two applications, some of them giving one back, no seat is given twice, none stays empty, and the line is in order', { timeout: 120_000 }, async (context) => {
	const { role, shifts } = await open.database.transaction().execute(async (writer) => makeRole(writer, (await makeBody(writer, 'equity_hub', 'public', 'Race')).id, {}, { seats: String(SEATS), weeks: '2' }))
	const most = await race(role, shifts)
	assert.equal(most, SEATS)
	const [first, second] = [await rowsOf(shifts[0]!), await rowsOf(shifts[1]!)]
	assert.equal(first.length, PEOPLE - PEOPLE / BACK_EVERY)
	assert.equal(second.length, PEOPLE)
	for (const line of [first, second]) assert.deepEqual(line.map(({ state }) => state), [...Array(SEATS).fill('seat'), ...Array(line.length - SEATS).fill('waiting')], 'nobody in the line came before somebody with a seat')
	context.diagnostic(`${PEOPLE} people, two shifts each, through two processes with 20 connections each; most seats of a shift taken ${most}`)
})
