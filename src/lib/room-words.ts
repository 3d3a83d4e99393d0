import { categorySet, type SetName } from '#coalition'
import type { RoomProcess, SupportKept } from '#coalition/server'
import { formatDate, formatNumber } from '#lib/format.ts'
import { m } from '#lib/paraglide/messages.js'

export const setName = (set: SetName): string => m[`room_set_${set}`]()
/** A question as it is asked. */
export const setQuestion = (set: SetName): string => m[`room_question_${set}`]()
export const optionName = (set: SetName, option: string): string => m[`room_option_${set}_${option}` as 'room_option_home_rents']()
/** The options of a question with their names. */
export const optionsOf = (set: SetName): { option: string; name: string }[] => categorySet(set).options.map((option) => ({ option, name: optionName(set, option) }))

/** "28 of 31 people in the room answered (90 %)", or that they are too few to be counted. */
export function coverageInWords({ answered, attended }: { answered: number | null; attended: number }): string {
	if (answered === null) return m.room_coverage_few({ attended: formatNumber(attended) })
	return m.room_coverage({ answered: formatNumber(answered), attended: formatNumber(attended), percent: formatNumber(Math.min(100, (100 * answered) / attended)) })
}

/** Whether who asked for support got it. */
export function supportInWords(support: SupportKept): string {
	if (support.kind === 'counted') return m.room_support_counted({ unmet: formatNumber(support.unmet), asked: formatNumber(support.asked) })
	return { none_asked: m.room_support_none_asked, all_met: m.room_support_all_met, not_all_met: m.room_support_not_all_met }[support.kind]()
}

/** What coming to one convening took, in sentences. */
export const processInWords = ({ outsideOfficeHours, kept, support }: { outsideOfficeHours: boolean; kept: boolean | undefined; support: SupportKept }): string[] => [
	outsideOfficeHours ? m.room_process_evening() : m.room_process_office(),
	kept === undefined ? m.room_process_no_minutes() : kept ? m.room_process_kept() : m.room_process_broken(),
	supportInWords(support),
]

/** The same over a year. */
export const yearProcessInWords = ({ held, outsideOfficeHours, withMinutes, promisesKept, support }: RoomProcess): string[] => [
	m.room_process_held({ held: formatNumber(held), outside: formatNumber(outsideOfficeHours) }),
	m.room_process_promises({ written: formatNumber(withMinutes), kept: formatNumber(promisesKept) }),
	supportInWords(support),
]

/** Since when answers are taken, or when they ended. */
export const surveyInWords = ({ openedAt, closedAt }: { openedAt: Date; closedAt: Date | undefined }): string =>
	closedAt ? m.room_state_closed({ date: formatDate(closedAt) }) : m.room_state_open({ date: formatDate(openedAt) })
