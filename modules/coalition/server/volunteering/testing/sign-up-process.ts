// A second application: a process with a pool of its own that takes two shifts for each of many people, all at once, and gives some back.
import { connectTo, type OpenDatabase } from '#database'
import { VISITOR } from '../../actor.ts'
import type { CoalitionTables } from '../../coalition-tables.ts'
import { giveShiftBack, signUp } from '../sign-up.ts'
import { VOLUNTEER } from './index.ts'

export interface SignUpOrder {
	address: object
	role: string
	shifts: string[]
	people: number
	/** After how many sign-ups one of them gives the first shift back. */
	backEvery: number
	/** Part of every name. */
	label: string
	now: string
}

const order = JSON.parse(process.argv[2]!) as SignUpOrder
const open: OpenDatabase<CoalitionTables> = await connectTo({ ...order.address, max: 20 })
const now = new Date(order.now)

process.stdout.write('ready\n')
await new Promise((resolve) => process.stdin.once('data', resolve))
await Promise.all(Array.from({ length: order.people }, async (_, n) => {
	const name = `${order.label} ${n}`
	// Half of them tick the shifts in the other order: what is locked must not depend on it.
	const shifts = n % 2 ? order.shifts : [...order.shifts].reverse()
	const { code } = await open.database.transaction().execute((writer) => signUp(writer, VISITOR, order.role, { ...VOLUNTEER, name, contact: `${order.label}-${n}@example.org`, shifts }, now))
	if (n % order.backEvery === 0) await open.database.transaction().execute((writer) => giveShiftBack(writer, order.role, code, order.shifts[0]!, now))
}))
process.stdout.write('done\n')
await open.close()
process.exit(0)
