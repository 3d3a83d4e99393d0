import { appendToLedger, newId, Refusal, type Writer } from '#database'
import { ORGANIZATION_KINDS } from '#people'
import { addOrganization } from '#people/server'
import { readText } from '../accountability/read-given.ts'
import { nameOf, requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { requireSigning } from './signatures.ts'
import { getStatementRef, holdStatement } from './statements.ts'

type CoalitionWriter = Writer<CoalitionTables>

/** What somebody gives who signs for an organization. */
export interface GivenSignOn {
	organization: string
	kind: string
	/** Who authorized it: a name and an office. */
	authorizedBy: string
	/** By what: a vote of the board on a day, a rule, an instruction. */
	authority: string
	contact: string
	version: string
}

/**
 * Signs for an organization; it stands once somebody of the host has verified it. Errors: `statement_not_for_organizations`, `organization_without_name`,
 * `organization_kind_unknown`, `sign_on_without_person`, `sign_on_without_authority`, `signature_without_contact`, `sign_on_waits`, those of `requireSigning`.
 */
export async function signForOrganization(writer: CoalitionWriter, actor: Actor, id: string, given: GivenSignOn, now: Date): Promise<string> {
	const { version, for_organizations } = await requireSigning(writer, actor, id, given.version, now)
	if (!for_organizations) throw new Refusal('statement_not_for_organizations')
	const kind = ORGANIZATION_KINDS.find((one) => one === given.kind)
	if (!kind) throw new Refusal('organization_kind_unknown', { kind: given.kind.slice(0, 40) })
	const row = {
		organization_name: readText(given.organization, new Refusal('organization_without_name'), 160), organization_kind: kind,
		authorized_by: readText(given.authorizedBy, new Refusal('sign_on_without_person'), 200), authority: readText(given.authority, new Refusal('sign_on_without_authority'), 500),
		contact: readText(given.contact, new Refusal('signature_without_contact'), 200),
	}
	const there = await writer.selectFrom('coalition.sign_on').select('id').where('statement', '=', id).where('version', '=', version).where('declined_at', 'is', null).where((where) => where(where.fn('lower', ['organization_name']), '=', row.organization_name.toLowerCase())).executeTakeFirst()
	if (there) throw new Refusal('sign_on_waits', { name: row.organization_name })
	const signOn = newId('so')
	await writer.insertInto('coalition.sign_on').values({ ...row, id: signOn, statement: id, version, organization: null, made_at: now, verified_at: null, verified_by: null, declined_at: null }).execute()
	return signOn
}

/**
 * Verifies that an organization signed, or declines with a reason. Errors: `sign_on_not_found` where it is answered already, `sign_on_there` where
 * the organization stands on this version, `sign_on_without_reason`, those of `requireOpenBody`.
 */
export async function answerSignOn(writer: CoalitionWriter, actor: Actor, id: string, given: { verified: boolean; reason: string }, now: Date): Promise<void> {
	const found = await writer.selectFrom('coalition.sign_on').selectAll().where('id', '=', id).executeTakeFirst()
	if (!found) throw new Refusal('sign_on_not_found')
	await holdStatement(writer, found.statement, 'change')
	const { body } = await getStatementRef(writer, found.statement)
	await requireOpenBody(writer, body, actor, 'verify_signature', now)
	const waits = await writer.selectFrom('coalition.sign_on').select('id').where('id', '=', id).where('verified_at', 'is', null).where('declined_at', 'is', null).executeTakeFirst()
	if (!waits) throw new Refusal('sign_on_not_found')
	if (given.verified) await verify(writer, actor, found, now)
	else await writer.updateTable('coalition.sign_on').set({ declined_at: now, reason: readText(given.reason, new Refusal('sign_on_without_reason'), 500) }).where('id', '=', id).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: given.verified ? 'sign_on.verified' : 'sign_on.declined', subject: `coalition:statement/${found.statement}`, payload: { signOn: id, version: found.version } })
}

async function verify(writer: CoalitionWriter, actor: Actor, found: { id: string; statement: string; version: number; organization_name: string; organization_kind: string }, now: Date): Promise<void> {
	const organization = await addOrganization(writer, { name: found.organization_name, kind: found.organization_kind }, now)
	const there = await writer.selectFrom('coalition.sign_on').select('id').where('statement', '=', found.statement).where('version', '=', found.version).where('organization', '=', organization).executeTakeFirst()
	if (there) throw new Refusal('sign_on_there', { name: found.organization_name })
	await writer.updateTable('coalition.sign_on').set({ organization, verified_at: now, verified_by: nameOf(actor) }).where('id', '=', found.id).execute()
}
