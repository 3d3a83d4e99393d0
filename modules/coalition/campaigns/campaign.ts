/** What a campaign is for. */
export const CAMPAIGN_KINDS = ['census', 'referendum', 'development_plan', 'policy'] as const
export type CampaignKind = (typeof CAMPAIGN_KINDS)[number]

/** How the law of tax-exempt organizations sees an activity: a vote of the people on a measure is legislation, so asking for votes is direct lobbying. */
export const LEGAL_CLASSES = ['education', 'direct_lobbying', 'grassroots_lobbying'] as const
export type LegalClass = (typeof LEGAL_CLASSES)[number]

/** What is counted by place, in percent: households that responded to the census, those online, or a share that the source explains. */
export const METRICS = ['response_rate', 'internet_rate', 'share'] as const
export type Metric = (typeof METRICS)[number]

/** The metric with which the pages of a campaign of a kind begin. */
export const mainMetric = (kind: CampaignKind): Metric => (kind === 'census' ? 'response_rate' : 'share')

/** The GEOID of a tract (11 digits) or county (5 digits); undefined for anything else. Accepts the Census Bureau's long form, `1400000US13121000100`. */
export function readGeoid(text: string): string | undefined {
	return /^(?:(?:050|140)[0-9A-Z]{4}US)?(\d{5}|\d{11})$/i.exec(text.trim())?.[1]
}

/** GEOIDs of a typed list, each once, in order; what is none is named apart. Between them stand spaces, commas, semicolons or line ends. */
export function readPlaceList(text: string): { geoids: string[]; unreadable: string[] } {
	const parts = text.split(/[\s,;]+/).filter(Boolean)
	return {
		geoids: [...new Set(parts.flatMap((part) => readGeoid(part) ?? []))],
		unreadable: parts.filter((part) => readGeoid(part) === undefined),
	}
}
