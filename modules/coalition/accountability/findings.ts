/** What may be told of a commitment, and the values of each; reply and correction have words alone. */
export const FINDING_VALUES = {
	evidence: ['supports', 'contradicts', 'mixed', 'none_found'],
	official_status: ['announced', 'under_way', 'done', 'given_up'],
	schedule: ['on_time', 'delayed', 'no_date'],
	money_stage: ['planned', 'proposed', 'adopted', 'contracted', 'paid'],
} as const
export type FindingKind = keyof typeof FINDING_VALUES
export const FINDING_KINDS = Object.keys(FINDING_VALUES) as FindingKind[]
export type FindingValue = (typeof FINDING_VALUES)[FindingKind][number]
export type CommitmentEventKind = FindingKind | 'reply' | 'correction'

/** An identifier of Open Civic Data for the area of an office, e.g. `ocd-division/country:us/state:ga/place:atlanta`. */
export function isDivision(text: string): boolean {
	return text.length <= 300 && /^ocd-division\/country:[a-z]{2}(\/[a-z_]+:[a-z0-9._~-]+)*$/.test(text)
}

/** Hours within which a report that something is wrong is answered. */
export const CORRECTION_HOURS = 48
