import { appendToLedger, newId, readSetting, Refusal, type Reader, type Writer } from '#database'
import { queueLetters, type GivenLetter } from '#mail/server'
import { mailAddressOf } from '#people/server'
import { dayOf, isDay } from '../../decisions/day.ts'
import { LEAST_ANSWERS, readAnswer, SURVEY_ITEMS } from '../../surveys/index.ts'
import { dayColumn } from '../accountability/day-column.ts'
import { currentMemberships, getBodyRef, nameOf, requireMay, requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { topicOf } from '../topics.ts'
import { hashOfCode, makeCodes } from './codes.ts'

type CoalitionWriter = Writer<CoalitionTables>

/** Longest time that a wave takes answers. */
export const MOST_WAVE_DAYS = 60

const recordOfWave = (id: string) => `coalition:wave/${id}`

/** A wave as its row says. Errors: `wave_not_found`. */
export async function getWave(reader: Reader<CoalitionTables>, id: string) {
	const row = await reader.selectFrom('room.wave').select(['id', 'body', 'items', 'asked', 'called_off_at', 'reason', dayColumn('opens_on'), dayColumn('closes_on')]).where('id', '=', id).executeTakeFirst()
	if (!row) throw new Refusal('wave_not_found')
	return row
}

/**
 * Opens a wave: whoever is a member now, or speaks for a member organization, is asked, and nobody else later. Where `mails`, everybody with an address
 * gets a code in a letter. Returns its id. Errors: `wave_days_unreadable`, `wave_too_long`, `wave_runs_already`, `wave_too_few`, those of `requireOpenBody`.
 */
export async function openWave(writer: CoalitionWriter, actor: Actor, body: string, given: { opensOn: string; closesOn: string }, mails: boolean, now: Date): Promise<string> {
	const { name } = await requireOpenBody(writer, body, actor, 'open_survey_wave', now)
	// Locked, so that two waves cannot be opened side by side.
	await writer.selectFrom('coalition.body').select('id').where('id', '=', body).forUpdate().executeTakeFirstOrThrow()
	const [opensOn, closesOn] = [given.opensOn.trim(), given.closesOn.trim()]
	if (!isDay(opensOn) || !isDay(closesOn) || closesOn <= opensOn || opensOn < dayOf(now)) throw new Refusal('wave_days_unreadable')
	if (Date.parse(closesOn) - Date.parse(opensOn) > MOST_WAVE_DAYS * 86_400_000) throw new Refusal('wave_too_long', { days: MOST_WAVE_DAYS })
	const running = await writer.selectFrom('room.wave').select('id').where('body', '=', body).where('called_off_at', 'is', null).where('closes_on', '>=', dayOf(now) as never).executeTakeFirst()
	if (running) throw new Refusal('wave_runs_already')
	const people = await listToAsk(writer, body, now)
	if (people.length < LEAST_ANSWERS) throw new Refusal('wave_too_few', { count: people.length, least: LEAST_ANSWERS })
	const id = newId('wv')
	await writer.insertInto('room.wave').values({ id, body, items: [...SURVEY_ITEMS], opens_on: opensOn, closes_on: closesOn, asked: people.length, opened_at: now, opened_by: nameOf(actor), called_off_at: null, called_off_by: null }).execute()
	await writer.insertInto('coalition.wave_asked').values(people.map((person) => ({ wave: id, person, given: null }))).execute()
	if (mails) await mailCodes(writer, { id, body, name, opensOn, closesOn }, people, now)
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'wave.opened', subject: recordOfWave(id), payload: { opensOn, closesOn, asked: people.length } })
	return id
}

/** Members, and who speaks for a member organization; each once. Observers are not asked. */
async function listToAsk(reader: Reader<CoalitionTables>, body: string, now: Date): Promise<string[]> {
	const [members, speakers] = await Promise.all([
		currentMemberships(reader, now).select('person').where('body', '=', body).where('person', 'is not', null).where('standing', '<>', 'observer').execute(),
		currentMemberships(reader, now).innerJoin('coalition.representation', (join) => join.onRef('coalition.representation.organization', '=', 'coalition.membership.organization').onRef('coalition.representation.body', '=', 'coalition.membership.body'))
			.select('coalition.representation.person').where('coalition.membership.body', '=', body).where('role', '=', 'primary').where('ended_at', 'is', null).execute(),
	])
	return [...new Set([...members, ...speakers].map(({ person }) => person!))].sort()
}

/** Sends everybody with an address a code of their own. Which code went to whom stands in the letter alone. */
async function mailCodes(writer: CoalitionWriter, wave: { id: string; body: string; name: string; opensOn: string; closesOn: string }, people: readonly string[], now: Date): Promise<void> {
	const origin = (await readSetting<string>(writer, 'origin')) ?? ''
	const reached = (await Promise.all(people.map(async (person) => ({ person, to: await mailAddressOf(writer, person) })))).filter(({ to }) => to)
	const codes = await makeCodes(writer, wave.id, reached.length)
	const letters = reached.map(({ person, to }, n): GivenLetter => ({
		kind: 'survey_code', language: to!.language, recipient: to!.address, contactPoint: to!.contactPoint, person, purpose: topicOf(wave.body), once: `wave:${wave.id}:${person}`,
		parameters: { name: wave.name, code: codes[n]!, opensOn: wave.opensOn, closesOn: wave.closesOn, url: `${origin}${to!.language === 'es' ? '/es' : ''}/survey?code=${codes[n]}` },
	}))
	await queueLetters(writer, letters, now)
	if (reached.length > 0) await writer.updateTable('coalition.wave_asked').set({ given: 'mail' }).where('wave', '=', wave.id).where('person', 'in', reached.map(({ person }) => person)).execute()
}

