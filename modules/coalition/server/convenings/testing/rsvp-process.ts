// A second application: a process with a pool of its own that takes RSVPs for one convening, all at once, and says what each was told.
import { connectTo, type OpenDatabase } from '#database'
import { VISITOR } from '../../actor.ts'
import type { CoalitionTables } from '../../coalition-tables.ts'
import { cancelRsvp, sayComing } from '../rsvps.ts'

export interface RaceOrder {
	address: object
	convening: string
	/** How many people ask, how many of them at once, and after how many RSVPs one of them cancels; 0 for never. */
	guests: number
	atOnce: number
	cancelEvery: number
	/** Part of every name. */
	label: string
	now: string
}

export interface Told {
	name: string
	code: string
	answer: string
	askedAt: number
	toldAt: number
}

const order = JSON.parse(process.argv[2]!) as RaceOrder
const open: OpenDatabase<CoalitionTables> = await connectTo({ ...order.address, max: 20 })
const now = new Date(order.now)
const clock = () => performance.timeOrigin + performance.now()

process.stdout.write('ready\n')
await new Promise((resolve) => process.stdin.once('data', resolve))
const told: Told[] = []
let asked = 0

/** One hand at a telephone: takes the next guest as soon as the one before was told. */
async function takeGuests(): Promise<void> {
	while (asked < order.guests) {
		const n = asked++
		const name = `${order.label} ${n}`
		const askedAt = clock()
		const { code, answer } = await open.database.transaction().execute((writer) => sayComing(writer, VISITOR, order.convening, { name }, now))
		told.push({ name, code, answer, askedAt, toldAt: clock() })
		if (order.cancelEvery && n % order.cancelEvery === 0) await open.database.transaction().execute((writer) => cancelRsvp(writer, order.convening, code, now))
	}
}

await Promise.all(Array.from({ length: order.atOnce }, takeGuests))
process.stdout.write(`${JSON.stringify(told)}\n`)
await open.close()
process.exit(0)
