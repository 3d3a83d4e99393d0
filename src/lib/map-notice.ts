import { inLanguage } from '#lib/localized.ts'
import { m } from '#lib/paraglide/messages.js'
import type { MapNotice } from '#lib/server/map-companions.ts'

/** Why something that was asked for beside a map's numbers is not shown, in the language of the page. */
export function noticeSentence(notice: MapNotice): string {
	if (notice.code === 'boundaries') return m.explorer_notice_boundaries(notice)
	if (notice.code === 'not_earlier') return m.explorer_notice_not_earlier(notice)
	if (notice.code === 'measure_boundaries') return m.explorer_notice_measure_boundaries({ ...notice, name: inLanguage(notice.name) })
	return m.explorer_notice_one_at_a_time()
}
