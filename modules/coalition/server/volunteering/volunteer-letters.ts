import { readSetting, type Reader, type Writer } from '#database'
import { queueLetters, type GivenLetter } from '#mail/server'
import { whenInLetter } from '../convenings/tell-guests.ts'
import type { CoalitionTables } from '../coalition-tables.ts'

const DAY = 86_400_000
const LETTERS_A_DAY = 3

/** Standing sign-ups with whoever gave an e-mail address, each with one. */
function selectReached(reader: Reader<CoalitionTables>) {
	return reader.selectFrom('coalition.shift_sign_up as place').innerJoin('coalition.shift', 'coalition.shift.id', 'place.shift').innerJoin('coalition.volunteer', 'coalition.volunteer.id', 'place.volunteer').innerJoin('coalition.volunteer_role as role', 'role.id', 'coalition.shift.role')
		.innerJoin('people.contact_point as point', 'point.person', 'coalition.volunteer.person')
		.distinctOn('place.id').select(['place.id', 'place.made_at', 'state', 'volunteer', 'coalition.volunteer.person', 'language', 'code', 'role.id as role', 'title', 'zone', 'role.place as where', 'starts_at', 'ends_at', 'reason', 'shift', 'point.id as point', 'value'])
		.where('channel', '=', 'email').where('state', '<>', 'given_back').orderBy('place.id')
}

type Reached = Awaited<ReturnType<ReturnType<typeof selectReached>['execute']>>[number]

async function letterOf(reader: Reader<CoalitionTables>, kind: GivenLetter['kind'], one: Reached, once: string, shifts: string): Promise<GivenLetter> {
	const origin = (await readSetting<string>(reader, 'origin')) ?? ''
	const url = `${origin}${one.language === 'es' ? '/es' : ''}/volunteering/${one.role}/mine/${one.code}`
	return { kind, language: one.language, recipient: one.value, contactPoint: one.point, person: one.person, purpose: 'event_logistics', once, until: one.ends_at, parameters: { title: one.title, when: shifts, where: one.where, reason: one.reason, url } }
}

const whenOf = (one: Reached) => whenInLetter(one, one.language)

/**
 * Writes to a volunteer which shifts they took or wait for, and how to give them back; at most three such letters a day go to one address, so that nobody
 * is flooded by somebody else.
 */
export async function tellSignedUp(writer: Writer<CoalitionTables>, volunteer: string, signUps: readonly string[], now: Date): Promise<void> {
	const rows = signUps.length === 0 ? [] : await selectReached(writer).where('place.id', 'in', [...signUps]).execute()
	const [first] = rows
	if (!first) return
	const { sent } = await writer.selectFrom('mail.letter').select(({ fn }) => fn.countAll<string>().as('sent')).where('kind', 'in', ['shift_taken', 'shift_waiting']).where('recipient', '=', first.value).where('made_at', '>', new Date(now.getTime() - DAY)).executeTakeFirstOrThrow()
	if (Number(sent) >= LETTERS_A_DAY) return
	for (const [state, kind] of [['seat', 'shift_taken'], ['waiting', 'shift_waiting']] as const) {
		const those = rows.filter((one) => one.state === state).sort((a, b) => a.starts_at.getTime() - b.starts_at.getTime())
		const last = those.at(-1)
		if (last) await queueLetters(writer, [await letterOf(writer, kind, last, `${kind}:${volunteer}:${those[0]!.id}`, those.map(whenOf).join('\n'))], now)
	}
}

/** Tells those whose turn it is that they have the shift now. */
export async function tellMovedUp(writer: Writer<CoalitionTables>, signUps: readonly string[], now: Date): Promise<void> {
	const rows = signUps.length === 0 ? [] : await selectReached(writer).where('place.id', 'in', [...signUps]).execute()
	for (const one of rows) await queueLetters(writer, [await letterOf(writer, 'shift_moved_up', one, `shift_moved_up:${one.id}`, whenOf(one))], now)
}

/** Tells everybody who has a shift or waits for it that it was called off. */
export async function tellCalledOff(writer: Writer<CoalitionTables>, shift: string, now: Date): Promise<void> {
	for (const one of await selectReached(writer).where('place.shift', '=', shift).execute()) await queueLetters(writer, [await letterOf(writer, 'shift_called_off', one, `shift_called_off:${one.id}`, whenOf(one))], now)
}

/** Reminds volunteers of shifts that begin within a day, each once; those who took it within the last day before are not reminded. */
export async function remindVolunteers(writer: Writer<CoalitionTables>, now: Date): Promise<void> {
	const rows = await selectReached(writer).where('state', '=', 'seat').where('called_off_at', 'is', null).where('starts_at', '>', now).where('starts_at', '<=', new Date(now.getTime() + DAY)).execute()
	for (const one of rows.filter(({ made_at, starts_at }) => made_at.getTime() < starts_at.getTime() - DAY)) await queueLetters(writer, [await letterOf(writer, 'shift_reminder', one, `shift_reminder:${one.id}`, whenOf(one))], now)
}
