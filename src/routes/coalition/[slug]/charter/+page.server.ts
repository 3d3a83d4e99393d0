import { readRules } from '#coalition'
import { listCadences } from '#mail/server'
import { topicOf, acceptCharter, acceptedVersion, changeCharter, listCharters } from '#coalition/server'
import { Refusal } from '#database'
import { act, getBodyPage } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const { body, actor, can } = await getBodyPage(locals, params.slug)
	const [charters, accepted] = await Promise.all([listCharters(locals.database, body.id), acceptedVersion(locals.database, body.id, actor.person)])
	return {
		body: { name: body.name, slug: body.slug, people: body.people }, charters,
		accepted: accepted === body.charter.version,
		hears: accepted === body.charter.version && actor.person && !body.closedAt ? { cadence: (await listCadences(locals.database, actor.person)).get(topicOf(body.id)) } : undefined,
		can: { accept: can('accept_charter') && !body.closedAt, change: can('change_charter') && !body.closedAt },
	}
}

export const actions: Actions = {
	accept: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			await acceptCharter(writer, actor, body.id, Number(given.version), now)
		}, () => `/coalition/${event.params.slug}/charter`),
	change: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			const { rules, faults } = readRules({ ...given, hubsMayBlock: given.hubsMayBlock ?? 'off' }, body.charter.rules)
			if (faults.length > 0) throw new Refusal('charter_fault', { fields: faults.join(', ') })
			return changeCharter(writer, actor, body.id, { aim: given.aim ?? '', domain: given.domain ?? '', agreements: given.agreements ?? '', rules }, now)
		}, () => `/coalition/${event.params.slug}/charter`),
}
