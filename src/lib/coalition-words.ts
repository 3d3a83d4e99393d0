import type { BodyKind, BodyRole, CharterRules, ExchangeKind, LinkConcern, Standing, Visibility } from '#coalition'
import { QUIET_DAYS, WAIT_DAYS } from '#coalition'
import { m } from '#lib/paraglide/messages.js'
import { formatNumber } from '#lib/format.ts'

export const kindName = (kind: BodyKind): string => m[`body_kind_${kind}`]()
/** The heading over several bodies of a kind. */
export const kindsName = (kind: BodyKind): string => m[`body_kinds_${kind}`]()
export const visibilityName = (visibility: Visibility): string => m[`visibility_${visibility}`]()
export const standingName = (standing: Standing): string => m[`standing_${standing}`]()
export const roleName = (role: BodyRole): string => m[`body_role_${role}`]()
export const exchangeName = (kind: ExchangeKind): string => m[`exchange_kind_${kind}`]()

/** The rules of a charter in sentences. */
export function rulesInWords(rules: CharterRules): string[] {
	const absence = { ask_later: () => m.charter_absence_ask_later({ days: rules.absenceDays }), no_right: m.charter_absence_no_right, beforehand: m.charter_absence_beforehand }
	const fallback = { none: m.charter_fallback_none, two_thirds: m.charter_fallback_two_thirds, three_quarters: m.charter_fallback_three_quarters }
	return [
		rules.quorumShare > 0 ? m.charter_quorum({ percent: formatNumber(100 * rules.quorumShare) }) : m.charter_quorum_none(),
		absence[rules.absence](),
		fallback[rules.fallback](),
		...(rules.hubsMayBlock ? [m.charter_hubs()] : []),
		rules.termLimit > 0 ? m.charter_terms_limit({ months: rules.termMonths, terms: rules.termLimit }) : m.charter_terms({ months: rules.termMonths }),
	]
}

/** What a link lacks, in a sentence. */
export function concernInWords(concern: LinkConcern, a: string, b: string): string {
	const words: Record<LinkConcern, () => string> = {
		no_exchange: () => m.link_concern_no_exchange({ days: QUIET_DAYS }),
		no_link_people_a: () => m.link_concern_no_people({ name: a }),
		no_link_people_b: () => m.link_concern_no_people({ name: b }),
		one_way: m.link_concern_one_way,
		long_wait: () => m.link_concern_long_wait({ days: WAIT_DAYS }),
	}
	return words[concern]()
}
