import { error } from '@sveltejs/kit'
import { answerTopic, commentOnPlan, listAnswers, listShownComments, listWholeComments, settleComment } from '#coalition/server'
import { getLocale } from '#lib/paraglide/runtime.js'
import { getCampaignPage, namesOfPlaces, takeCommentTurn } from '#lib/server/campaign-page.ts'
import { act, actAsAnybody } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { campaign, body, can, open } = await getCampaignPage(locals, params.id)
	if (campaign.kind !== 'development_plan') error(404)
	const run = can('run_campaign')
	const [shown, answers, whole, names] = await Promise.all([listShownComments(locals.database, campaign.id), listAnswers(locals.database, campaign.id), run ? listWholeComments(locals.database, campaign.id) : [], namesOfPlaces(locals, campaign)])
	const placeOf = (geoid: string | undefined) => geoid && (names.get(geoid)?.name ?? geoid)
	return {
		campaign, body, open, run, answers, formKey: crypto.randomUUID(), done: url.searchParams.has('done'),
		topics: [...new Set([...answers.map(({ topic }) => topic), ...shown.map(({ topic }) => topic)])].sort(),
		shown: shown.map((comment) => ({ ...comment, place: placeOf(comment.geoid) })), whole: whole.map((comment) => ({ ...comment, place: placeOf(comment.geoid) })),
	}
}

const here = (id: string) => `/coalition/campaigns/${id}/comments`

export const actions: Actions = {
	comment: (event) =>
		actAsAnybody(event, (writer, actor, { name = '', contact = '', place = '', topic = '', text = '', formKey = '' }, now) => {
			takeCommentTurn(event.getClientAddress())
			return commentOnPlan(writer, actor, event.params.id, { name, contact, place, topic, text, language: getLocale(), formKey }, now)
		}, () => `${here(event.params.id)}?done=1`),
	settle: (event) => act(event, (writer, actor, { comment = '', state = '', topic = '', reason = '' }, now) => settleComment(writer, actor, event.params.id, comment, { state, topic, reason }, now), (_, given) => `${here(event.params.id)}#${given.comment}`),
	answer: (event) => act(event, (writer, actor, { topic = '', heard = '', changed = '', whyNot = '' }, now) => answerTopic(writer, actor, event.params.id, { topic, heard, changed, whyNot }, now), () => `${here(event.params.id)}#answers`),
}
