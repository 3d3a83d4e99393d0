import { appendToLedger, canonicalJson, linkRecords, type CoreTables, type Json, type Writer } from '#database'
import type { CitationRequest, FrozenCitation } from '../../citation.ts'
import type { AtlasTables } from '../tables.ts'
import { freeze } from './freeze.ts'
import { hashOf, idOf } from './identity.ts'

type Tables = AtlasTables & CoreTables

/**
 * The door by which every room cites: freezes what is asked for, with margin, comparison, method and source, and returns the citation's id.
 * The same thing cited twice is one citation. Errors: `citation_nothing_there`.
 */
export async function cite(writer: Writer<Tables>, actor: string, request: CitationRequest, now: Date): Promise<string> {
	const frozen = await freeze(writer, request)
	const text = canonicalJson(frozen as unknown as Json)
	const hash = hashOf(text)
	const id = idOf(hash)
	const written = await writer
		.insertInto('atlas.citation')
		.values({ id, made_at: now, made_by: actor, frozen: text, content_hash: hash })
		.onConflict((conflict) => conflict.column('id').doNothing())
		.returning('id')
		.executeTakeFirst()
	if (!written) return id
	const record = `atlas:citation/${id}`
	for (const { relation, to } of endsOf(frozen)) await linkRecords(writer, { from: record, relation, to, at: now, by: actor })
	await appendToLedger(writer, { at: now, actor, kind: 'citation.made', subject: record, payload: { hash: hash.toString('hex') } })
	return id
}

/** The records that a citation stands on: the series or the recipe it cites and the place it is about. A profile is about its place alone. */
function endsOf(frozen: FrozenCitation): { relation: string; to: string }[] {
	const place = frozen.kind === 'map' ? undefined : frozen.place
	const about = place ? [{ relation: 'about', to: `atlas:place/${place.geography}/${place.geoid}` }] : []
	if (frozen.kind === 'profile') return about
	if (frozen.kind === 'index') return [{ relation: 'cites', to: `atlas:recipe/${frozen.recipe.id}/${frozen.recipe.version}` }, ...about]
	const geography = frozen.kind === 'map' ? frozen.geography : frozen.place.geography
	return [{ relation: 'cites', to: `atlas:series/${frozen.indicator.key}/${geography}/${frozen.vintage}` }, ...about]
}
