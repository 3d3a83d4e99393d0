import { sql } from 'kysely'
import type { Reader } from '#database'
import { isOverdue, type Rating } from '../../accountability/ratings.ts'
import type { DueRule } from '../../accountability/due.ts'
import { dayOf } from '../../decisions/day.ts'
import type { CoalitionTables } from '../coalition-tables.ts'

/** A commitment with whom it belongs to and the rating that holds now. */
export interface CommitmentLine {
	id: string
	quote: string
	madeOn: string
	dueOn: string
	dueRule: DueRule
	test: string
	allOrNothing: boolean
	source: string
	/** SHA-256 of the archived copy, in hexadecimal. */
	file: string
	recordedAt: Date
	body: { id: string; slug: string; name: string }
	term: { id: string; holder: string; beginsOn: string; endsOn: string }
	office: { id: string; post: string; division: string }
	publicBody: { id: string; slug: string; name: string }
	ask: string | undefined
	rating: Rating
	ratedAt: Date | undefined
	overdue: boolean
}

const linesOf = (reader: Reader<CoalitionTables>) => reader.selectFrom('coalition.commitment as commitment')
	.innerJoin('coalition.office_term as term', 'term.id', 'commitment.office_term').innerJoin('coalition.office as office', 'office.id', 'term.office')
	.innerJoin('coalition.public_body as public_body', 'public_body.id', 'office.public_body').innerJoin('coalition.body as body', 'body.id', 'commitment.body')
	.leftJoinLateral((build) => build.selectFrom('coalition.verdict as verdict').innerJoin('coalition.verdict_proposal as proposed', 'proposed.id', 'verdict.proposal')
		.select(['proposed.rating', 'verdict.at as rated_at']).whereRef('proposed.commitment', '=', 'commitment.id').orderBy('verdict.at', 'desc').orderBy('proposed.at', 'desc').limit(1).as('latest'), (join) => join.onTrue())
	.select(['commitment.id', 'quote', 'due_rule', 'test', 'all_or_nothing', 'source', 'source_file', 'recorded_at', 'ask', 'rating', 'rated_at', 'holder', 'post', 'division'])
	.select(['body.id as body_id', 'body.slug as body_slug', 'body.name as body_name', 'term.id as term_id', 'office.id as office_id', 'public_body.id as public_body_id', 'public_body.slug as public_body_slug', 'public_body.name as public_body_name'])
	.select([sql<string>`made_on::text`.as('made_on'), sql<string>`due_on::text`.as('due_on'), sql<string>`begins_on::text`.as('begins_on'), sql<string>`ends_on::text`.as('ends_on')])

export interface LineFilter {
	id?: string
	body?: string
	term?: string
	publicBody?: string
}

/** Commitments, the newest promise first; the current rating is the newest verdict, and none is "not yet rated". */
export async function listCommitments(reader: Reader<CoalitionTables>, { id, body, term, publicBody }: LineFilter, now: Date): Promise<CommitmentLine[]> {
	let query = linesOf(reader)
	if (id !== undefined) query = query.where('commitment.id', '=', id)
	if (body !== undefined) query = query.where('commitment.body', '=', body)
	if (term !== undefined) query = query.where('commitment.office_term', '=', term)
	if (publicBody !== undefined) query = query.where('office.public_body', '=', publicBody)
	const rows = await query.orderBy('made_on', 'desc').orderBy('commitment.id').execute()
	return rows.map((row) => {
		const rating: Rating = row.rating ?? 'not_yet_rated'
		return {
			id: row.id, quote: row.quote, madeOn: row.made_on, dueOn: row.due_on, dueRule: row.due_rule, test: row.test, allOrNothing: row.all_or_nothing, source: row.source, file: row.source_file.toString('hex'), recordedAt: row.recorded_at, ask: row.ask ?? undefined,
			body: { id: row.body_id, slug: row.body_slug, name: row.body_name }, term: { id: row.term_id, holder: row.holder, beginsOn: row.begins_on, endsOn: row.ends_on },
			office: { id: row.office_id, post: row.post, division: row.division }, publicBody: { id: row.public_body_id, slug: row.public_body_slug, name: row.public_body_name },
			rating, ratedAt: row.rated_at ?? undefined, overdue: isOverdue({ dueOn: row.due_on, rating }, dayOf(now)),
		}
	})
}
