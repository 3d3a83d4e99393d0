import { hearQuestion, cadenceName } from '#lib/mail-words.ts'
import { chooseCadence, listCadences } from '#mail/server'
import { Refusal } from '#database'
import { closeBody, listAnnouncements, mayReadTopic, topicOf, findHubGaps, askForLink, listBodies, listConvenings, listDecisions, listLinks, listMembers, listOverdue } from '#coalition/server'
import { act, getBodyPage } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const { body, actor, can } = await getBodyPage(locals, params.slug)
	const now = new Date()
	const [members, links, bodies] = await Promise.all([listMembers(locals.database, body.id, now), listLinks(locals.database, body.id, now), can('ask_for_link') ? listBodies(locals.database, actor, now) : []])
	const isHub = body.kind === 'equity_hub'
	const open = links.filter(({ endedAt }) => !endedAt).map(({ a, b }) => (a.id === body.id ? b.id : a.id))
	const decisions = can('see_inside') ? await listDecisions(locals.database, actor, body, now) : []
	const isMember = actor.person !== undefined && !body.closedAt && (await mayReadTopic(locals.database, actor.person, topicOf(body.id), now))
	return {
		body,
		announcements: can('see_inside') ? await listAnnouncements(locals.database, body.id) : [],
		hears: isMember ? { cadence: (await listCadences(locals.database, actor.person!)).get(topicOf(body.id)) } : undefined,
		decisions: { open: decisions.filter(({ state }) => state === 'open').length, newest: decisions.slice(0, 3), overdue: can('see_inside') ? await listOverdue(locals.database, body.id, now) : [] },
		organizations: members.filter(({ kind }) => kind === 'organization').map(({ name }) => name),
		links: can('see_inside') ? links.map(({ exchanges, people: _, ...link }) => ({ ...link, other: link.a.id === body.id ? link.b : link.a, exchanges: exchanges.length })).filter(({ other }) => other.visibility !== 'private' || can('see_members')) : [],
		place: isHub && body.area ? await findHubGaps(locals.database, body.area, links) : undefined,
		convenings: can('see_inside') ? await listConvenings(locals.database, actor, { body: body.id, from: now }, now) : [],
		partners: bodies.filter(({ id, kind, closedAt }) => id !== body.id && !closedAt && (kind === 'equity_hub') !== isHub && !open.includes(id)).map(({ id, name }) => ({ id, name })),
		can: { announce: can('announce') && !body.closedAt, seeInside: can('see_inside'), seeMembers: can('see_members'), ask: can('ask_for_link') && !body.closedAt, close: can('close_body') && !body.closedAt, convene: can('convene') && !body.closedAt, decide: can('open_decision') && !body.closedAt },
	}
}

export const actions: Actions = {
	hear: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			if (!actor.person || !(await mayReadTopic(writer, actor.person, topicOf(body.id), now))) throw new Refusal('not_permitted', {})
			await chooseCadence(writer, actor.person, topicOf(body.id), given.cadence ?? '', { wording: `${hearQuestion(body.name)} ${cadenceName(given.cadence ?? '')}`, source: 'body page' }, now)
		}, () => `/coalition/${event.params.slug}#hear`),
	ask: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			return askForLink(writer, actor, body.id, given.to ?? '', given.purpose ?? '', now)
		}, (link) => `/coalition/links/${link}`),
	close: (event) =>
		act(event, async (writer, actor, _, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			await closeBody(writer, actor, body.id, now)
		}, () => `/coalition/${event.params.slug}`),
}
