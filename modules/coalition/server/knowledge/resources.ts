import { DOMAINS } from '#atlas'
import { appendToLedger, linkRecords, newId, Refusal, type Reader, type Writer } from '#database'
import { requireFile } from '#files/server'
import { RESOURCE_KINDS, RESOURCE_LANGUAGES, type ResourceKind, type ResourceLanguage } from '../../knowledge/index.ts'
import { getBodyRef, nameOf, requireMay, requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'

export interface GivenResource {
	kind: string
	title: string
	summary: string
	language: string
	/** A domain of the atlas; empty for none. */
	topic?: string | undefined
	address?: string | undefined
	/** SHA-256 of a file that the actor handed in. */
	file?: string | undefined
	authors?: string | undefined
	licence?: string | undefined
	/** An earlier resource of the same body that it takes the place of. */
	supersedes?: string | undefined
}

export interface Resource {
	id: string
	body: string
	kind: ResourceKind
	title: string
	summary: string
	language: ResourceLanguage
	topic: string | undefined
	address: string
	hasFile: boolean
	authors: string
	licence: string
	addedAt: Date
	/** Who added it, as the ledger knows them. */
	addedBy: string
	supersedes: string | undefined
	supersededBy: string | undefined
	withdrawnAt: Date | undefined
	reason: string
}

/** Adds a resource to a body's library. Errors: `resource_kind_unknown`, `resource_without_title`, `resource_without_content`, `resource_address_unreadable`, `resource_not_found`, `resource_superseded`, `file_not_found`, those of `requireOpenBody`. */
export async function addResource(writer: Writer<CoalitionTables>, actor: Actor, body: string, given: GivenResource, now: Date): Promise<string> {
	await requireOpenBody(writer, body, actor, 'add_resource', now)
	const read = readResource(given)
	const sha256 = given.file?.trim() ? await requireFile(writer, actor.account ?? '', given.file) : null
	if (!read.address && !sha256) throw new Refusal('resource_without_content', {})
	const supersedes = given.supersedes?.trim() || null
	if (supersedes) await requireCurrent(writer, body, supersedes)
	const id = newId('f')
	await writer.insertInto('coalition.resource').values({ id, body, ...read, sha256, supersedes, added_at: now, added_by: nameOf(actor), withdrawn_at: null, withdrawn_by: null }).execute()
	const record = `coalition:resource/${id}`
	if (supersedes) await linkRecords(writer, { from: record, relation: 'supersedes', to: `coalition:resource/${supersedes}`, at: now, by: nameOf(actor) })
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'resource.added', subject: record, payload: { body } })
	return id
}

function readResource(given: GivenResource) {
	const kind = RESOURCE_KINDS.find((one) => one === given.kind)
	const language = RESOURCE_LANGUAGES.find((one) => one === given.language)
	if (!kind || !language) throw new Refusal('resource_kind_unknown', {})
	const title = given.title.trim().slice(0, 200)
	if (!title) throw new Refusal('resource_without_title', {})
	const address = given.address?.trim() ?? ''
	if (address && (address.length > 2000 || !/^https?:\/\/[^\s]+$/i.test(address) || !URL.canParse(address))) throw new Refusal('resource_address_unreadable', { value: address.slice(0, 80) })
	return {
		kind, language, title, address, summary: given.summary.trim().slice(0, 4000), topic: DOMAINS.find((domain) => domain === given.topic) ?? null,
		authors: given.authors?.trim().slice(0, 300) ?? '', licence: given.licence?.trim().slice(0, 120) ?? '',
	}
}

async function requireCurrent(writer: Writer<CoalitionTables>, body: string, id: string): Promise<void> {
	const found = await writer.selectFrom('coalition.resource').select('id').where('id', '=', id).where('body', '=', body).where('withdrawn_at', 'is', null).forUpdate().executeTakeFirst()
	if (!found) throw new Refusal('resource_not_found', {})
	if (await writer.selectFrom('coalition.resource').select('id').where('supersedes', '=', id).executeTakeFirst()) throw new Refusal('resource_superseded', {})
}

/** Withdraws a resource with a reason, by who added it or by a moderator; it stays to be read about. Errors: `resource_not_found`, `resource_without_reason`, those of `requireMay`. */
export async function withdrawResource(writer: Writer<CoalitionTables>, actor: Actor, id: string, reason: string, now: Date): Promise<void> {
	const found = await writer.selectFrom('coalition.resource').select(['body', 'added_by']).where('id', '=', id).where('withdrawn_at', 'is', null).executeTakeFirst()
	if (!found) throw new Refusal('resource_not_found', {})
	await requireMay(writer, await getBodyRef(writer, found.body), actor, found.added_by === nameOf(actor) ? 'see_inside' : 'moderate', now)
	if (!reason.trim()) throw new Refusal('resource_without_reason', {})
	await writer.updateTable('coalition.resource').set({ withdrawn_at: now, withdrawn_by: nameOf(actor), reason: reason.trim().slice(0, 1000) }).where('id', '=', id).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'resource.withdrawn', subject: `coalition:resource/${id}`, payload: null })
}

function selectResources(reader: Reader<CoalitionTables>) {
	return reader.selectFrom('coalition.resource as one').leftJoin('coalition.resource as newer', 'newer.supersedes', 'one.id').selectAll('one').select('newer.id as superseded_by')
}

type Row = Awaited<ReturnType<ReturnType<typeof selectResources>['executeTakeFirstOrThrow']>>
const toResource = (row: Row): Resource => ({
	id: row.id, body: row.body, kind: row.kind, title: row.title, summary: row.summary, language: row.language, topic: row.topic ?? undefined, address: row.address, hasFile: row.sha256 !== null,
	authors: row.authors, licence: row.licence, addedAt: row.added_at, addedBy: row.added_by, supersedes: row.supersedes ?? undefined, supersededBy: row.superseded_by ?? undefined, withdrawnAt: row.withdrawn_at ?? undefined, reason: row.reason,
})

/** What a body's library holds today, newest first, of one kind or topic where asked for: nothing withdrawn or superseded. At most 300. */
export async function listResources(reader: Reader<CoalitionTables>, body: string, { kind, topic }: { kind?: string | undefined; topic?: string | undefined } = {}): Promise<Resource[]> {
	const rows = await selectResources(reader).where('one.body', '=', body).where('one.withdrawn_at', 'is', null)
		.where((where) => where.or([where('newer.id', 'is', null), where('newer.withdrawn_at', 'is not', null)]))
		.$if(Boolean(kind), (query) => query.where('one.kind', '=', kind as ResourceKind)).$if(Boolean(topic), (query) => query.where('one.topic', '=', topic!))
		.orderBy('one.added_at', 'desc').orderBy('one.id').limit(300).execute()
	return rows.map(toResource)
}

/** One resource, withdrawn or not; who may read it is asked of its body. */
export async function findResource(reader: Reader<CoalitionTables>, id: string): Promise<Resource | undefined> {
	const row = await selectResources(reader).where('one.id', '=', id).executeTakeFirst()
	return row && toResource(row)
}

/** The attachment of a resource that was not withdrawn. */
export async function findResourceFile(reader: Reader<CoalitionTables>, id: string) {
	return reader.selectFrom('coalition.resource').innerJoin('files.file', 'files.file.sha256', 'coalition.resource.sha256').select(['body', 'title', 'files.file.kind', 'content']).where('id', '=', id).where('withdrawn_at', 'is', null).executeTakeFirst()
}
