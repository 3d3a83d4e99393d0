import type { Migration } from 'kysely/migration'
import * as core from './0001-core.ts'
import * as atlas from './0002-atlas.ts'
import * as people from './0003-people.ts'
import * as imports from './0006-imports.ts'
import * as names from './0007-names.ts'
import * as areas from './0008-areas.ts'
import * as recipes from './0009-recipes.ts'
import * as directory from './0011-directory.ts'
import * as coalition from './0012-coalition.ts'
import * as decisions from './0013-decisions.ts'
import * as convenings from './0014-convenings.ts'
import * as agenda from './0015-agenda.ts'
import * as mail from './0016-mail.ts'
import * as accountability from './0017-accountability.ts'
import * as room from './0018-room.ts'
import * as members from './0019-members.ts'
import * as campaigns from './0020-campaigns.ts'
import * as takingPart from './0021-taking-part.ts'
import * as knowledge from './0022-knowledge.ts'
import * as turningTheCurve from './0025-turning-the-curve.ts'
import * as decides from './0026-decides.ts'
import * as findingByWords from './0026-finding-by-words.ts'
import * as actionItems from './0027-action-items.ts'
import * as correctedUptake from './0029-corrected-uptake.ts'
import * as officeContacts from './0029-office-contacts.ts'
import * as surveyWaves from './0031-survey-waves.ts'
import * as series from './0034-series.ts'
import * as doorMarks from './0035-door-marks.ts'
import * as minutesAndCalendars from './0036-minutes-and-calendars.ts'
import * as volunteering from './0037-volunteering.ts'
import * as linkDecisions from './0038-link-decisions.ts'
import * as communities from './0040-communities.ts'

/** Forward-only, in order of their names; a migration that has been released is never edited. */
export const migrations: Record<string, Migration> = {
	'0001-core': core,
	'0002-atlas': atlas,
	'0003-people': people,
	'0006-imports': imports,
	'0007-names': names,
	'0008-areas': areas,
	'0009-recipes': recipes,
	'0011-directory': directory,
	'0012-coalition': coalition,
	'0013-decisions': decisions,
	'0014-convenings': convenings,
	'0015-agenda': agenda,
	'0016-mail': mail,
	'0017-accountability': accountability,
	'0018-room': room,
	'0019-members': members,
	'0020-campaigns': campaigns,
	'0021-taking-part': takingPart,
	'0022-knowledge': knowledge,
	'0025-turning-the-curve': turningTheCurve,
	'0026-decides': decides,
	'0026-finding-by-words': findingByWords,
	'0027-action-items': actionItems,
	'0029-corrected-uptake': correctedUptake,
	'0029-office-contacts': officeContacts,
	'0031-survey-waves': surveyWaves,
	'0034-series': series,
	'0035-door-marks': doorMarks,
	'0036-minutes-and-calendars': minutesAndCalendars,
	'0037-volunteering': volunteering,
	'0038-link-decisions': linkDecisions,
	'0040-communities': communities,
}