/** Gives whoever was asked and has no code yet one on screen, once. Errors: `wave_not_found`, `wave_not_asked`, `wave_code_given`, `wave_over`. */
export async function takeCode(writer: CoalitionWriter, actor: Actor, id: string, now: Date): Promise<string> {
	const wave = await getWave(writer, id)
	if (!(await isAsked(writer, actor, id))) throw new Refusal((await mayKnow(writer, actor, wave.body, now)) ? 'wave_not_asked' : 'wave_not_found')
	requireNotOver(wave, now)
	const { numUpdatedRows } = await writer.updateTable('coalition.wave_asked').set({ given: 'screen' }).where('wave', '=', id).where('person', '=', actor.person!).where('given', 'is', null).executeTakeFirst()
	if (!numUpdatedRows) throw new Refusal('wave_code_given')
	return (await makeCodes(writer, id, 1))[0]!
}

async function isAsked(reader: Reader<CoalitionTables>, actor: Actor, wave: string): Promise<boolean> {
	if (!actor.person) return false
	return (await reader.selectFrom('coalition.wave_asked').select('person').where('wave', '=', wave).where('person', '=', actor.person).executeTakeFirst()) !== undefined
}

async function mayKnow(reader: Reader<CoalitionTables>, actor: Actor, body: string, now: Date): Promise<boolean> {
	return requireMay(reader, await getBodyRef(reader, body), actor, 'see_page', now).then(() => true, () => false)
}

function requireNotOver(wave: { called_off_at: Date | null; closes_on: string }, now: Date): void {
	if (wave.called_off_at || wave.closes_on < dayOf(now)) throw new Refusal('wave_over')
}

/** Codes on paper for all who have none yet: the codes in no order, and the names of whom to give one each. Errors: `wave_all_given`, `wave_over`, those of `requireOpenBody`. */
export async function makePaperCodes(writer: CoalitionWriter, actor: Actor, id: string, now: Date): Promise<{ codes: string[]; names: string[] }> {
	const wave = await getWave(writer, id)
	await requireOpenBody(writer, wave.body, actor, 'open_survey_wave', now)
	requireNotOver(wave, now)
	const given = await writer.updateTable('coalition.wave_asked').set({ given: 'paper' }).where('wave', '=', id).where('given', 'is', null).returning('person').execute()
	if (given.length === 0) throw new Refusal('wave_all_given')
	const people = await writer.selectFrom('people.person').select('name').where('id', 'in', given.map(({ person }) => person)).orderBy('name').execute()
	return { codes: await makeCodes(writer, id, given.length), names: people.map(({ name }) => name) }
}

/** Ends a wave without a result, for good. Errors: `wave_without_reason`, `wave_over`, those of `requireOpenBody`. */
export async function callOffWave(writer: CoalitionWriter, actor: Actor, id: string, reason: string, now: Date): Promise<void> {
	const wave = await getWave(writer, id)
	await requireOpenBody(writer, wave.body, actor, 'open_survey_wave', now)
	requireNotOver(wave, now)
	if (!reason.trim()) throw new Refusal('wave_without_reason')
	await writer.updateTable('room.wave').set({ called_off_at: now, called_off_by: nameOf(actor), reason: reason.trim().slice(0, 500) }).where('id', '=', id).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'wave.called_off', subject: recordOfWave(id), payload: null })
}

/** The wave that a code opens, with what may be told to whoever has it. Errors: `wave_code_unknown`, `wave_code_used`, `wave_over`, `wave_not_yet`. */
export async function findWaveOfCode(reader: Reader<CoalitionTables>, code: string, now: Date): Promise<{ id: string; items: readonly string[]; name: string; slug: string; closesOn: string }> {
	const found = await reader.selectFrom('room.wave_code').select(['wave', 'used']).where('code_hash', '=', hashOfCode(code)).executeTakeFirst()
	if (!found) throw new Refusal('wave_code_unknown')
	if (found.used) throw new Refusal('wave_code_used')
	const wave = await getWave(reader, found.wave)
	requireNotOver(wave, now)
	if (wave.opens_on > dayOf(now)) throw new Refusal('wave_not_yet', { day: wave.opens_on })
	const { name, slug } = await getBodyRef(reader, wave.body)
	return { id: wave.id, items: wave.items, name, slug, closesOn: wave.closes_on }
}

/** Takes the answers of whoever has a code; the code is used then, and nothing says which answers came with it. Errors: `wave_unanswered`, those of `findWaveOfCode`. */
export async function answerWave(writer: CoalitionWriter, code: string, given: Readonly<Record<string, string | undefined>>, now: Date): Promise<void> {
	await writer.selectFrom('room.wave_code').select('used').where('code_hash', '=', hashOfCode(code)).forUpdate().executeTakeFirst()
	const wave = await findWaveOfCode(writer, code, now)
	const { items } = await getWave(writer, wave.id)
	const answers = items.flatMap((item) => {
		const answer = readAnswer(given[item])
		return answer === undefined ? [] : [{ id: newId('w', 24), wave: wave.id, item, answer }]
	})
	if (answers.length === 0) throw new Refusal('wave_unanswered')
	await writer.updateTable('room.wave_code').set({ used: true }).where('code_hash', '=', hashOfCode(code)).execute()
	// By their random identifiers: the order of the rows is not that of the questions.
	await writer.insertInto('room.wave_answer').values(answers.sort((a, b) => (a.id < b.id ? -1 : 1))).execute()
}
