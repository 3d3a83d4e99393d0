/**
 * The questions that members are asked, in our own words, by what they are about. Sentences stand in the interface messages under
 * `survey_item_<item>`; an item's words never change: another sentence is another item.
 */
export const INSTRUMENT = {
	agenda: ['agenda_shared', 'agenda_matters', 'agenda_numbers'],
	power: ['power_open', 'power_anybody', 'power_shared'],
	trust: ['trust_unpopular', 'trust_kept', 'trust_quarrel'],
	voice: ['voice_agenda', 'voice_lived', 'voice_back'],
	capacity: ['capacity_time', 'capacity_learned', 'capacity_without'],
	part: ['part_possible', 'part_worth', 'part_clear'],
} as const

export type SurveyDomain = keyof typeof INSTRUMENT
export type SurveyItem = (typeof INSTRUMENT)[SurveyDomain][number]
export const SURVEY_DOMAINS = Object.keys(INSTRUMENT) as SurveyDomain[]
export const SURVEY_ITEMS: readonly SurveyItem[] = Object.values(INSTRUMENT).flat()

/** Answers from 1 (not at all) to 5 (entirely). */
export const SCALE = [1, 2, 3, 4, 5] as const

/** The answer that a form gives to an item; undefined where it was skipped. */
export function readAnswer(text: string | undefined): number | undefined {
	return SCALE.find((one) => String(one) === text)
}
