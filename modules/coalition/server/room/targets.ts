import { appendToLedger, Refusal, type Reader, type Writer } from '#database'
import { categorySet, SET_NAMES, type SetName } from '../../room/index.ts'
import { nameOf, requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'

/** What share a body wants some group to have in its rooms, because equity need not be parity. */
export interface RoomTarget {
	set: SetName
	option: string
	percent: number
	since: Date
}

/** The targets of a body that hold, in the order of the questions. */
export async function listTargets(reader: Reader<CoalitionTables>, body: string): Promise<RoomTarget[]> {
	const rows = await reader.selectFrom('room.target').distinctOn(['category_set', 'option']).selectAll().where('body', '=', body).orderBy('category_set').orderBy('option').orderBy('id', 'desc').execute()
	const held = rows.flatMap(({ category_set, option, percent, since }) => (percent === null ? [] : [{ set: category_set, option, percent: Number(percent), since }]))
	return SET_NAMES.flatMap((set) => categorySet(set).options.flatMap((option) => held.find((target) => target.set === set && target.option === option) ?? []))
}

/** Sets a target in percent, or takes it back where `percent` is empty. `group` is `<question>/<option>`. Errors: `room_target_unreadable`, those of `requireOpenBody`. */
export async function setTarget(writer: Writer<CoalitionTables>, actor: Actor, body: string, { group, percent }: { group: string; percent: string }, now: Date): Promise<void> {
	await requireOpenBody(writer, body, actor, 'open_room_survey', now)
	const [name, option] = group.split('/')
	const set = SET_NAMES.find((one) => one === name)
	const wanted = percent.trim() === '' ? null : Number(percent.replace(',', '.').replace('%', ''))
	if (!set || !option || !categorySet(set).options.includes(option) || (wanted !== null && !(wanted > 0 && wanted <= 100))) throw new Refusal('room_target_unreadable', { percent: percent.slice(0, 20) })
	await writer.insertInto('room.target').values({ body, category_set: set, option, percent: wanted, since: now, by: nameOf(actor) }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'room.target_set', subject: `coalition:body/${body}`, payload: { group: `${set}/${option}`, percent: wanted === null ? '' : String(wanted) } })
}
