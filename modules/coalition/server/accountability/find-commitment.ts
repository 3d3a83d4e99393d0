import { sql } from 'kysely'
import type { Reader } from '#database'
import { CORRECTION_HOURS, type CommitmentEventKind } from '../../accountability/findings.ts'
import type { QuietPeriod } from '../../accountability/quiet-mode.ts'
import type { GivenRating } from '../../accountability/ratings.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { listCommitments, type CommitmentLine } from './commitment-lines.ts'
import { dayColumn } from './day-column.ts'
import { findQuietPeriod } from './verdicts.ts'

export interface CommitmentEvent {
	number: number
	kind: CommitmentEventKind
	value: string
	text: string
	source: string
	/** SHA-256 of the archived copy. */
	file: string | undefined
	onDay: string
	at: Date
}

export interface VerdictLine {
	proposal: string
	rating: GivenRating
	sharePercent: number | undefined
	doneOn: string | undefined
	note: string
	file: string
	reviewer: string
	reviewerName: string
	proposedAt: Date
	/** The second reviewer's, once confirmed. */
	confirmed: { by: string; note: string; at: Date } | undefined
}

export interface CorrectionLine {
	id: string
	commitment: string
	text: string
	name: string
	contact: string
	madeAt: Date
	/** Waiting for longer than it may. */
	late: boolean
	answer: { text: string; changed: boolean; at: Date } | undefined
}

export interface CommitmentView extends CommitmentLine {
	/** Oldest first. */
	events: CommitmentEvent[]
	/** Confirmed ones, newest first. */
	verdicts: VerdictLine[]
	/** The newest proposal, where no second reviewer has confirmed it yet. */
	waiting: VerdictLine | undefined
	corrections: CorrectionLine[]
	askText: string | undefined
	quiet: QuietPeriod | undefined
}

/** A commitment with its whole history. */
export async function findCommitment(reader: Reader<CoalitionTables>, id: string, now: Date): Promise<CommitmentView | undefined> {
	const [line] = await listCommitments(reader, { id }, now)
	if (!line) return undefined
	const [events, proposals, corrections, ask, quiet] = await Promise.all([
		reader.selectFrom('coalition.commitment_event').select(['number', 'kind', 'value', 'text', 'source', 'source_file', 'at', dayColumn('on_day')]).where('commitment', '=', id).orderBy('number').execute(),
		listProposals(reader, [id]),
		listCorrections(reader, [id], now),
		line.ask ? reader.selectFrom('coalition.ask').select('text').where('id', '=', line.ask).executeTakeFirst() : undefined,
		findQuietPeriod(reader, line.publicBody.id, now),
	])
	return {
		...line, quiet, corrections, askText: ask?.text, verdicts: proposals.filter(({ confirmed }) => confirmed), waiting: proposals[0]?.confirmed ? undefined : proposals[0],
		events: events.map(({ source_file, on_day, ...event }) => ({ ...event, file: source_file?.toString('hex'), onDay: on_day })),
	}
}

/** Proposed ratings of commitments, newest first, with their confirmations. */
async function listProposals(reader: Reader<CoalitionTables>, commitments: readonly string[]): Promise<(VerdictLine & { commitment: string })[]> {
	if (commitments.length === 0) return []
	const rows = await reader.selectFrom('coalition.verdict_proposal as proposed').innerJoin('people.person as one', 'one.id', 'proposed.reviewer')
		.leftJoin('coalition.verdict as verdict', 'verdict.proposal', 'proposed.id').leftJoin('people.person as two', 'two.id', 'verdict.reviewer_2')
		.select(['proposed.id', 'commitment', 'rating', 'share_percent', 'note', 'source_file', 'reviewer', 'one.name as reviewer_name', 'proposed.at as proposed_at', 'two.name as second_name', 'note_2', 'verdict.at as confirmed_at', sql<string | null>`done_on::text`.as('done_on')])
		.where('commitment', 'in', [...commitments]).orderBy('proposed.at', 'desc').orderBy('proposed.id', 'desc').execute()
	return rows.map((row) => ({
		commitment: row.commitment, proposal: row.id, rating: row.rating, sharePercent: row.share_percent ?? undefined, doneOn: row.done_on ?? undefined, note: row.note, file: row.source_file.toString('hex'),
		reviewer: row.reviewer, reviewerName: row.reviewer_name, proposedAt: row.proposed_at, confirmed: row.confirmed_at ? { by: row.second_name!, note: row.note_2!, at: row.confirmed_at } : undefined,
	}))
}

