import { error, redirect } from '@sveltejs/kit'
import type { BodyAction } from '#coalition'
import { findOwnShifts, findRole, type Actor, type GivenRole, type GivenVolunteer, type OwnShifts, type RoleView } from '#coalition/server'
import { deLocalizeHref, getLocale, localizeHref } from '#lib/paraglide/runtime.js'
import { readingActor } from './coalition-actor.ts'
import { orMissing, permissionsIn } from './taking-part-page.ts'

export interface RolePage {
	role: RoleView
	/** The sign-up whose code opens the page. */
	own: OwnShifts | undefined
	actor: Actor
	can: (action: BodyAction) => boolean
}

/** The role of an address, for a reader or for the holder of a code; a page that does not exist where they may not know of it. */
export async function getRolePage(locals: App.Locals, id: string, code?: string | null): Promise<RolePage> {
	const [actor, now] = [await readingActor(locals), new Date()]
	const own = code ? await findOwnShifts(locals.database, id, code) : undefined
	if (code && !own) error(404)
	const role = await orMissing(findRole(locals.database, actor, id, { holder: own !== undefined }, now))
	return { role, own, actor, can: await permissionsIn(locals, role.body.id, actor, now) }
}

/** The page of a role for those whose roles allow an action; who is not signed in is led to the sign-in and back, for anybody else it does not exist. */
export async function getRoleWork({ locals, url, params }: { locals: App.Locals; url: URL; params: { id: string } }, action: BodyAction): Promise<RolePage> {
	if (!locals.account) redirect(303, localizeHref(`/sign-in?to=${encodeURIComponent(deLocalizeHref(url.pathname))}`))
	const page = await getRolePage(locals, params.id)
	if (!page.can(action)) error(404)
	return page
}

type Given = Record<string, string>

/** Shifts that were ticked: several answers to one question stand under `shift-<id>`. */
export const tickedShifts = (given: Given): string[] => Object.keys(given).filter((name) => name.startsWith('shift-') && given[name] === 'on').map((name) => name.slice('shift-'.length))

export function readVolunteerForm(given: Given): GivenVolunteer {
	const { name = '', contact = '', note = '', guardian = '', formKey = '' } = given
	return { name, contact, note, guardian, formKey, shifts: tickedShifts(given), language: getLocale(), minor: given.minor === 'on', guardianConsent: given.guardianConsent === 'on' }
}

export function readRoleForm(given: Given): GivenRole {
	const { title = '', about = '', skills = '', languages = '', leastAge = '', place = '', zone = '', coordinator = '', contact = '', helps = '' } = given
	return { title, about, skills, languages, leastAge, place, zone: given.otherZone?.trim() || zone, coordinator, contact, helps, minors: given.minors === 'on' }
}

export const minePath = (role: string, code: string): string => `/volunteering/${role}/mine/${code}`
