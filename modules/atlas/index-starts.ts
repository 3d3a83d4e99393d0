import { usualDirection, type DraftIndicator, type IndexDraft } from './index-draft.ts'

interface Start {
	key: string
	scale: IndexDraft['scale']
	together: IndexDraft['together']
	byDomain: boolean
	members: readonly string[]
}

/**
 * Where an index may begin: readings of known rules with the measures that regions commonly have. They are no copies of those indices,
 * which the region's own presets compute by the publishers' rules.
 */
export const INDEX_STARTS: readonly Start[] = [
	{
		key: 'vulnerability', scale: 'percentile-svi', together: 'sum', byDomain: true,
		members: ['low-income', 'unemployment', 'cost-burden', 'no-diploma', 'uninsured', 'older-adults', 'children', 'disability', 'single-parent', 'limited-english', 'people-of-color', 'mobile-homes', 'crowding', 'no-vehicle', 'group-quarters'],
	},
	{
		key: 'nine-classes', scale: 'standard-deviation-classes', together: 'sum', byDomain: false,
		members: ['children', 'older-adults', 'female', 'people-of-color', 'hispanic', 'foreign-born', 'limited-english', 'disability', 'low-income'],
	},
	{
		key: 'opportunity', scale: 'z-score', together: 'mean', byDomain: true,
		members: ['median-income', 'bachelor', 'preschool', 'homeowners', 'no-internet', 'life-expectancy', 'jobs-by-transit', 'long-commute', 'no-vehicle', 'uninsured'],
	},
]

/** The starting points of which the region has at least three measures, as drafts. */
export function startingDrafts(indicators: readonly DraftIndicator[], titleOf: (key: string) => string): { key: string; draft: IndexDraft }[] {
	const known = new Map(indicators.map((indicator) => [indicator.key, indicator]))
	return INDEX_STARTS.flatMap(({ key, scale, together, byDomain, members }) => {
		const there = members.flatMap((member) => known.get(member) ?? [])
		const draft: IndexDraft = {
			title: titleOf(key), scale, together, byDomain, leaveOutPeople: 0, minimumPresent: 0,
			members: there.map(({ key: indicator, direction }) => ({ indicator, weight: 1, direction: usualDirection(direction) })),
		}
		return there.length >= 3 ? [{ key, draft }] : []
	})
}
