import { newId, Refusal, type Reader, type Writer } from '#database'
import { ORGANIZATION_KINDS, type OrganizationKind } from '../../directory.ts'
import type { PeopleTables } from '../people-tables.ts'

export interface Organization {
	id: string
	name: string
	kind: OrganizationKind
	website: string
}

/** Adds an organization, or returns the one of this name. Errors: `organization_without_name`, `organization_kind_unknown`, `website_unreadable`. */
export async function addOrganization(writer: Writer<PeopleTables>, given: { name: string; kind: string; website?: string }, now: Date): Promise<string> {
	const name = given.name.trim().slice(0, 160)
	if (!name) throw new Refusal('organization_without_name', {})
	const kind = ORGANIZATION_KINDS.find((one) => one === given.kind)
	if (!kind) throw new Refusal('organization_kind_unknown', { kind: given.kind.slice(0, 40) })
	const website = given.website?.trim() ?? ''
	if (website && !/^https?:\/\/[^\s/]+\.[^\s]+$/.test(website)) throw new Refusal('website_unreadable', { value: website.slice(0, 120) })
	const known = await findOrganizationByName(writer, name)
	if (known) return known.id
	const id = newId('o')
	await writer.insertInto('people.organization').values({ id, name, kind, website, made_at: now }).execute()
	return id
}

/** The organization of a name, capitals aside. */
export async function findOrganizationByName(reader: Reader<PeopleTables>, name: string): Promise<Organization | undefined> {
	return reader.selectFrom('people.organization').select(['id', 'name', 'kind', 'website']).where((where) => where(where.fn('lower', ['name']), '=', name.trim().toLowerCase())).executeTakeFirst()
}

export async function listOrganizations(reader: Reader<PeopleTables>): Promise<Organization[]> {
	return reader.selectFrom('people.organization').select(['id', 'name', 'kind', 'website']).orderBy('name').orderBy('id').execute()
}
