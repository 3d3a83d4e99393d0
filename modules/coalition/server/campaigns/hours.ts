import { sql } from 'kysely'
import { appendToLedger, newId, Refusal, type Reader, type Writer } from '#database'
import { LEGAL_CLASSES, type LegalClass } from '../../campaigns/index.ts'
import { dayColumn } from '../accountability/day-column.ts'
import { nameOf, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { readDayDone, recordOfCampaign, requireCampaign } from './campaigns.ts'
import { requirePartner } from './turf.ts'

export interface HoursLine {
	id: string
	/** Who worked: a person or an organization, by name. */
	name: string
	kind: 'person' | 'organization'
	day: string
	hours: number
	costCents: number
	class: LegalClass
	what: string
	own: boolean
}
export interface HoursOfYear {
	year: number
	class: LegalClass
	hours: number
	costCents: number
}

/**
 * Logs hours and cost of the one who acts, or of a member organization. Errors: `hours_unreadable`, `hours_cost_unreadable`, `hours_nothing`,
 * `hours_without_what`, `campaign_class_unknown`, `partner_no_member`, those of `readDayDone` and `requireCampaign`.
 */
export async function logHours(writer: Writer<CoalitionTables>, actor: Actor, id: string, given: { organization: string; day: string; hours: string; cost: string; class: string; what: string }, now: Date): Promise<string> {
	const campaign = await requireCampaign(writer, actor, id, 'log_hours', now)
	const legal = LEGAL_CLASSES.find((one) => one === given.class)
	if (!legal) throw new Refusal('campaign_class_unknown')
	const organization = given.organization.trim() || null
	if (organization) await requirePartner(writer, campaign.body, organization, now)
	const work = readWork(given, organization ? 10_000 : 24)
	const line = newId('ch')
	await writer.insertInto('coalition.campaign_hours').values({ id: line, campaign: id, person: organization ? null : actor.person!, organization, day: readDayDone(given.day, now), ...work, class: legal, at: now, by: byOf(actor), struck_at: null }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'campaign.hours_logged', subject: recordOfCampaign(id), payload: { line, class: legal } })
	return line
}

const byOf = (actor: Actor): string => actor.person ?? nameOf(actor)

function readWork(given: { hours: string; cost: string; what: string }, mostHours: number): { hours: number; cost_cents: number; what: string } {
	const [hoursText, costText] = [given.hours.trim() || '0', given.cost.trim().replace(/^\$/, '').replaceAll(',', '') || '0']
	const hours = Number(hoursText)
	if (!/^\d+(\.\d{1,2})?$/.test(hoursText) || hours > mostHours) throw new Refusal('hours_unreadable', { hours: hoursText.slice(0, 20), most: mostHours })
	if (!/^\d{1,9}(\.\d{1,2})?$/.test(costText)) throw new Refusal('hours_cost_unreadable', { cost: costText.slice(0, 20) })
	const cost_cents = Math.round(100 * Number(costText))
	if (hours === 0 && cost_cents === 0) throw new Refusal('hours_nothing')
	const what = given.what.trim().slice(0, 400)
	if (!what) throw new Refusal('hours_without_what')
	return { hours, cost_cents, what }
}

/** Strikes a line; only whoever wrote it may, or who runs the campaign. Errors: `hours_not_found`, those of `requireCampaign`. */
export async function strikeHours(writer: Writer<CoalitionTables>, actor: Actor, campaign: string, line: string, now: Date): Promise<void> {
	const found = await writer.selectFrom('coalition.campaign_hours').select('by').where('id', '=', line).where('campaign', '=', campaign).where('struck_at', 'is', null).executeTakeFirst()
	await requireCampaign(writer, actor, campaign, found?.by === byOf(actor) ? 'log_hours' : 'run_campaign', now)
	if (!found) throw new Refusal('hours_not_found')
	await writer.updateTable('coalition.campaign_hours').set({ struck_at: now }).where('id', '=', line).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'campaign.hours_struck', subject: recordOfCampaign(campaign), payload: { line } })
}

/** Lines of a campaign, newest day first: all of them, or those that the reader wrote. */
export async function listHours(reader: Reader<CoalitionTables>, actor: Actor, campaign: string, { whose }: { whose: 'all' | 'own' }): Promise<HoursLine[]> {
	const rows = await reader.selectFrom('coalition.campaign_hours as h').leftJoin('people.person', 'people.person.id', 'h.person').leftJoin('people.organization', 'people.organization.id', 'h.organization')
		.select(['h.id', 'people.person.name as person_name', 'people.organization.name as organization_name', dayColumn('h.day'), 'h.hours', 'h.cost_cents', 'h.class', 'h.what', 'h.by'])
		.where('h.campaign', '=', campaign).where('h.struck_at', 'is', null).$if(whose === 'own', (query) => query.where('h.by', '=', byOf(actor))).orderBy('h.day', 'desc').orderBy('h.at', 'desc').orderBy('h.id').execute()
	return rows.map(({ person_name, organization_name, hours, cost_cents, by, ...line }) => ({ ...line, name: (person_name ?? organization_name)!, kind: person_name === null ? 'organization' : 'person', hours: Number(hours), costCents: cost_cents, own: by === byOf(actor) }))
}

/** Hours and cost of a campaign by year and class, newest year first. */
export async function sumHours(reader: Reader<CoalitionTables>, campaign: string): Promise<HoursOfYear[]> {
	const rows = await reader.selectFrom('coalition.campaign_hours').select(({ fn }) => [sql<number>`extract(year from day)::int`.as('year'), 'class', fn.sum<string>('hours').as('hours'), fn.sum<string>('cost_cents').as('cost')])
		.where('campaign', '=', campaign).where('struck_at', 'is', null).groupBy(['year', 'class']).orderBy('year', 'desc').execute()
	return rows.map(({ year, class: legal, hours, cost }) => ({ year, class: legal, hours: Number(hours), costCents: Number(cost) })).sort((a, b) => b.year - a.year || LEGAL_CLASSES.indexOf(a.class) - LEGAL_CLASSES.indexOf(b.class))
}
