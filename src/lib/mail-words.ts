import type { LetterKind, LetterState } from '#mail'
import { m } from '#lib/paraglide/messages.js'

export const letterKindName = (kind: LetterKind): string => m[`mail_kind_${kind}`]()
export const letterStateName = (state: LetterState): string => m[`mail_state_${state}`]()

const CADENCE_NAMES: Record<string, () => string> = { none: m.mail_cadence_none, now: m.mail_cadence_now, daily: m.mail_cadence_daily, weekly: m.mail_cadence_weekly }
export const cadenceName = (cadence: string): string => CADENCE_NAMES[cadence]?.() ?? cadence
/** The question about a body as it is shown, and as the consent ledger keeps it. */
export const hearQuestion = (name: string): string => m.mail_hear_question({ name })
