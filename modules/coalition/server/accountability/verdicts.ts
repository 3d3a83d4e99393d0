import { useFilePublicly } from '#files/server'
import { appendToLedger, linkRecords, newId, Refusal, type Reader, type Writer } from '#database'
import { quietPeriodOn, type QuietPeriod } from '../../accountability/quiet-mode.ts'
import { COMPROMISE_PERCENT, GIVEN_RATINGS, ratingFault, type Judged, type RatingFault } from '../../accountability/ratings.ts'
import { dayOf } from '../../decisions/day.ts'
import { nameOf, requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { dayColumn } from './day-column.ts'
import { getCommitmentRef } from './findings.ts'
import { readPastDay, readText } from './read-given.ts'

type CoalitionWriter = Writer<CoalitionTables>

export interface GivenVerdict {
	rating: string
	/** As typed, in percent; empty where nothing can be counted. */
	share: string
	/** The day on which it was done; empty for none. */
	doneOn: string
	note: string
	/** SHA-256 of an archived copy in the commitment's evidence. */
	file: string
	noStake: boolean
}

/**
 * A first reviewer proposes a rating, resting on an archived source of the commitment's evidence. It says nothing to anybody outside until a
 * second one confirms it. Errors: `verdict_reviewer_unnamed`, `verdict_with_stake`, `verdict_rating_unknown`, `verdict_without_source`,
 * `verdict_without_note`, those of `ratingFault` and `requireOpenBody`.
 */
export async function proposeVerdict(writer: CoalitionWriter, actor: Actor, commitment: string, given: GivenVerdict, now: Date): Promise<string> {
	const { body } = await getCommitmentRef(writer, commitment)
	await requireOpenBody(writer, body, actor, 'propose_verdict', now)
	const reviewer = requireReviewer(actor, given.noStake)
	const { rating, sharePercent, doneOn } = await readJudged(writer, commitment, given, now)
	const file = await requireEvidence(writer, commitment, given.file)
	const id = newId('vp')
	await writer.insertInto('coalition.verdict_proposal').values({ id, commitment, rating, share_percent: sharePercent ?? null, done_on: doneOn ?? null, note: readText(given.note, new Refusal('verdict_without_note')), source_file: file, reviewer, no_stake: true, at: now }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'verdict.proposed', subject: `coalition:commitment/${commitment}`, payload: { proposal: id } })
	return id
}

function requireReviewer({ person }: Actor, noStake: boolean): string {
	if (!person) throw new Refusal('verdict_reviewer_unnamed')
	if (!noStake) throw new Refusal('verdict_with_stake')
	return person
}

async function readJudged(writer: CoalitionWriter, commitment: string, given: GivenVerdict, now: Date): Promise<Judged> {
	const rating = GIVEN_RATINGS.find((one) => one === given.rating)
	if (!rating) throw new Refusal('verdict_rating_unknown')
	const share = given.share.trim().replace(/\s*%$/, '')
	if (share && (!/^\d{1,3}(\.\d+)?$/.test(share) || Number(share) > 100)) throw new Refusal('verdict_share_unreadable', { value: share.slice(0, 20) })
	const judged = { rating, sharePercent: share ? Number(share) : undefined, doneOn: given.doneOn.trim() ? readPastDay(given.doneOn, now) : undefined }
	const row = await writer.selectFrom('coalition.commitment').select([dayColumn('due_on'), 'all_or_nothing']).where('id', '=', commitment).executeTakeFirstOrThrow()
	const status = await writer.selectFrom('coalition.commitment_event').select('value').where('commitment', '=', commitment).where('kind', '=', 'official_status').orderBy('number', 'desc').limit(1).executeTakeFirst()
	const fault = ratingFault(judged, { dueOn: row.due_on, allOrNothing: row.all_or_nothing, today: dayOf(now), abandoned: status?.value === 'given_up' })
	if (fault) throw faultOf(fault, row.due_on)
	return judged
}

function faultOf(fault: RatingFault, day: string): Refusal {
	const refusals: Record<RatingFault, () => Refusal> = {
		verdict_share_missing: () => new Refusal('verdict_share_missing'), verdict_kept_in_part: () => new Refusal('verdict_kept_in_part', { percent: COMPROMISE_PERCENT }),
		verdict_done_day_missing: () => new Refusal('verdict_done_day_missing'), verdict_late: () => new Refusal('verdict_late', { day }), verdict_too_little: () => new Refusal('verdict_too_little', { percent: COMPROMISE_PERCENT }),
		verdict_all_or_nothing: () => new Refusal('verdict_all_or_nothing'), verdict_not_due: () => new Refusal('verdict_not_due', { day }),
	}
	return refusals[fault]()
}

