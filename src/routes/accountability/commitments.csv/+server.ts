import { csvText } from '#atlas'
import { listCommitments } from '#coalition/server'
import type { RequestHandler } from './$types'

const COLUMNS = ['commitment', 'public_body', 'office', 'division', 'holder', 'term_from', 'term_to', 'quote', 'made_on', 'due_on', 'due_rule', 'test', 'all_or_nothing', 'rating', 'rated_on', 'overdue', 'source', 'source_sha256', 'recorded_by', 'url']

/** Every commitment with the rating that holds today. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const rows = (await listCommitments(locals.database, {}, new Date())).map((one) => [
		one.id, one.publicBody.name, one.office.post, one.office.division, one.term.holder, one.term.beginsOn, one.term.endsOn, one.quote, one.madeOn, one.dueOn, one.dueRule, one.test, String(one.allOrNothing),
		one.rating, one.ratedAt?.toISOString().slice(0, 10) ?? '', String(one.overdue), one.source, one.file, one.body.name, `${url.origin}/commitments/${one.id}`,
	])
	return new Response(csvText([COLUMNS, ...rows]), { headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="commitments.csv"', 'cache-control': 'public, max-age=300' } })
}
