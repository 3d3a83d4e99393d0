import type { LetterKind, LetterState } from '#mail'
import { m } from '#lib/paraglide/messages.js'

export const letterKindName = (kind: LetterKind): string => m[`mail_kind_${kind}`]()
export const letterStateName = (state: LetterState): string => m[`mail_state_${state}`]()
