import { Refusal, type Reader } from '#database'
import type { CampaignKind, LegalClass } from '../../campaigns/index.ts'
import { dayColumn } from '../accountability/day-column.ts'
import { requireMay, getBodyRef, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { findCampaignRef } from './campaigns.ts'

export interface CampaignLine {
	id: string
	body: string
	kind: CampaignKind
	title: string
	aim: string
	beginsOn: string
	endsOn: string
	legalClass: LegalClass
	/** Set once it has ended. */
	ended: { at: Date; outcome: string } | undefined
}
export interface Campaign extends CampaignLine {
	takePart: string
	geography: string
	places: string[]
}

function selectCampaigns(reader: Reader<CoalitionTables>) {
	return reader.selectFrom('coalition.campaign')
		.innerJoinLateral((from) => from.selectFrom('coalition.campaign_state').select(['state', 'reason', 'at']).whereRef('campaign', '=', 'coalition.campaign.id').orderBy('number', 'desc').limit(1).as('now'), (join) => join.onTrue())
		.select(['coalition.campaign.id', 'body', 'kind', 'title', 'aim', 'take_part', 'geography', 'places', 'legal_class', dayColumn('begins_on'), dayColumn('ends_on'), 'state', 'reason', 'now.at'])
}

type Row = Awaited<ReturnType<ReturnType<typeof selectCampaigns>['execute']>>[number]

const toCampaign = ({ begins_on, ends_on, legal_class, take_part, state, reason, at, ...row }: Row): Campaign => ({
	...row, beginsOn: begins_on, endsOn: ends_on, legalClass: legal_class, takePart: take_part, ended: state === 'ended' ? { at, outcome: reason } : undefined,
})

/** Campaigns of a body, those that end last first. */
export async function listCampaigns(reader: Reader<CoalitionTables>, body: string): Promise<CampaignLine[]> {
	return (await selectCampaigns(reader).where('body', '=', body).orderBy('ends_on', 'desc').orderBy('id').execute()).map(toCampaign)
}

/** A campaign for somebody who may read what is inside its body. Errors: `campaign_not_found`. */
export async function getCampaign(reader: Reader<CoalitionTables>, actor: Actor, id: string, now: Date): Promise<Campaign> {
	const { body } = await findCampaignRef(reader, id)
	await requireMay(reader, await getBodyRef(reader, body), actor, 'see_inside', now).catch(() => {
		throw new Refusal('campaign_not_found')
	})
	return toCampaign(await selectCampaigns(reader).where('coalition.campaign.id', '=', id).executeTakeFirstOrThrow())
}
