import { appendToLedger, Refusal, type Reader, type Writer } from '#database'
import type { CharterRules } from '../bodies.ts'
import { nameOf, requireOpenBody, type Actor } from './actor.ts'
import type { CoalitionTables } from './coalition-tables.ts'

export interface CharterText {
	aim: string
	domain: string
	agreements: string
	rules: CharterRules
}

/** Adopts a new version of a charter; members accept it anew. The same text again is no new version. Errors: `body_without_aim` and those of `requireOpenBody`. */
export async function changeCharter(writer: Writer<CoalitionTables>, actor: Actor, body: string, given: CharterText, now: Date): Promise<number> {
	await requireOpenBody(writer, body, actor, 'change_charter', now)
	const text = { aim: given.aim.trim(), domain: given.domain.trim(), agreements: given.agreements.trim(), rules: given.rules }
	if (!text.aim) throw new Refusal('body_without_aim', {})
	const latest = await writer.selectFrom('coalition.charter').selectAll().where('body', '=', body).orderBy('version', 'desc').limit(1).executeTakeFirstOrThrow()
	const { aim, domain, agreements, rules } = latest
	if (sameText(text, { aim, domain, agreements, rules })) return latest.version
	const version = latest.version + 1
	await writer.insertInto('coalition.charter').values({ body, version, ...text, rules: JSON.stringify(text.rules), adopted_at: now, adopted_by: nameOf(actor) }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'charter.adopted', subject: `coalition:body/${body}`, payload: { version } })
	return version
}

function sameText(a: CharterText, b: CharterText): boolean {
	const keys = Object.keys(a.rules) as (keyof CharterRules)[]
	return a.aim === b.aim && a.domain === b.domain && a.agreements === b.agreements && keys.every((key) => a.rules[key] === b.rules[key])
}

/** A member accepts a version of the charter; twice is once. Errors: `charter_outdated` for any but the newest, and those of `requireOpenBody`. */
export async function acceptCharter(writer: Writer<CoalitionTables>, actor: Actor, body: string, version: number, now: Date): Promise<void> {
	await requireOpenBody(writer, body, actor, 'accept_charter', now)
	const latest = await writer.selectFrom('coalition.charter').select(({ fn }) => fn.max('version').as('version')).where('body', '=', body).executeTakeFirstOrThrow()
	if (latest.version !== version) throw new Refusal('charter_outdated', {})
	await writer.insertInto('coalition.charter_acceptance').values({ body, version, person: actor.person!, at: now }).onConflict((conflict) => conflict.doNothing()).execute()
}

/** All versions, newest first, with how many of today's members accepted each. */
export async function listCharters(reader: Reader<CoalitionTables>, body: string): Promise<(CharterText & { version: number; adoptedAt: Date; accepted: number })[]> {
	const [charters, accepted] = await Promise.all([
		reader.selectFrom('coalition.charter').selectAll().where('body', '=', body).orderBy('version', 'desc').execute(),
		reader.selectFrom('coalition.charter_acceptance').innerJoin('coalition.membership', (join) => join.onRef('coalition.membership.person', '=', 'coalition.charter_acceptance.person').onRef('coalition.membership.body', '=', 'coalition.charter_acceptance.body'))
			.select(({ fn }) => ['version', fn.countAll<string>().as('count')]).where('coalition.charter_acceptance.body', '=', body).where('left_at', 'is', null).groupBy('version').execute(),
	])
	return charters.map(({ version, aim, domain, agreements, rules, adopted_at }) => ({ version, aim, domain, agreements, rules, adoptedAt: adopted_at, accepted: Number(accepted.find((one) => one.version === version)?.count ?? 0) }))
}

/** The newest version that somebody accepted; 0 for none. */
export async function acceptedVersion(reader: Reader<CoalitionTables>, body: string, person: string | undefined): Promise<number> {
	if (!person) return 0
	const found = await reader.selectFrom('coalition.charter_acceptance').select(({ fn }) => fn.max('version').as('version')).where('body', '=', body).where('person', '=', person).executeTakeFirst()
	return found?.version ?? 0
}
