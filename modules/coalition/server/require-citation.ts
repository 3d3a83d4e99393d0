import { Refusal, type Writer } from '#database'
import type { CoalitionTables } from './coalition-tables.ts'

/** Refuses a citation that nobody made. Errors: `citation_unknown`. */
export async function requireCitation(writer: Writer<CoalitionTables>, citation: string): Promise<void> {
	const found = await writer.selectFrom('atlas.citation').select('id').where('id', '=', citation).executeTakeFirst()
	if (!found) throw new Refusal('citation_unknown', { id: citation.slice(0, 40) })
}
