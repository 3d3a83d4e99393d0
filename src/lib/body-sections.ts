import type { BodyAction } from '#coalition'
import { m } from '#lib/paraglide/messages.js'

interface BodySection {
	/** What follows the body's address; a page is in the section with which its own address begins. */
	path: string
	name: () => string
	/** Other pages of the body that belong to the section. */
	also?: readonly string[]
	/** What a reader must be allowed to do for the section to be of any use to them. */
	needs: BodyAction
}

/** The pages of a body, in the order in which its work goes. */
export const BODY_SECTIONS: readonly BodySection[] = [
	{ path: '', name: m.body_section_overview, needs: 'see_page' },
	{ path: '/agenda', name: m.agenda_title, needs: 'see_inside' },
	{ path: '/decisions', name: m.decisions_title, needs: 'see_inside' },
	{ path: '/campaigns', name: m.campaigns_title, needs: 'see_inside' },
	{ path: '/convenings', name: m.convenings_of_body, needs: 'see_inside' },
	{ path: '/take-part', name: m.take_part_section, needs: 'see_inside', also: ['/statements', '/volunteering', '/uptake', '/call'] },
	{ path: '/library', name: m.library_section, needs: 'see_inside' },
	{ path: '/room', name: m.room_year_section, needs: 'see_inside' },
	{ path: '/accountability', name: m.accountability_section, needs: 'see_inside' },
	{ path: '/actions', name: m.actions_title, needs: 'see_inside' },
	{ path: '/capacity', name: m.capacity_section, needs: 'see_capacity' },
	{ path: '/members', name: m.body_people_title, needs: 'see_members' },
	{ path: '/charter', name: m.body_charter_title, needs: 'see_page' },
]