/** Reports that something is wrong, unanswered ones first, the longest waiting first. */
async function listCorrections(reader: Reader<CoalitionTables>, commitments: readonly string[], now: Date): Promise<CorrectionLine[]> {
	if (commitments.length === 0) return []
	const rows = await reader.selectFrom('coalition.correction_request as asked').leftJoin('coalition.correction_answer as answered', 'answered.request', 'asked.id')
		.select(['asked.id', 'commitment', 'text', 'name', 'contact', 'made_at', 'answer', 'changed', 'at']).where('commitment', 'in', [...commitments]).orderBy('at', (order) => order.desc().nullsFirst()).orderBy('made_at').execute()
	return rows.map((row) => ({
		id: row.id, commitment: row.commitment, text: row.text, name: row.name, contact: row.contact, madeAt: row.made_at,
		late: row.at === null && now.getTime() - row.made_at.getTime() > CORRECTION_HOURS * 3_600_000,
		answer: row.at === null ? undefined : { text: row.answer!, changed: row.changed!, at: row.at },
	}))
}

export interface PlankLine {
	id: string
	text: string
	goal: { id: string; title: string } | undefined
	asks: { id: string; text: string; sentOn: string; source: string; office: string; post: string; publicBody: string; answered: boolean }[]
}

export interface BodyAccountability {
	planks: PlankLine[]
	commitments: CommitmentLine[]
	/** Proposed ratings that wait for a second reviewer. */
	waiting: { commitment: CommitmentLine; rating: GivenRating; reviewer: string }[]
	/** Reports without an answer. */
	corrections: CorrectionLine[]
}

/** What a body wants of office holders, what it asked, what they promised, and what waits for the body. */
export async function findBodyAccountability(reader: Reader<CoalitionTables>, body: string, now: Date): Promise<BodyAccountability> {
	const [planks, asks, commitments] = await Promise.all([
		reader.selectFrom('coalition.plank').leftJoin('coalition.goal', 'coalition.goal.id', 'goal').select(['coalition.plank.id', 'text', 'goal', 'title']).where('coalition.plank.body', '=', body).orderBy('made_at').orderBy('coalition.plank.id').execute(),
		reader.selectFrom('coalition.ask as ask').innerJoin('coalition.plank as plank', 'plank.id', 'ask.plank').innerJoin('coalition.office as office', 'office.id', 'ask.office').innerJoin('coalition.public_body as public_body', 'public_body.id', 'office.public_body')
			.select(['ask.id', 'ask.plank', 'ask.text', 'ask.source', 'ask.office', 'post', 'public_body.name', sql<string>`sent_on::text`.as('sent_on')]).where('plank.body', '=', body).orderBy('sent_on').execute(),
		listCommitments(reader, { body }, now),
	])
	const ids = commitments.map(({ id }) => id)
	const [proposals, corrections] = await Promise.all([listProposals(reader, ids), listCorrections(reader, ids, now)])
	return {
		commitments, corrections: corrections.filter(({ answer }) => !answer),
		planks: planks.map(({ id, text, goal, title }) => ({
			id, text, goal: goal ? { id: goal, title: title! } : undefined,
			asks: asks.filter(({ plank }) => plank === id).map((ask) => ({ id: ask.id, text: ask.text, sentOn: ask.sent_on, source: ask.source, office: ask.office, post: ask.post, publicBody: ask.name, answered: commitments.some((one) => one.ask === ask.id) })),
		})),
		waiting: commitments.flatMap((commitment) => {
			const newest = proposals.find((proposal) => proposal.commitment === commitment.id)
			return newest && !newest.confirmed ? [{ commitment, rating: newest.rating, reviewer: newest.reviewerName }] : []
		}),
	}
}
