import type { GivenCampaign } from '#coalition/server'

/** The form of a campaign as it was sent. */
export function readCampaignForm(given: Record<string, string>): GivenCampaign {
	const { kind = '', title = '', aim = '', takePart = '', places = '', beginsOn = '', endsOn = '', legalClass = '', goal = '', follows = '' } = given
	return { kind, title, aim, takePart, places, beginsOn, endsOn, legalClass, follows: `${goal} ${follows}`.trim() }
}
