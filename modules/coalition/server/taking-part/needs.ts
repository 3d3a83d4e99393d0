import { appendToLedger, newId, Refusal, type Writer } from '#database'
import { NEED_KINDS, SIDES } from '../../taking-part/index.ts'
import { readText } from '../accountability/read-given.ts'
import { nameOf, requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { addGuestPerson } from '../convenings/rsvps.ts'
import { getCallRef, requireLeading } from './response.ts'

type CoalitionWriter = Writer<CoalitionTables>

/** What somebody needs or offers in a call. */
export interface GivenItem {
	side: string
	kind: string
	text: string
	/** A county (five digits) or a tract (eleven), or empty; never anything finer. */
	place: string
	name: string
	contact: string
	language: 'en' | 'es'
	/** What one opening of the form carries: sending it twice is once. */
	formKey: string
}

/**
 * Takes in what somebody needs or offers, without an account; those who lead read it before anybody else does. Errors: `call_not_found`, `call_stood_down`,
 * `item_without_side`, `item_without_kind`, `item_without_text`, `item_place_too_fine`, `item_without_contact`, `person_without_name`, `contact_unreadable`.
 */
export async function giveItem(writer: CoalitionWriter, call: string, given: GivenItem, now: Date): Promise<string> {
	// Held shared, so that nothing comes in after the stand-down.
	await writer.selectFrom('coalition.response_call').select('id').where('id', '=', call).forShare().executeTakeFirst()
	const { stood_down_at } = await getCallRef(writer, call)
	if (stood_down_at) throw new Refusal('call_stood_down')
	const formKey = given.formKey.slice(0, 60) || null
	const before = formKey && (await writer.selectFrom('coalition.response_item').select('id').where('call', '=', call).where('form_key', '=', formKey).executeTakeFirst())
	if (before) return before.id
	const side = SIDES.find((one) => one === given.side)
	if (!side) throw new Refusal('item_without_side')
	const kind = NEED_KINDS.find((one) => one === given.kind)
	if (!kind) throw new Refusal('item_without_kind')
	const text = readText(given.text, new Refusal('item_without_text'), 1000)
	const place = given.place.trim()
	if (!/^(\d{5}|\d{11})?$/.test(place)) throw new Refusal('item_place_too_fine', { value: place.slice(0, 40) })
	if (!given.contact.trim()) throw new Refusal('item_without_contact')
	const person = await addGuestPerson(writer, given, now)
	const id = newId('ri')
	await writer.insertInto('coalition.response_item').values({ id, call, side, kind, text, place, person, form_key: formKey, state: 'open', made_at: now, changed_at: now }).execute()
	return id
}

/** The item of an id in a call that this actor leads, held with its call. Errors: `item_not_found`, those of `requireLeading`. */
async function requireItem(writer: CoalitionWriter, actor: Actor, id: string, now: Date) {
	const { call } = (await writer.selectFrom('coalition.response_item').select('call').where('id', '=', id).executeTakeFirst()) ?? {}
	if (!call) throw new Refusal('item_not_found')
	await requireLeading(writer, actor, call, now)
	return writer.selectFrom('coalition.response_item').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/**
 * A person brings a need and an offer of one call together: a need with one offer, an offer with as many needs as it can. Errors: `item_not_found`,
 * `match_sides`, `match_taken`, those of `requireLeading`.
 */
export async function matchItems(writer: CoalitionWriter, actor: Actor, need: string, offer: string, now: Date): Promise<void> {
	const [one, other] = [await requireItem(writer, actor, need, now), await requireItem(writer, actor, offer, now)]
	if (one.side !== 'need' || other.side !== 'offer' || one.call !== other.call) throw new Refusal('match_sides')
	if (one.state !== 'open' || !['open', 'matched'].includes(other.state)) throw new Refusal('match_taken')
	await writer.insertInto('coalition.response_match').values({ need, offer, at: now, by: nameOf(actor) }).execute()
	await writer.updateTable('coalition.response_item').set({ state: 'matched', changed_at: now }).where('id', 'in', [need, offer]).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'response.matched', subject: `coalition:response/${one.call}`, payload: { need, offer } })
}

const AFTER = { done: ['open', 'matched'], set_aside: ['open'] } as const

/** Says that a need is met or an offer used up, or sets one aside that does not belong here. Errors: `item_not_found`, `item_settled`, those of `requireLeading`. */
export async function settleItem(writer: CoalitionWriter, actor: Actor, id: string, state: 'done' | 'set_aside', now: Date): Promise<void> {
	const item = await requireItem(writer, actor, id, now)
	if (!(AFTER[state] as readonly string[]).includes(item.state)) throw new Refusal('item_settled')
	await writer.updateTable('coalition.response_item').set({ state, changed_at: now, ...(state === 'set_aside' ? { shown: false } : {}) }).where('id', '=', id).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: `response.item_${state}`, subject: `coalition:response/${item.call}`, payload: { item: id } })
}

/** Shows the words of an item to everybody, or hides them again, also after the stand-down. Errors: `item_not_found`, those of `requireOpenBody`. */
export async function showItem(writer: CoalitionWriter, actor: Actor, id: string, shown: boolean, now: Date): Promise<void> {
	const found = await writer.selectFrom('coalition.response_item').innerJoin('coalition.response_call', 'coalition.response_call.id', 'call').select(['body', 'state']).where('coalition.response_item.id', '=', id).executeTakeFirst()
	if (!found) throw new Refusal('item_not_found')
	await requireOpenBody(writer, found.body, actor, 'lead_response', now)
	if (shown && found.state === 'set_aside') throw new Refusal('item_settled')
	await writer.updateTable('coalition.response_item').set({ shown }).where('id', '=', id).execute()
}
