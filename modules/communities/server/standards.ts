import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { appendToLedger, Refusal, type CoreTables, type Reader, type Writer } from '#database'
import type { StandardPack } from '../standards/pack.ts'
import { readPack } from '../standards/read-pack.ts'
import type { CommunitiesTables } from './communities-tables.ts'

type Tables = CommunitiesTables & CoreTables

/** A version of a standard as it was published here. */
export interface PublishedStandard {
	pack: StandardPack
	text: string
	/** SHA-256 of the text, in hexadecimal. */
	sha256: string
	publishedAt: Date
	/** `system` for packs that ship with the program. */
	publishedBy: string
}

/** The newest edition of every version, standards by name and versions newest first. */
export async function listStandards(reader: Reader<Tables>): Promise<PublishedStandard[]> {
	const rows = await reader.selectFrom('communities.standard_version').selectAll().distinctOn(['standard', 'version']).orderBy('standard').orderBy('version').orderBy('edition', 'desc').execute()
	return rows.map(published).sort((a, b) => (a.pack.standard === b.pack.standard ? compareVersions(b.pack.version, a.pack.version) : a.pack.standard < b.pack.standard ? -1 : 1))
}

/** A version of a standard, in its newest edition or the given one. */
export async function findStandard(reader: Reader<Tables>, standard: string, version: string, edition?: number): Promise<PublishedStandard | undefined> {
	let query = reader.selectFrom('communities.standard_version').selectAll().where('standard', '=', standard).where('version', '=', version)
	if (edition !== undefined) query = query.where('edition', '=', edition)
	const row = await query.orderBy('edition', 'desc').limit(1).executeTakeFirst()
	return row && published(row)
}

/** Editions of a version that were published, newest first. */
export async function listEditions(reader: Reader<Tables>, standard: string, version: string): Promise<number[]> {
	const rows = await reader.selectFrom('communities.standard_version').select('edition').where('standard', '=', standard).where('version', '=', version).orderBy('edition', 'desc').execute()
	return rows.map(({ edition }) => edition)
}

/**
 * Publishes a pack for everybody to read; a project may then be begun by it. Only administrators may. Errors: `standard_not_yours`, those of
 * `readPack` for the first fault, `standard_published` when this edition is there with other words, `standard_edition_order` for a gap.
 */
export async function publishStandard(writer: Writer<Tables>, actor: { account: string | undefined; administrator: boolean }, text: string, now: Date): Promise<StandardPack> {
	if (!actor.administrator || !actor.account) throw new Refusal('standard_not_yours')
	const { pack, problems } = readPack(text)
	if (!pack) throw new Refusal(problems[0]!.code, problems[0]!.parameters)
	const [newest] = await listEditions(writer, pack.standard, pack.version)
	const found = newest !== undefined && pack.edition <= newest ? await findStandard(writer, pack.standard, pack.version, pack.edition) : undefined
	if (found?.text === text) return pack
	const names = { standard: pack.standard, version: pack.version, edition: pack.edition }
	if (found) throw new Refusal('standard_published', { ...names, next: newest! + 1 })
	if (pack.edition !== (newest ?? 0) + 1) throw new Refusal('standard_edition_order', { ...names, next: (newest ?? 0) + 1 })
	const sha256 = createHash('sha256').update(text).digest()
	await writer.insertInto('communities.standard_version').values({ ...names, text, sha256, published_at: now, published_by: actor.account }).execute()
	await appendToLedger(writer, { at: now, actor: actor.account, kind: 'standard.published', subject: `communities:standard/${pack.standard}/${pack.version}/${pack.edition}`, payload: null })
	return pack
}

/** Publishes the packs that come with the program, where they are not published yet. Run at every start. */
export async function shipStandards(writer: Writer<Tables>, now: Date, folder = join(import.meta.dirname, '..', 'standards', 'packs')): Promise<void> {
	for (const file of readdirSync(folder).filter((name) => name.endsWith('.yml')).sort()) {
		await publishStandard(writer, { account: 'system', administrator: true }, readFileSync(join(folder, file), 'utf8'), now)
	}
}

/** Dotted numbers by their parts: 1.10 comes after 1.9. */
function compareVersions(a: string, b: string): number {
	const [left, right] = [a, b].map((version) => version.split('.').map(Number))
	for (let i = 0; i < 3; i++) if ((left![i] ?? 0) !== (right![i] ?? 0)) return (left![i] ?? 0) - (right![i] ?? 0)
	return 0
}

/** Packs that were read lately, by the hash of their text: reading a large one takes some 20 ms. */
const lately = new Map<string, StandardPack>()
const KEPT = 40

/** Texts of the table were read before they were published, so each is a pack. */
function published(row: { text: string; sha256: Buffer; published_at: Date; published_by: string }): PublishedStandard {
	const sha256 = row.sha256.toString('hex')
	const pack = lately.get(sha256) ?? readPack(row.text).pack!
	lately.delete(sha256)
	lately.set(sha256, pack)
	if (lately.size > KEPT) lately.delete(lately.keys().next().value!)
	return { pack, text: row.text, sha256, publishedAt: row.published_at, publishedBy: row.published_by }
}
