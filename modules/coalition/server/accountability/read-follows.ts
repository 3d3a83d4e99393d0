import { Refusal, type Writer } from '#database'
import type { CoalitionTables } from '../coalition-tables.ts'

const FOLLOWED = [
	['coalition.decision', 'coalition:decision', 'follows from'], ['coalition.position', 'coalition:position', 'follows from'], ['coalition.goal', 'coalition:goal', 'serves'],
	['coalition.proposal', 'coalition:proposal', 'answers'], ['atlas.citation', 'atlas:citation', 'cites'],
] as const

/** The links to what a record follows from; identifiers or addresses of its pages, one after another. Errors: `commitment_follows_unknown`. */
export async function readFollows(writer: Writer<CoalitionTables>, given = ''): Promise<{ relation: string; to: string }[]> {
	const ids = given.split(/[\s,]+/).map((part) => part.split(/[?#]/)[0]!.split('/').at(-1)!).filter(Boolean).slice(0, 10)
	const links: { relation: string; to: string }[] = []
	for (const id of ids) {
		let found = false
		for (const [table, record, relation] of FOLLOWED) {
			if (!(await writer.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst())) continue
			links.push({ relation, to: `${record}/${id}` })
			found = true
		}
		if (!found) throw new Refusal('commitment_follows_unknown', { id: id.slice(0, 40) })
	}
	return links
}
