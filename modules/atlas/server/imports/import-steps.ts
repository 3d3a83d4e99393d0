import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { canonicalJson, Refusal, type CoreTables, type Database, type Json, type Reader, type Writer } from '#database'
import type { ImportPlan } from '../../imports/preparation.ts'
import type { AtlasTables } from '../tables.ts'
import type { ImportTables, StepContents, StepKind } from './import-tables.ts'

export type ImportDatabase = Database<AtlasTables & CoreTables>
export type ImportWriter = Writer<AtlasTables & CoreTables>

/** Who does something: a signed-in person's id, and whether that person is an administrator. */
export interface ImportActor {
	id: string
	administrator: boolean
}

/** The newest step of every kind, and which of them is the last. */
export type ImportSteps = { [Kind in StepKind]?: { content: StepContents[Kind]; at: Date; by: string; ordinal: number } }

export async function addStep<Kind extends StepKind>(writer: ImportWriter, id: string, kind: Kind, content: StepContents[Kind], { at, by }: { at: Date; by: string }): Promise<void> {
	await writer.insertInto('atlas.import_step').values({ import: id, kind, at, by, content: JSON.stringify(content) }).execute()
}

/** Errors: `import_unknown`. */
export async function getImportRow(reader: Reader<AtlasTables>, id: string): Promise<ImportTables['atlas.import']> {
	const row = await reader.selectFrom('atlas.import').selectAll().where('id', '=', id).executeTakeFirst()
	if (!row) throw new Refusal('import_unknown', {})
	return row
}

export async function readSteps(reader: Reader<AtlasTables>, id: string): Promise<ImportSteps> {
	const rows = await reader
		.selectFrom('atlas.import_step')
		.distinctOn('kind')
		.select(['kind', 'content', 'at', 'by', 'ordinal'])
		.where('import', '=', id)
		.orderBy('kind')
		.orderBy('ordinal', 'desc')
		.execute()
	return Object.fromEntries(rows.map(({ kind, ...step }) => [kind, step])) as ImportSteps
}

/** Where an import that reached the public stands, or undefined before it did. */
export function standingIn(steps: ImportSteps): 'published' | 'withdrawn' | 'set_aside' | undefined {
	const kinds = (['published', 'withdrawn', 'set_aside'] as const).filter((kind) => steps[kind])
	return kinds.sort((a, b) => steps[b]!.ordinal - steps[a]!.ordinal)[0]
}

/** By what a check tells whether it looked at this plan: everything but the choice about bad cells. */
export function fingerprintOfPlan({ description, uses }: ImportPlan): string {
	return createHash('sha256').update(canonicalJson({ description, uses } as unknown as Json)).digest('hex')
}

/** Takes an import for this transaction, so that two changes follow each other. Errors: `import_unknown`, `import_not_yours`. */
export async function takeImport(writer: ImportWriter, id: string, actor: ImportActor): Promise<{ row: ImportTables['atlas.import']; steps: ImportSteps }> {
	const row = await writer.selectFrom('atlas.import').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
	if (!row) throw new Refusal('import_unknown', {})
	if (row.begun_by !== actor.id && !actor.administrator) throw new Refusal('import_not_yours', {})
	return { row, steps: await readSteps(writer, id) }
}

const PUBLISHING_LOCK = 7_201_957

/** Publications, withdrawals and loads of the region follow each other. */
export async function takeAtlas(writer: ImportWriter): Promise<void> {
	await sql`select pg_advisory_xact_lock(${PUBLISHING_LOCK})`.execute(writer)
}
