import { sql } from 'kysely'
import type { Reader } from '#database'
import type { OrganizationKind } from '#people'
import { dayColumn } from '../accountability/day-column.ts'
import { getBodyRef, requireMay, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { countSignatures, standingSignatures, type SignatureCounts } from './count-signatures.ts'
import { getStatementRef, isPast, type StatementStep } from './statements.ts'

export interface StatementVersion {
	version: number
	text: string
	decisionMaker: string
	ask: string
	/** As 2027-03-01. */
	deadline: string
	writtenAt: Date
	counts: SignatureCounts
}

export interface StatementView {
	id: string
	body: { id: string; slug: string; name: string }
	title: string
	forOrganizations: boolean
	forPeople: boolean
	/** Whether it can be signed today. */
	open: boolean
	closed: boolean
	/** Newest first; the first is what is signed today. */
	versions: StatementVersion[]
	/** Verified organizations on the newest version. */
	organizations: { name: string; authorizedBy: string; authority: string; verifiedAt: Date }[]
	/** Names on the newest version whose people want them shown; at most `NAMES`. */
	names: string[]
	events: { kind: StatementStep; version: number; text: string; onDay: string; counts: SignatureCounts | undefined }[]
}

/** Names shown on one page. */
export const NAMES = 300

/** A statement for a reader. Errors: `statement_not_found`, those of `requireMay`. */
export async function findStatement(reader: Reader<CoalitionTables>, actor: Actor, id: string, now: Date): Promise<StatementView> {
	const ref = await getStatementRef(reader, id)
	const body = await getBodyRef(reader, ref.body)
	await requireMay(reader, body, actor, 'see_inside', now)
	const [versions, organizations, names, events] = await Promise.all([listVersions(reader, id), listVerified(reader, id, ref.version), listNames(reader, id, ref.version), listEvents(reader, id)])
	return {
		id, body: { id: body.id, slug: body.slug, name: body.name }, title: ref.title, forOrganizations: ref.for_organizations, forPeople: ref.for_people,
		open: !ref.closed && !body.closed && !isPast(ref.deadline, now), closed: ref.closed, versions, organizations, names, events,
	}
}

async function listVersions(reader: Reader<CoalitionTables>, id: string): Promise<StatementVersion[]> {
	const rows = await reader.selectFrom('coalition.statement_version').select(['version', 'text', 'decision_maker', 'ask', 'written_at', dayColumn('deadline')]).where('statement', '=', id).orderBy('version', 'desc').execute()
	return Promise.all(rows.map(async ({ decision_maker, written_at, ...row }) => ({ ...row, decisionMaker: decision_maker, writtenAt: written_at, counts: await countSignatures(reader, id, row.version) })))
}

async function listVerified(reader: Reader<CoalitionTables>, id: string, version: number): Promise<StatementView['organizations']> {
	const rows = await reader.selectFrom('coalition.sign_on').innerJoin('people.organization', 'people.organization.id', 'organization').select(['name', 'authorized_by', 'authority', 'verified_at']).where('statement', '=', id).where('version', '=', version).where('verified_at', 'is not', null).orderBy('name').execute()
	return rows.map(({ authorized_by, verified_at, ...row }) => ({ ...row, authorizedBy: authorized_by, verifiedAt: verified_at! }))
}

async function listNames(reader: Reader<CoalitionTables>, id: string, version: number): Promise<string[]> {
	const rows = await standingSignatures(reader, id, version).innerJoin('people.person', 'people.person.id', 'person').select('name').where('shown', '=', true)
		.where((where) => where.or([where('name_state', '=', 'shown'), where.and([where('name_state', '=', 'unread'), where('confirm_by', '=', 'letter')])])).orderBy('name').limit(NAMES).execute()
	return rows.map(({ name }) => name)
}

async function listEvents(reader: Reader<CoalitionTables>, id: string): Promise<StatementView['events']> {
	const rows = await reader.selectFrom('coalition.statement_event').select(['kind', 'version', 'text', 'organizations', 'verified', 'unverified', dayColumn('on_day')]).where('statement', '=', id).orderBy('number').execute()
	return rows.map(({ kind, version, text, on_day, organizations, verified, unverified }) => ({ kind, version, text, onDay: on_day, counts: kind === 'delivered' ? { organizations: organizations!, verified: verified!, unverified: unverified! } : undefined }))
}

/** What waits for those who verify: sign-ons without an answer, and names confirmed on screen that nobody of the host has read. */
export interface StatementWork {
	signOns: { id: string; organization: string; kind: OrganizationKind; authorizedBy: string; authority: string; contact: string; version: number; madeAt: Date }[]
	names: { id: string; name: string; state: 'unread' | 'shown' | 'hidden'; confirmBy: 'letter' | 'screen' }[]
}

/** The work on one statement, for those who may verify. Errors: `statement_not_found`, those of `requireMay`. */
export async function findStatementWork(reader: Reader<CoalitionTables>, actor: Actor, id: string, now: Date): Promise<StatementWork> {
	const { body, version } = await getStatementRef(reader, id)
	await requireMay(reader, await getBodyRef(reader, body), actor, 'verify_signature', now)
	const [signOns, names] = await Promise.all([
		reader.selectFrom('coalition.sign_on').selectAll().where('statement', '=', id).where('verified_at', 'is', null).where('declined_at', 'is', null).orderBy('made_at').execute(),
		standingSignatures(reader, id, version).innerJoin('people.person', 'people.person.id', 'person').select(['coalition.signature.id', 'name', 'name_state', 'confirm_by']).where('shown', '=', true).orderBy(sql`name_state = 'unread'`, 'desc').orderBy('confirmed_at').limit(NAMES).execute(),
	])
	return {
		signOns: signOns.map((row) => ({ id: row.id, organization: row.organization_name, kind: row.organization_kind, authorizedBy: row.authorized_by, authority: row.authority, contact: row.contact, version: row.version, madeAt: row.made_at })),
		names: names.map(({ name_state, confirm_by, ...row }) => ({ ...row, state: name_state, confirmBy: confirm_by })),
	}
}

export interface StatementLine {
	id: string
	title: string
	decisionMaker: string
	ask: string
	deadline: string
	open: boolean
	delivered: boolean
	counts: SignatureCounts
}

/** Statements of a body, those that can be signed first, the soonest deadline first. */
export async function listStatements(reader: Reader<CoalitionTables>, body: string, now: Date): Promise<StatementLine[]> {
	const rows = await reader.selectFrom('coalition.statement').innerJoin('coalition.statement_version as text', 'text.statement', 'coalition.statement.id')
		.distinctOn('coalition.statement.id').select(['coalition.statement.id', 'title', 'decision_maker', 'ask', 'version', dayColumn('deadline')]).where('body', '=', body).orderBy('coalition.statement.id').orderBy('version', 'desc').execute()
	const lines = await Promise.all(rows.map(async ({ decision_maker, version, ...row }): Promise<StatementLine> => {
		const events = await reader.selectFrom('coalition.statement_event').select('kind').where('statement', '=', row.id).execute()
		const has = (kind: StatementStep) => events.some((event) => event.kind === kind)
		return { ...row, decisionMaker: decision_maker, open: !has('closed') && !isPast(row.deadline, now), delivered: has('delivered'), counts: await countSignatures(reader, row.id, version) }
	}))
	return lines.sort((a, b) => Number(b.open) - Number(a.open) || (a.open ? a.deadline.localeCompare(b.deadline) : b.deadline.localeCompare(a.deadline)))
}
