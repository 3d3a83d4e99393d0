import { gradeOf, type AreaValue, type Verdict } from './comparison.ts'

/** What a summary needs to know of a measure of a place. */
export interface SummarizedRow {
	/** Shares of race and ethnicity groups and indices are told apart from the measures. */
	indicator: { domain: string; definition: { group: boolean; of?: string } }
	estimate: number
	margin: number | undefined
	county: Pick<AreaValue, 'how'> & { verdict: Verdict }
	region: Pick<AreaValue, 'how'> & { verdict: Verdict }
}

export interface ProfileSummary {
	/** Measures that can be compared at all. */
	total: number
	/** Of them, those without a number here. */
	missing: number
	/** Of those with a number, how each compares with the county and with the region. */
	county: Record<Verdict, number>
	region: Record<Verdict, number>
	/** Numbers whose margin is so wide that their reliability is low. */
	unreliable: number
}

/**
 * Counts what a profile says clearly and what it cannot tell. Left out are group shares, measures of one group, indices, and counts: a number of people is never
 * comparable with the sum of a county.
 */
export function summarizeProfile(rows: readonly SummarizedRow[]): ProfileSummary {
	const measures = rows.filter(({ indicator, region }) => !indicator.definition.group && !indicator.definition.of && indicator.domain !== 'index' && region.how !== 'sum')
	const known = measures.filter(({ estimate }) => !Number.isNaN(estimate))
	const count = (area: 'county' | 'region') => {
		const verdicts: Record<Verdict, number> = { higher: 0, lower: 0, within_margins: 0, unknown: 0 }
		for (const row of known) verdicts[row[area].verdict]++
		return verdicts
	}
	return {
		total: measures.length,
		missing: measures.length - known.length,
		county: count('county'),
		region: count('region'),
		unreliable: known.filter(({ estimate, margin }) => gradeOf(estimate, margin) === 'low').length,
	}
}
