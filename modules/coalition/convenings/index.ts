export { CONVENING_KINDS, keptPromise, MODES, MOST_IN_PARTY, PARTICIPATION_LEVELS, SUPPORTS, unmetShare, ZONES, type ConveningKind, type ConveningState, type Mode, type ParticipationLevel, type Support } from './convening.ts'
export { writeCalendar, uidOf, type CalendarEntry } from './calendar.ts'
export { givenTimeOf, isZone, readTime, type GivenTime } from './local-time.ts'
export { MOST_PAPER_LINES } from './paper-sheet.ts'
