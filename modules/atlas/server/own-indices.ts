import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import { appendToLedger, linkRecords, Refusal, type CoreTables, type Reader, type Writer } from '#database'
import { planRecipe, type Recipe } from '@throughline/stats'
import { draftQuery, recipeOfDraft, yamlOfDraft, type DraftIndicator, type IndexDraft } from '../index-draft.ts'
import { readRecipeFile } from '../recipe-file.ts'
import { hashOf } from './citations/identity.ts'
import type { AtlasTables, RecipeTable } from './tables.ts'

type Tables = AtlasTables & CoreTables

export interface OwnIndex {
	id: string
	version: number
	title: string
	yaml: string
	/** The query of the builder that opens it; empty when it was written as a text. */
	draft: string
	hash: string
	forkedFrom: string | undefined
	madeBy: string
	madeByName: string
	madeAt: Date
}

export interface SaveRequest {
	/** From the builder's form, or else the text of a recipe. */
	content: { draft: IndexDraft } | { yaml: string }
	indicators: readonly DraftIndicator[]
	/** The index that is to get a new version; only who made it may. */
	id?: string
	/** `id` and version of the index that this one began from. */
	forkedFrom?: string
	name: string
}

const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz'

/** A name for an index that nobody can guess by counting: 8 of 31 signs. */
export const newIndexId = (): string => `i-${Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')}`

/** The title, text and address of what is saved, in the name of an index. */
function contentOf({ content, indicators }: SaveRequest, id: string): { title: string; yaml: string; draft: string } {
	if ('yaml' in content) return { title: recipeOfText(content.yaml, indicators).title.trim(), yaml: content.yaml, draft: '' }
	const draft = { ...content.draft, title: content.draft.title.trim() }
	if (!draft.title) throw new Refusal('index_without_title', {})
	if (!recipeOfDraft(draft, indicators)) throw new Refusal('index_without_members', {})
	return { title: draft.title, yaml: yamlOfDraft(draft, indicators, id), draft: draftQuery(draft) }
}

/** The recipe of a text that can be computed here. Errors: those of recipe files; `index_text_without_total`, `index_text_inputs`. */
export function recipeOfText(yaml: string, indicators: readonly DraftIndicator[]): Recipe {
	const { recipe, problems } = readRecipeFile(yaml, 'recipe.yml')
	if (!recipe) throw new Refusal(problems[0]!.code, problems[0]!.parameters)
	if (!recipe.total) throw new Refusal('index_text_without_total', {})
	const { missing } = planRecipe(recipe, indicators.map(({ key }) => key))
	if (missing.length > 0) throw new Refusal('index_text_inputs', { columns: missing.map(({ column }) => column).join(', ') })
	return recipe
}

/**
 * Saves an index, or its next version when it is the maker's own; the same content saved twice is one version. Returns id and version.
 * Errors: `index_without_title`, `index_without_members`, `index_not_yours`, and those of `recipeOfText`.
 */
export async function saveOwnIndex(writer: Writer<Tables>, actor: string, request: SaveRequest, newId: string, now: Date): Promise<{ id: string; version: number }> {
	const latest = request.id ? await latestVersion(writer, request.id) : undefined
	if (request.id && latest?.made_by !== actor) throw new Refusal('index_not_yours', { title: latest?.title ?? '' })
	const id = latest?.id ?? newId
	const { title, yaml, draft } = contentOf(request, id)
	const hash = hashOf(yaml)
	if (latest?.content_hash.equals(hash)) return { id, version: latest.version }
	const version = (latest?.version ?? 0) + 1
	const forkedFrom = version === 1 ? request.forkedFrom ?? null : latest!.forked_from
	await writer
		.insertInto('atlas.recipe')
		.values({ id, version, title, yaml, draft, content_hash: hash, forked_from: forkedFrom, made_by: actor, made_by_name: request.name, made_at: now })
		.execute()
	const record = `atlas:recipe/${id}/${version}`
	if (forkedFrom && version === 1) await linkRecords(writer, { from: record, relation: 'forks', to: `atlas:recipe/${forkedFrom}`, at: now, by: actor })
	await appendToLedger(writer, { at: now, actor, kind: 'index.saved', subject: record, payload: { hash: hash.toString('hex') } })
	return { id, version }
}

/** Locked, so that two savings at once become two versions. */
async function latestVersion(writer: Writer<Tables>, id: string): Promise<RecipeTable | undefined> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`atlas:recipe/${id}`}, 0))`.execute(writer)
	return writer.selectFrom('atlas.recipe').selectAll().where('id', '=', id).orderBy('version', 'desc').limit(1).executeTakeFirst()
}

/** One version of an index, the newest when none is named, with the numbers of all its versions; undefined when there is none. */
export async function findOwnIndex(reader: Reader<Tables>, id: string, version?: number): Promise<{ index: OwnIndex; versions: { version: number; madeAt: Date }[] } | undefined> {
	const rows = await reader.selectFrom('atlas.recipe').selectAll().where('id', '=', id).orderBy('version', 'desc').execute()
	const row = version === undefined ? rows[0] : rows.find((candidate) => candidate.version === version)
	return row && { index: toIndex(row), versions: rows.map(({ version: number, made_at }) => ({ version: number, madeAt: made_at })) }
}

/** The newest version of every index that people saved here, newest first, at most `limit`. */
export async function listOwnIndices(reader: Reader<Tables>, limit = 100): Promise<OwnIndex[]> {
	const rows = await reader
		.selectFrom((from) => from.selectFrom('atlas.recipe').distinctOn('id').selectAll().orderBy('id').orderBy('version', 'desc').as('newest'))
		.selectAll()
		.orderBy('made_at', 'desc')
		.limit(limit)
		.execute()
	return rows.map(toIndex)
}

function toIndex(row: RecipeTable): OwnIndex {
	const { id, version, title, yaml, draft, content_hash, forked_from, made_by, made_by_name, made_at } = row
	return { id, version, title, yaml, draft, hash: content_hash.toString('hex'), forkedFrom: forked_from ?? undefined, madeBy: made_by, madeByName: made_by_name, madeAt: made_at }
}
