import type { Reader } from '#database'
import type { CoalitionTables } from '../coalition-tables.ts'
import type { AllowedIn, Waiting } from './waiting.ts'

/** Roles with shifts that are over and of whose volunteers nobody has recorded whether they came. */
export async function waitingOfVolunteers(reader: Reader<CoalitionTables>, allowedIn: AllowedIn, now: Date): Promise<Waiting[]> {
	const bodies = allowedIn('coordinate_volunteers')
	if (bodies.length === 0) return []
	const rows = await reader.selectFrom('coalition.shift_sign_up as one').innerJoin('coalition.shift', 'coalition.shift.id', 'shift').innerJoin('coalition.volunteer_role as role', 'role.id', 'coalition.shift.role')
		.leftJoinLateral((from) => from.selectFrom('coalition.shift_attendance').select('came').whereRef('sign_up', '=', 'one.id').orderBy('coalition.shift_attendance.id', 'desc').limit(1).as('last'), (join) => join.onTrue())
		.select(({ fn }) => ['role.id', 'role.body', 'role.title', fn.min('ends_at').as('since')]).where('role.body', 'in', bodies.map(({ id }) => id)).where('state', '=', 'seat').where('called_off_at', 'is', null).where('ends_at', '<=', now).where('last.came', 'is', null)
		.groupBy('role.id').execute()
	return rows.map(({ id, body, title, since }) => ({ kind: 'shift', body: bodies.find((one) => one.id === body)!.name, title, path: `/volunteering/${id}/list#past`, since, due: undefined }))
}
