import { appendToLedger, newId, Refusal, type Reader, type Writer } from '#database'
import { categorySet, mostAnswers, SET_NAMES, type SetName } from '../../room/index.ts'
import { getBodyRef, nameOf, requireMay, requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { getConveningRow, recordOf, requireConvening } from '../convenings/convenings.ts'

export interface RoomSurvey {
	sets: SetName[]
	openedAt: Date
	closedAt: Date | undefined
}

/** The survey of a convening; undefined where nobody opened one. */
export async function findSurvey(reader: Reader<CoalitionTables>, convening: string): Promise<RoomSurvey | undefined> {
	const row = await reader.selectFrom('room.survey').selectAll().where('convening', '=', convening).executeTakeFirst()
	return row && { sets: SET_NAMES.filter((name) => row.sets.includes(name)), openedAt: row.opened_at, closedAt: row.closed_at ?? undefined }
}

/** Opens the survey of a convening with some questions. Errors: `room_open_already`, `room_without_questions`, `convening_not_planned` for one called off, those of `requireOpenBody`. */
export async function openSurvey(writer: Writer<CoalitionTables>, actor: Actor, convening: string, sets: readonly string[], now: Date): Promise<void> {
	const { body, state } = await requireConvening(writer, actor, convening, 'open_room_survey', now)
	await requireOpenBody(writer, body, actor, 'open_room_survey', now)
	if (state === 'cancelled') throw new Refusal('convening_not_planned')
	const chosen = SET_NAMES.filter((name) => sets.includes(name))
	if (chosen.length === 0) throw new Refusal('room_without_questions')
	const opened = await writer.insertInto('room.survey').values({ convening, sets: chosen, opened_at: now, opened_by: nameOf(actor), closed_at: null }).onConflict((conflict) => conflict.doNothing()).returning('convening').executeTakeFirst()
	if (!opened) throw new Refusal('room_open_already')
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'room.opened', subject: recordOf(convening), payload: { questions: chosen } })
}

/** Closes a survey; it takes no answers any more. Errors: `room_not_open`, those of `requireConvening`. */
export async function closeSurvey(writer: Writer<CoalitionTables>, actor: Actor, convening: string, now: Date): Promise<void> {
	await requireConvening(writer, actor, convening, 'open_room_survey', now)
	await writeClosing(writer, actor, convening, now)
}

export async function writeClosing(writer: Writer<CoalitionTables>, actor: Actor, convening: string, now: Date): Promise<void> {
	const { numUpdatedRows } = await writer.updateTable('room.survey').set({ closed_at: now }).where('convening', '=', convening).where('closed_at', 'is', null).executeTakeFirst()
	if (!numUpdatedRows) throw new Refusal('room_not_open')
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'room.closed', subject: recordOf(convening), payload: null })
}

/** One filled-in form: question → option; anything else, “prefer not to say” among it, is no answer. */
export interface GivenAnswers {
	choices: Partial<Record<SetName, string>>
	/** Question → what was written in one's own words. */
	words: Partial<Record<SetName, string>>
}

/**
 * Takes the answers of somebody who may read the convening; who they are is neither asked nor kept. Errors: `room_not_open`, `room_unanswered`,
 * `room_full`, those of `requireMay`.
 */
export async function answerSurvey(writer: Writer<CoalitionTables>, actor: Actor, convening: string, given: GivenAnswers, now: Date): Promise<void> {
	const { body } = await getConveningRow(writer, convening)
	await requireMay(writer, await getBodyRef(writer, body), actor, 'see_inside', now)
	await writeAnswers(writer, convening, given)
}

/** Types up a paper slip; nothing says who did. Errors: as of `answerSurvey`. */
export async function enterSlip(writer: Writer<CoalitionTables>, actor: Actor, convening: string, given: GivenAnswers, now: Date): Promise<void> {
	await requireConvening(writer, actor, convening, 'enter_room_answer', now)
	await writeAnswers(writer, convening, given)
}

async function writeAnswers(writer: Writer<CoalitionTables>, convening: string, { choices, words }: GivenAnswers): Promise<void> {
	// Locked, so that nobody answers beside a closing or beyond the room.
	const survey = await writer.selectFrom('room.survey').selectAll().where('convening', '=', convening).forUpdate().executeTakeFirst()
	if (!survey || survey.closed_at) throw new Refusal('room_not_open')
	const answers = survey.sets.flatMap((set) => {
		const option = categorySet(set).options.find((one) => one === choices[set])
		return option ? [{ set, option }] : []
	})
	if (answers.length === 0) throw new Refusal('room_unanswered')
	const { answered, most } = await countAnswers(writer, convening)
	if (answered >= most) throw new Refusal('room_full', { most })
	await writer.insertInto('room.slip').values({ id: newId('s', 24), convening }).execute()
	for (const { set, option } of answers) {
		await writer.insertInto('room.answer').values({ id: newId('w', 24), convening, category_set: set, option }).execute()
		const own = option === categorySet(set).ownWords ? words[set]?.trim().slice(0, 80) : ''
		if (own) await writer.insertInto('room.own_words').values({ id: newId('w', 24), convening, category_set: set, words: own }).execute()
	}
}

/** People in a room: as counted by looking, else those who gave a name. */
export async function countAttended(reader: Reader<CoalitionTables>, convening: string): Promise<{ attended: number; counted: boolean }> {
	const [heads, named] = await Promise.all([
		reader.selectFrom('coalition.head_count').select('heads').where('convening', '=', convening).orderBy('id', 'desc').limit(1).executeTakeFirst(),
		reader.selectFrom('coalition.attendance').select(({ fn }) => fn.sum<string | null>('party_size').as('people')).where('convening', '=', convening).where('undone_at', 'is', null).executeTakeFirstOrThrow(),
	])
	return heads ? { attended: heads.heads, counted: true } : { attended: Number(named.people ?? 0), counted: false }
}

const LEAST_ROOM = 20

export interface AnswerCount {
	answered: number
	attended: number
	counted: boolean
	/** Answers that are taken at most. */
	most: number
}

/** How many answered, of how many, and how many may: before heads are counted as many as are expected. */
export async function countAnswers(reader: Reader<CoalitionTables>, convening: string): Promise<AnswerCount> {
	const [{ attended, counted }, slips, expected] = await Promise.all([
		countAttended(reader, convening),
		reader.selectFrom('room.slip').select(({ fn }) => fn.countAll<string>().as('count')).where('convening', '=', convening).executeTakeFirstOrThrow(),
		reader.selectFrom('coalition.convening').select(['capacity', ({ selectFrom }) => selectFrom('coalition.rsvp').select(({ fn }) => fn.sum<string | null>('party_size').as('coming')).whereRef('coalition.rsvp.convening', '=', 'coalition.convening.id').where('answer', '=', 'coming').as('coming')]).where('id', '=', convening).executeTakeFirstOrThrow(),
	])
	const most = mostAnswers(counted ? attended : Math.max(LEAST_ROOM, attended, expected.capacity ?? 0, Number(expected.coming ?? 0)))
	return { answered: Number(slips.count), attended, counted, most }
}
