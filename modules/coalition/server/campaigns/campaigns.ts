import { appendToLedger, linkRecords, newId, Refusal, type Reader, type Writer } from '#database'
import { CAMPAIGN_KINDS, LEGAL_CLASSES, readPlaceList, type CampaignKind } from '../../campaigns/index.ts'
import { dayOf, isDay } from '../../decisions/day.ts'
import type { BodyAction } from '../../permissions.ts'
import { nameOf, requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { readFollows } from '../accountability/read-follows.ts'
import { requirePlaces } from './campaign-places.ts'

type CampaignWriter = Writer<CoalitionTables>

export interface GivenCampaign {
	kind: string
	title: string
	aim: string
	/** How somebody can take part, in a few sentences; may be empty. */
	takePart: string
	/** GEOIDs of tracts and counties; empty for all of the host's area. */
	places: string
	beginsOn: string
	endsOn: string
	legalClass: string
	/** Identifiers of a goal, decision, proposal or citation that it serves. */
	follows?: string | undefined
}

export const recordOfCampaign = (id: string): string => `coalition:campaign/${id}`

/**
 * Starts a campaign of a body. Returns its id. Errors: `campaign_kind_unknown`, `campaign_class_unknown`, `campaign_incomplete`,
 * those of `readFollows`, `readDays`, `requirePlaces` and `requireOpenBody`.
 */
export async function startCampaign(writer: CampaignWriter, actor: Actor, body: string, given: GivenCampaign, now: Date): Promise<string> {
	await requireOpenBody(writer, body, actor, 'run_campaign', now)
	const kind = CAMPAIGN_KINDS.find((one) => one === given.kind)
	const legal = LEGAL_CLASSES.find((one) => one === given.legalClass)
	if (!kind) throw new Refusal('campaign_kind_unknown')
	if (!legal) throw new Refusal('campaign_class_unknown')
	const links = await readFollows(writer, given.follows)
	const geography = await geographyOf(writer, body)
	const [id, by] = [newId('ca'), nameOf(actor)]
	const texts = { ...readTexts(given), ...readDays(given), places: await readPlaces(writer, { body, geography }, given.places) }
	await writer.insertInto('coalition.campaign').values({ id, body, kind, legal_class: legal, geography, ...texts, made_at: now, made_by: by }).execute()
	await writeCampaignState(writer, actor, id, 'open', '', now)
	await linkRecords(writer, { from: recordOfCampaign(id), relation: 'run by', to: `coalition:body/${body}`, at: now, by })
	for (const link of links) await linkRecords(writer, { from: recordOfCampaign(id), ...link, at: now, by })
	return id
}

/** The boundaries of a hub's area, else the newest tracts that the region has. */
async function geographyOf(reader: Reader<CoalitionTables>, body: string): Promise<string> {
	const area = await reader.selectFrom('coalition.body').innerJoin('atlas.area', 'atlas.area.id', 'coalition.body.area').select('geography').where('coalition.body.id', '=', body).executeTakeFirst()
	const newest = area ?? (await reader.selectFrom('atlas.geography').select('key as geography').where('kind', '=', 'tract').orderBy('vintage', 'desc').executeTakeFirst())
	return newest?.geography ?? 'tract-2020'
}

/** Changes aim, how to take part, places and days of a campaign; kind and legal class stay what they were. Errors: those of `startCampaign` and `requireCampaign`. */
export async function changeCampaign(writer: CampaignWriter, actor: Actor, id: string, given: Omit<GivenCampaign, 'kind' | 'legalClass' | 'follows'>, now: Date): Promise<void> {
	const campaign = await requireCampaign(writer, actor, id, 'run_campaign', now)
	await writer.updateTable('coalition.campaign').set({ ...readTexts(given), ...readDays(given), places: await readPlaces(writer, campaign, given.places) }).where('id', '=', id).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'campaign.changed', subject: recordOfCampaign(id), payload: null })
}