/** An archived copy that the evidence of this commitment has. Errors: `verdict_without_source`. */
async function requireEvidence(writer: CoalitionWriter, commitment: string, hex: string): Promise<Buffer> {
	const sha256 = Buffer.from(/^[0-9a-f]{64}$/.test(hex.trim()) ? hex.trim() : '', 'hex')
	const found = await writer.selectFrom('coalition.commitment_event').select('number').where('commitment', '=', commitment).where('kind', 'in', ['evidence', 'official_status', 'schedule', 'money_stage']).where('source_file', '=', sha256).limit(1).executeTakeFirst()
	if (!found) throw new Refusal('verdict_without_source')
	return sha256
}

/** The quiet period that a public body is in on a day. */
export async function findQuietPeriod(reader: Reader<CoalitionTables>, publicBody: string, now: Date): Promise<QuietPeriod | undefined> {
	const [body, elections] = await Promise.all([
		reader.selectFrom('coalition.public_body').select('quiet_days').where('id', '=', publicBody).executeTakeFirstOrThrow(),
		reader.selectFrom('coalition.election').select(dayColumn('day')).where('public_body', '=', publicBody).execute(),
	])
	return quietPeriodOn(elections.map(({ day }) => day), body.quiet_days, dayOf(now))
}

/**
 * A second reviewer, who is not the first, confirms the newest proposal; from then on the rating is public. Errors: `verdict_proposal_not_found`,
 * `verdict_proposal_old`, `verdict_same_reviewer`, `verdict_in_quiet_period`, `verdict_reviewer_unnamed`, `verdict_with_stake`,
 * `verdict_without_note`, those of `requireOpenBody`.
 */
export async function confirmVerdict(writer: CoalitionWriter, actor: Actor, proposal: string, given: { note: string; noStake: boolean }, now: Date): Promise<string> {
	const found = await writer.selectFrom('coalition.verdict_proposal').innerJoin('coalition.commitment', 'coalition.commitment.id', 'commitment').innerJoin('coalition.office_term', 'coalition.office_term.id', 'office_term').innerJoin('coalition.office', 'coalition.office.id', 'office')
		.select(['body', 'commitment', 'reviewer', 'public_body', 'coalition.verdict_proposal.source_file', 'rating', 'at']).where('coalition.verdict_proposal.id', '=', proposal).executeTakeFirst()
	if (!found) throw new Refusal('verdict_proposal_not_found')
	await requireOpenBody(writer, found.body, actor, 'confirm_verdict', now)
	const reviewer = requireReviewer(actor, given.noStake)
	if (reviewer === found.reviewer) throw new Refusal('verdict_same_reviewer')
	await requireNewest(writer, found.commitment, proposal)
	const quiet = await findQuietPeriod(writer, found.public_body, now)
	if (quiet) throw new Refusal('verdict_in_quiet_period', { election: quiet.election, until: quiet.until })
	await writer.insertInto('coalition.verdict').values({ proposal, reviewer_1: found.reviewer, reviewer_2: reviewer, note_2: readText(given.note, new Refusal('verdict_without_note')), no_stake: true, at: now }).execute()
	const [record, commitment] = [`coalition:verdict/${found.commitment}/${proposal}`, `coalition:commitment/${found.commitment}`]
	await useFilePublicly(writer, found.source_file, record, now)
	await linkRecords(writer, { from: record, relation: 'judges', to: commitment, at: now, by: nameOf(actor) })
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'verdict.confirmed', subject: commitment, payload: { proposal, rating: found.rating } })
	return found.commitment
}

/** Only the newest proposal can become a verdict, once. */
async function requireNewest(writer: CoalitionWriter, commitment: string, proposal: string): Promise<void> {
	await writer.selectFrom('coalition.commitment').select('id').where('id', '=', commitment).forNoKeyUpdate().executeTakeFirst()
	const newest = await writer.selectFrom('coalition.verdict_proposal').leftJoin('coalition.verdict', 'proposal', 'coalition.verdict_proposal.id').select(['coalition.verdict_proposal.id', 'proposal']).where('commitment', '=', commitment).orderBy('coalition.verdict_proposal.at', 'desc').orderBy('coalition.verdict_proposal.id', 'desc').limit(1).executeTakeFirst()
	if (newest?.id !== proposal || newest.proposal) throw new Refusal('verdict_proposal_old')
}
