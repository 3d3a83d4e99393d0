import { cancelForGuest, checkIn, countHeads, findGuestByCode, listDoor, undoCheckIn, walkIn } from '#coalition/server'
import { act } from '#lib/server/coalition-actor.ts'
import { getWorkPage, sendLetters } from '#lib/server/convening-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const [code, q, now] = [url.searchParams.get('guest'), url.searchParams.get('q') ?? '', new Date()]
	const { convening, actor, can } = await getWorkPage({ locals, params, url }, 'check_in')
	const [lines, guest] = await Promise.all([listDoor(locals.database, actor, params.id, { q, seesGuests: can('see_guests') }, now), code ? findGuestByCode(locals.database, actor, params.id, code, now) : undefined])
	const { id, title, startsAt, endsAt, zone, heads, named, coming, capacity } = convening
	return { convening: { id, title, startsAt, endsAt, zone, heads, named, coming, capacity }, lines, q, guest: code ? (guest ?? null) : undefined, mayCancel: can('see_guests') && startsAt > now }
}

/** Back to the list with the words that were looked for, at the line that was touched. */
const back = (id: string, { q, line }: Record<string, string>) => `/convenings/${id}/desk${q ? `?${new URLSearchParams({ q })}` : ''}${line ? `#${encodeURIComponent(line)}` : ''}`

export const actions: Actions = {
	checkIn: (event) => act(event, (writer, actor, given, now) => checkIn(writer, actor, event.params.id, given.rsvp ?? '', { method: given.method === 'qr' ? 'qr' : 'desk', partySize: given.partySize }, now), (_, given) => back(event.params.id, given)),
	undo: (event) => act(event, (writer, actor, given, now) => undoCheckIn(writer, actor, event.params.id, given.attendance ?? '', now), (_, given) => back(event.params.id, given)),
	walkIn: (event) => act(event, (writer, actor, given, now) => walkIn(writer, actor, event.params.id, { name: given.name ?? '', contact: given.contact, partySize: given.partySize }, now), () => back(event.params.id, {})),
	heads: (event) => act(event, (writer, actor, given, now) => countHeads(writer, actor, event.params.id, given.heads ?? '', now), () => back(event.params.id, {})),
	cancel: (event) =>
		act(event, (writer, actor, given, now) => cancelForGuest(writer, actor, event.params.id, given.rsvp ?? '', now), async (movedUp, given) => {
			await sendLetters(event.locals, event.url.origin, movedUp)
			return back(event.params.id, given)
		}),
}
