import { appendToLedger, newId, Refusal, type Reader, type Writer } from '#database'
import { readPlaceList } from '../../campaigns/index.ts'
import { dayColumn } from '../accountability/day-column.ts'
import { currentMemberships, nameOf, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { requirePlaces } from './campaign-places.ts'
import { readDays, recordOfCampaign, requireCampaign } from './campaigns.ts'

export interface Turf {
	id: string
	organization: string
	name: string
	places: string[]
	beginsOn: string
	endsOn: string
}

/** Who works where, by first day. */
export async function listTurfs(reader: Reader<CoalitionTables>, campaign: string): Promise<Turf[]> {
	const rows = await reader.selectFrom('coalition.turf').innerJoin('people.organization', 'people.organization.id', 'organization')
		.select(['coalition.turf.id', 'organization', 'name', 'places', dayColumn('begins_on'), dayColumn('ends_on')]).where('campaign', '=', campaign).where('ended_at', 'is', null).orderBy('begins_on').orderBy('name').orderBy('coalition.turf.id').execute()
	return rows.map(({ begins_on, ends_on, ...turf }) => ({ ...turf, beginsOn: begins_on, endsOn: ends_on }))
}

/** Organizations that belong to the body of a campaign. */
export function listPartners(reader: Reader<CoalitionTables>, body: string, now: Date): Promise<{ id: string; name: string }[]> {
	return currentMemberships(reader, now).innerJoin('people.organization', 'people.organization.id', 'organization').select(['people.organization.id', 'people.organization.name']).where('body', '=', body).orderBy('people.organization.name').execute()
}

/** Gives places to a member organization from a day to a day. Errors: `turf_without_places`, `campaign_places_unreadable`, `partner_no_member`, those of `readDays`, `requirePlaces` and `requireCampaign`. */
export async function giveTurf(writer: Writer<CoalitionTables>, actor: Actor, id: string, given: { organization: string; places: string; beginsOn: string; endsOn: string }, now: Date): Promise<string> {
	const campaign = await requireCampaign(writer, actor, id, 'run_campaign', now)
	await requirePartner(writer, campaign.body, given.organization, now)
	const { geoids, unreadable } = readPlaceList(given.places)
	if (unreadable.length > 0) throw new Refusal('campaign_places_unreadable', { places: unreadable.slice(0, 5).join(', ').slice(0, 120) })
	if (geoids.length === 0) throw new Refusal('turf_without_places')
	await requirePlaces(writer, campaign, geoids)
	const turf = newId('tf')
	await writer.insertInto('coalition.turf').values({ id: turf, campaign: id, organization: given.organization, places: geoids, ...readDays(given), made_at: now, made_by: nameOf(actor), ended_at: null }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'campaign.turf_given', subject: recordOfCampaign(id), payload: { turf, places: geoids.length } })
	return turf
}

/** Refuses an organization that is no member of the body. Errors: `partner_no_member`. */
export async function requirePartner(writer: Writer<CoalitionTables>, body: string, organization: string, now: Date): Promise<void> {
	const member = await currentMemberships(writer, now).select('id').where('body', '=', body).where('organization', '=', organization).executeTakeFirst()
	if (!member) throw new Refusal('partner_no_member')
}

/** Takes places back; that they were given stays. Errors: `turf_not_found`, those of `requireCampaign`. */
export async function endTurf(writer: Writer<CoalitionTables>, actor: Actor, campaign: string, turf: string, now: Date): Promise<void> {
	await requireCampaign(writer, actor, campaign, 'run_campaign', now)
	const ended = await writer.updateTable('coalition.turf').set({ ended_at: now }).where('id', '=', turf).where('campaign', '=', campaign).where('ended_at', 'is', null).returning('id').executeTakeFirst()
	if (!ended) throw new Refusal('turf_not_found')
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'campaign.turf_ended', subject: recordOfCampaign(campaign), payload: { turf } })
}
