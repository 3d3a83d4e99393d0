import type { BodyAction } from '#coalition'
import { findCall, giveItem, listAnswering, listLedItems, type Actor, type CallView, type CoalitionTables, type ItemLine, type LedItem } from '#coalition/server'
import { findGeography } from '#atlas/server'
import type { Writer } from '#database'
import { getLocale } from '#lib/paraglide/runtime.js'
import { readingActor } from './coalition-actor.ts'
import { isProgram, orMissing, permissionsIn } from './taking-part-page.ts'

interface ResponsePage {
	call: CallView
	actor: Actor
	can: (action: BodyAction) => boolean
	/** Bodies for which the reader may answer. */
	answering: { id: string; name: string }[]
	/** Everything that came in, for those who lead. */
	led: LedItem[] | undefined
	/** Names of the counties and tracts that stand in the items. */
	places: Record<string, string>
}

/** A call for a reader, with what only those who lead see where they do. */
export async function getResponsePage(locals: App.Locals, id: string): Promise<ResponsePage> {
	const [actor, now] = [await readingActor(locals), new Date()]
	const call = await orMissing(findCall(locals.database, id, now))
	const can = await permissionsIn(locals, call.body.id, actor, now)
	const [led, bodies] = await Promise.all([can('lead_response') ? listLedItems(locals.database, id) : undefined, call.stoodDownAt ? [] : listAnswering(locals.database, actor, now)])
	const answering = bodies.filter((body) => call.everybody || call.invited.some((one) => one.id === body.id))
	return { call, actor, can, answering, led, places: await namePlaces(locals, [...call.items, ...(led ?? [])]) }
}

async function namePlaces(locals: App.Locals, items: readonly Pick<ItemLine, 'place'>[]): Promise<Record<string, string>> {
	const { counties, mainGeography } = locals.region!
	const places = [...new Set(items.map(({ place }) => place).filter(Boolean))]
	const geography = places.some((place) => place.length > 5) ? await findGeography(locals.database, mainGeography) : undefined
	const nameOf = (place: string) => counties[place] ?? geography?.places.find(({ geoid }) => geoid === place)?.name ?? place
	return Object.fromEntries(places.map((place) => [place, nameOf(place)]))
}

type Given = Record<string, string>

/** Takes in the form of a need or an offer; a program's is answered as if it had been. */
export async function giveByForm(writer: Writer<CoalitionTables>, call: string, given: Given, now: Date): Promise<void> {
	if (isProgram(given)) return
	const { side = '', kind = '', text = '', name = '', contact = '', formKey = '' } = given
	await giveItem(writer, call, { side, kind, text, place: given.tract?.trim() || (given.county ?? ''), name, contact, language: getLocale(), formKey }, now)
}
