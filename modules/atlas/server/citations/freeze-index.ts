import { Refusal, type CoreTables, type Reader } from '#database'
import { planRecipe } from '@throughline/stats'
import type { CitationRequest, FrozenIndex } from '../../citation.ts'
import { standingOf } from '../../comparison.ts'
import type { Bilingual } from '../../domains.ts'
import { scoreIndex } from '../../index-draft.ts'
import { readRecipeFile } from '../../recipe-file.ts'
import { readIndexTable } from '../index-table.ts'
import { findOwnIndex } from '../own-indices.ts'
import type { AtlasTables } from '../tables.ts'

const HIGHEST = 10
export const INDEX_METHOD_VERSION = 'own-index-1'

/** The score of a saved index, for one place or as a whole, with every series it was computed from. Errors: `citation_nothing_there`. */
export async function freezeIndex(reader: Reader<AtlasTables & CoreTables>, request: CitationRequest & { kind: 'index' }, region: Bilingual): Promise<FrozenIndex> {
	const nothing = new Refusal('citation_nothing_there', { indicator: request.recipe, place: request.geoid ?? '' })
	const found = await findOwnIndex(reader, request.recipe, request.version)
	const summary = await reader.selectFrom('atlas.region').select('manifest').executeTakeFirst()
	if (!found || !summary) throw nothing
	const table = await readIndexTable(reader, summary.manifest.mainGeography)
	const { recipe } = readRecipeFile(found.index.yaml, `${found.index.id}.yml`)
	const scored = recipe && scoreIndex(recipe, table.keys, table.columns)
	if (!scored) throw nothing
	const placeOf = (row: number) => table.geography.places[table.ordinals[row]!]!
	const row = request.geoid === undefined ? undefined : table.keys.indexOf(request.geoid)
	const standing = row === undefined ? undefined : standingOf(scored.scores, row, [...scored.scores.keys()])
	if (row !== undefined && !standing) throw nothing
	const used = new Set(planRecipe(recipe, [...table.columns.keys()]).inputs)
	const inputs = table.inputs.filter(({ indicator }) => used.has(indicator.key)).map(({ indicator, series }) => ({ indicator: indicator.key, name: indicator.name, vintage: series.vintage, version: series.version, hash: series.hash, source: series.source }))
	const highest = [...scored.scores.keys()].filter((i) => !Number.isNaN(scored.scores[i]!)).sort((a, b) => scored.scores[b]! - scored.scores[a]! || a - b).slice(0, HIGHEST)
	const sources = await reader.selectFrom('atlas.source').select(['key', 'publisher', 'sha256']).where('key', 'in', [...new Set(inputs.map(({ source }) => source))]).orderBy('key').execute()
	const { id, version, title, hash } = found.index
	return {
		kind: 'index', recipe: { id, version, title, hash }, region, geography: table.geography.key,
		place: row === undefined ? null : { geography: table.geography.key, geoid: placeOf(row).geoid, name: placeOf(row).name, county: placeOf(row).countyName },
		score: row === undefined ? null : scored.scores[row]!, standing: standing ? { rank: standing.rank, of: standing.of } : null,
		places: scored.scores.filter((score) => !Number.isNaN(score)).length, inputs,
		highest: highest.map((i) => ({ geoid: placeOf(i).geoid, name: placeOf(i).name, county: placeOf(i).countyName, score: scored.scores[i]! })),
		sources, methodVersion: INDEX_METHOD_VERSION,
	}
}