/** Ends a campaign with what came of it. Errors: `campaign_without_outcome`, those of `requireCampaign`. */
export async function endCampaign(writer: CampaignWriter, actor: Actor, id: string, outcome: string, now: Date): Promise<void> {
	await requireCampaign(writer, actor, id, 'run_campaign', now)
	if (!outcome.trim()) throw new Refusal('campaign_without_outcome')
	await writeCampaignState(writer, actor, id, 'ended', outcome.trim().slice(0, 4000), now)
}

async function writeCampaignState(writer: CampaignWriter, actor: Actor, id: string, state: 'open' | 'ended', reason: string, now: Date): Promise<void> {
	const last = await writer.selectFrom('coalition.campaign_state').select(({ fn }) => fn.max('number').as('number')).where('campaign', '=', id).executeTakeFirst()
	await writer.insertInto('coalition.campaign_state').values({ campaign: id, number: (last?.number ?? 0) + 1, state, reason, at: now, by: nameOf(actor) }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: state === 'open' ? 'campaign.started' : 'campaign.ended', subject: recordOfCampaign(id), payload: null })
}

/** The campaign for a change: allowed, of an open body, not ended; nobody else changes it at the same time. Errors: `campaign_not_found`, `campaign_ended`, those of `requireOpenBody`. */
export async function requireCampaign(writer: CampaignWriter, actor: Actor, id: string, action: BodyAction, now: Date): Promise<{ id: string; body: string; geography: string; places: string[]; kind: CampaignKind }> {
	const campaign = await findCampaignRef(writer, id)
	await requireOpenBody(writer, campaign.body, actor, action, now)
	await writer.selectFrom('coalition.campaign').select('id').where('id', '=', id).forUpdate().execute()
	const { state } = await writer.selectFrom('coalition.campaign_state').select('state').where('campaign', '=', id).orderBy('number', 'desc').limit(1).executeTakeFirstOrThrow()
	if (state === 'ended') throw new Refusal('campaign_ended')
	return campaign
}

/** Errors: `campaign_not_found`. */
export async function findCampaignRef(reader: Reader<CoalitionTables>, id: string) {
	const found = await reader.selectFrom('coalition.campaign').select(['id', 'body', 'geography', 'places', 'kind']).where('id', '=', id).executeTakeFirst()
	if (!found) throw new Refusal('campaign_not_found')
	return found
}

function readTexts(given: Pick<GivenCampaign, 'title' | 'aim' | 'takePart'>): { title: string; aim: string; take_part: string } {
	const [title, aim] = [given.title.trim().slice(0, 160), given.aim.trim().slice(0, 4000)]
	if (!title || !aim) throw new Refusal('campaign_incomplete')
	return { title, aim, take_part: given.takePart.trim().slice(0, 4000) }
}

/** First and last day as typed. Errors: `campaign_day_unreadable`, `campaign_days_turned`. */
export function readDays(given: { beginsOn: string; endsOn: string }): { begins_on: string; ends_on: string } {
	const [begins, ends] = [given.beginsOn.trim(), given.endsOn.trim()]
	for (const day of [begins, ends]) if (!isDay(day)) throw new Refusal('campaign_day_unreadable', { value: day.slice(0, 40) })
	if (ends < begins) throw new Refusal('campaign_days_turned', { begins, ends })
	return { begins_on: begins, ends_on: ends }
}

/** A day that has begun somewhere on earth. Errors: `campaign_day_unreadable`, `campaign_day_ahead`. */
export function readDayDone(text: string, now: Date): string {
	const day = text.trim()
	if (!isDay(day)) throw new Refusal('campaign_day_unreadable', { value: day.slice(0, 40) })
	if (day > dayOf(new Date(now.getTime() + 14 * 3_600_000))) throw new Refusal('campaign_day_ahead', { day })
	return day
}

async function readPlaces(writer: CampaignWriter, of: { body: string; geography: string }, text: string): Promise<string[]> {
	const { geoids, unreadable } = readPlaceList(text)
	if (unreadable.length > 0) throw new Refusal('campaign_places_unreadable', { places: unreadable.slice(0, 5).join(', ').slice(0, 120) })
	if (geoids.length > 0) await requirePlaces(writer, { ...of, places: [] }, geoids)
	return geoids
}
