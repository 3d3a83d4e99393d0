import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import type { OpenDatabase } from '#database'
import { createTestDatabase } from '#database/testing'
import type { CoalitionTables } from '../coalition-tables.ts'
import { makeBody, NOW } from '../testing.ts'
import { cancelRsvp } from './rsvps.ts'
import { countTaken } from './seats.ts'
import { makeConvening } from './testing/index.ts'
import type { RaceOrder, Told } from './testing/rsvp-process.ts'

let open: OpenDatabase<CoalitionTables>
before(async () => void (open = await createTestDatabase<CoalitionTables>()))
after(() => open.close())

const SEATS = 50
const GUESTS = 200

async function planEvening(name: string): Promise<string> {
	return open.database.transaction().execute(async (writer) => makeConvening(writer, (await makeBody(writer, 'issue_circle', 'public', name)).id, { capacity: String(SEATS) }))
}

/** Checks that whoever was told before another one asked stands before them in the line; how many such pairs there were. */
function compareOrder(told: Told[], line: { name: string }[]): number {
	const placeOf = new Map(line.map(({ name }, place) => [name, place]))
	const byTold = [...told].sort((a, b) => a.toldAt - b.toldAt)
	let compared = 0
	for (const later of told) for (const earlier of byTold) {
		if (earlier.toldAt >= later.askedAt) break
		compared++
		assert.ok(placeOf.get(earlier.name)! < placeOf.get(later.name)!, `${earlier.name} was told before ${later.name} asked`)
	}
	return compared
}

/** Two application processes that begin at the same word and take half of the guests each; what everybody was told, and the most seats seen taken meanwhile. */
async function race(convening: string, { atOnce, cancelEvery }: { atOnce: number; cancelEvery: number }): Promise<{ told: Told[]; most: number }> {
	const processes = ['left', 'right'].map((label) => {
		const order: RaceOrder = { address: open.address, convening, guests: GUESTS / 2, atOnce: atOnce / 2, cancelEvery, label, now: NOW.toISOString() }
		const child = spawn(process.execPath, [join(import.meta.dirname, 'testing/rsvp-process.ts'), JSON.stringify(order)], { stdio: ['pipe', 'pipe', 'inherit'] })
		return { child, lines: createInterface({ input: child.stdout! })[Symbol.asyncIterator]() }
	})
	const next = async ({ lines }: (typeof processes)[number]) => {
		const { value, done } = await lines.next()
		assert.ok(!done, 'the second application ended before it was done')
		return value as string
	}
	assert.deepEqual(await Promise.all(processes.map(next)), ['ready', 'ready'])
	for (const { child } of processes) child.stdin!.end('go\n')
	let most = 0
	let racing = true
	const watch = (async () => {
		while (racing) most = Math.max(most, await countTaken(open.database, convening))
	})()
	const told = (await Promise.all(processes.map(next))).flatMap((line) => JSON.parse(line) as Told[])
	racing = false
	await watch
	return { told, most: Math.max(most, await countTaken(open.database, convening)) }
}

const listLine = (convening: string) => open.database.selectFrom('coalition.rsvp').innerJoin('people.person', 'people.person.id', 'coalition.rsvp.person').select(['name', 'code', 'answer', 'place_in_line']).where('convening', '=', convening).orderBy('place_in_line').execute()

test('of 200 people who ask at once through two applications 50 get a seat, never 51, and the others stand in line in the order they came', { timeout: 120_000 }, async (context) => {
	const convening = await planEvening('Race')
	const { told, most } = await race(convening, { atOnce: GUESTS, cancelEvery: 0 })
	const line = await listLine(convening)
	assert.equal(told.length, GUESTS)
	assert.equal(most, SEATS)
	assert.deepEqual(line.map(({ answer }) => answer), [...Array(SEATS).fill('coming'), ...Array(GUESTS - SEATS).fill('waiting')], 'nobody in the line came before somebody with a seat')
	assert.deepEqual(told.filter(({ answer }) => answer === 'coming').map(({ name }) => name).sort(), line.slice(0, SEATS).map(({ name }) => name).sort(), 'everybody was told what stands')
	const moved = await open.database.transaction().execute((writer) => cancelRsvp(writer, convening, line[7]!.code, NOW))
	assert.equal(moved.length, 1)
	assert.deepEqual((await listLine(convening)).filter(({ answer }) => answer === 'coming').map(({ name }) => name), [...line.slice(0, 7), ...line.slice(8, SEATS + 1)].map(({ name }) => name), 'the first in the line has the seat that came free')
	context.diagnostic(`${GUESTS} RSVPs through two processes with 20 connections each; most seats taken ${most}`)
})

test('while some cancel as others ask, no seat is given twice, none stays empty, and the line keeps the order in which people came', { timeout: 120_000 }, async (context) => {
	const convening = await planEvening('Comings and goings')
	const { told, most } = await race(convening, { atOnce: 20, cancelEvery: 4 })
	assert.ok(most <= SEATS)
	const line = await listLine(convening)
	const compared = compareOrder(told, line)
	assert.ok(compared > 5000)
	const left = line.filter(({ answer }) => answer !== 'cancelled')
	assert.equal(left.length, told.length - told.length / 4)
	assert.deepEqual(left.map(({ answer }) => answer), [...Array(SEATS).fill('coming'), ...Array(left.length - SEATS).fill('waiting')])
	context.diagnostic(`${compared} pairs of guests of whom one was told before the other asked; most seats taken ${most}`)
})
