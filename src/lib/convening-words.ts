import type { ConveningKind, Mode, ParticipationLevel, Rhythm, Support } from '#coalition'
import { m } from '#lib/paraglide/messages.js'

export const conveningKindName = (kind: ConveningKind): string => m[`convening_kind_${kind}`]()
export const modeName = (mode: Mode): string => m[`convening_mode_${mode}`]()
export const supportName = (support: Support): string => m[`support_${support}`]()
export const levelName = (level: ParticipationLevel): string => m[`level_${level}`]()
/** What a level promises to those who come, in a sentence. */
export const levelPromise = (level: ParticipationLevel): string => m[`level_${level}_promise`]()
/** A rhythm as a page tells it; a form that offers it says more (`series_<rhythm>`). */
export const rhythmName = (rhythm: Rhythm): string => m[`series_is_${rhythm}`]()
