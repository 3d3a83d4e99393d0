export type Language = 'en' | 'es'

export const LETTER_KINDS = [
	'magic_link', 'magic_link_refused', 'test', 'rsvp_coming', 'rsvp_waiting', 'rsvp_series', 'convening_moved', 'convening_cancelled', 'convening_reminder', 'decision_opened', 'signature_confirm',
	'shift_taken', 'shift_waiting', 'shift_moved_up', 'shift_called_off', 'shift_reminder', 'survey_code', 'digest',
] as const
export type LetterKind = (typeof LETTER_KINDS)[number]

export const LETTER_STATES = ['waiting', 'sending', 'sent', 'failed', 'suppressed'] as const
export type LetterState = (typeof LETTER_STATES)[number]

/** How often somebody hears of a body. */
export const CADENCES = ['none', 'now', 'daily', 'weekly'] as const
export type Cadence = (typeof CADENCES)[number]

/** What a letter needs before it may go: nothing (`account`), that nobody said stop (`service`), that the person asked (`asked`). */
export const BASIS: Readonly<Record<LetterKind, 'account' | 'service' | 'asked'>> = {
	magic_link: 'account', magic_link_refused: 'account', test: 'account',
	rsvp_coming: 'service', rsvp_waiting: 'service', rsvp_series: 'service', convening_moved: 'service', convening_cancelled: 'service', convening_reminder: 'service', decision_opened: 'service', signature_confirm: 'service', survey_code: 'service',
	shift_taken: 'service', shift_waiting: 'service', shift_moved_up: 'service', shift_called_off: 'service', shift_reminder: 'service',
	digest: 'asked',
}

/** What belongs to something that the recipient did or asked for themselves; everything else carries a way out in its headers. */
export const TRANSACTIONAL: ReadonlySet<LetterKind> = new Set<LetterKind>(['magic_link', 'magic_link_refused', 'test', 'rsvp_coming', 'rsvp_waiting', 'rsvp_series', 'convening_moved', 'convening_cancelled', 'convening_reminder', 'signature_confirm', 'shift_taken', 'shift_waiting', 'shift_moved_up', 'shift_called_off', 'shift_reminder'])

/** One thing of a digest, as its letter tells it. */
export interface DigestLine {
	title: string
	text: string
	url: string
}

export interface DigestGroup {
	topic: string
	name: string
	lines: DigestLine[]
}

/** What a letter is about. Texts stand in the recipient's language already; `url` is absolute. */
export interface LetterParameters {
	[name: string]: string | undefined | DigestGroup[]
	groups?: DigestGroup[]
	/** A calendar file (RFC 5545) that goes with the letter, and its method. */
	calendar?: string
	method?: string
}
