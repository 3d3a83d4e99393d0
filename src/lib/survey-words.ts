import { INSTRUMENT, SURVEY_DOMAINS, type ItemChange, type PublishedItem, type PublishedWave, type SurveyDomain, type SurveyItem } from '#coalition'
import { formatNumber } from '#lib/format.ts'
import { m } from '#lib/paraglide/messages.js'

export const domainName = (domain: SurveyDomain): string => m[`survey_domain_${domain}`]()
/** A question as it is asked. */
export const itemText = (item: SurveyItem): string => m[`survey_item_${item}`]()
export const answerName = (answer: number): string => m[`survey_answer_${answer}` as 'survey_answer_1']()

/** How many answered, before anything else is said. */
export function shareInWords({ asked, answered }: PublishedWave): string {
	if (answered === null) return m.survey_share_few({ asked: formatNumber(asked) })
	return m.survey_share({ answered: formatNumber(answered), asked: formatNumber(asked), percent: formatNumber((100 * answered) / asked) })
}

const decimals = (step: number): number => (step >= 1 ? 0 : step === 0.25 ? 2 : 1)

/** The mean of a question: "3.8", or that too few answered. */
export const meanInWords = ({ mean, step }: PublishedItem): string => (mean === null ? m.survey_few() : formatNumber(mean, decimals(step!)))

/** About how many answered a question. */
export function answeredInWords({ atLeast, atMost }: PublishedItem): string {
	if (atLeast === null) return '–'
	return atLeast === atMost ? formatNumber(atLeast) : m.survey_between({ least: formatNumber(atLeast), most: formatNumber(atMost!) })
}

/** What may be said of a change, with its margin. */
export function changeInWords({ difference, margin, changed }: ItemChange): string {
	const words = { by: formatNumber(Math.abs(difference), 1), margin: formatNumber(margin, 1) }
	if (!changed) return m.survey_no_change({ margin: words.margin })
	return difference > 0 ? m.survey_rose(words) : m.survey_fell(words)
}

/** The questions of a wave by what they are about, in the order of the instrument. */
export function byDomain(items: readonly PublishedItem[]): { domain: SurveyDomain; items: PublishedItem[] }[] {
	return SURVEY_DOMAINS.map((domain) => ({ domain, items: items.filter(({ item }) => (INSTRUMENT[domain] as readonly string[]).includes(item)) })).filter((group) => group.items.length > 0)
}
