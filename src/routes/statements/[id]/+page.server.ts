import { answerSignOn, findStatementWork, listStanding, recordStatementStep, reviseStatement, settleName, signForOrganization, type StatementStep } from '#coalition/server'
import { canDeliverMail } from '#mail/server'
import { act, actAsAnybody } from '#lib/server/coalition-actor.ts'
import { getStatementPage, isProgram, signByForm, takePartTurn } from '#lib/server/taking-part-page.ts'
import { threadOf } from '#lib/server/thread.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { statement, actor, can } = await getStatementPage(locals, params.id)
	return {
		statement, uptakes: await listStanding(locals.database, [`coalition:statement/${params.id}`]), links: await threadOf(locals.database, `coalition:statement/${params.id}`),
		work: can('verify_signature') ? await findStatementWork(locals.database, actor, params.id, new Date()) : undefined,
		mails: await canDeliverMail(locals.database), own: locals.account?.name ?? '', done: url.searchParams.get('done') ?? '', today: new Date().toISOString().slice(0, 10),
		can: { write: can('write_statement') },
	}
}

const here = (id: string) => `/statements/${id}`
const STEPS: Record<string, StatementStep> = { delivered: 'delivered', answered: 'answered', closed: 'closed' }

export const actions: Actions = {
	sign: (event) =>
		actAsAnybody(event, (writer, actor, given, now) => {
			takePartTurn(event.getClientAddress())
			return signByForm(event, writer, actor, event.params.id, given, now)
		}, (onward) => onward),
	signOn: (event) =>
		actAsAnybody(event, async (writer, actor, given, now) => {
			takePartTurn(event.getClientAddress())
			const { organization = '', kind = '', authorizedBy = '', authority = '', contact = '', version = '' } = given
			if (!isProgram(given)) await signForOrganization(writer, actor, event.params.id, { organization, kind, authorizedBy, authority, contact, version }, now)
		}, () => `${here(event.params.id)}?done=sign-on#sign`),
	verify: (event) => act(event, (writer, actor, given, now) => answerSignOn(writer, actor, given.signOn ?? '', { verified: true, reason: '' }, now), () => here(event.params.id)),
	decline: (event) => act(event, (writer, actor, given, now) => answerSignOn(writer, actor, given.signOn ?? '', { verified: false, reason: given.reason ?? '' }, now), () => here(event.params.id)),
	name: (event) => act(event, (writer, actor, given, now) => settleName(writer, actor, event.params.id, given.signature ?? '', given.show === 'on', now), () => here(event.params.id)),
	revise: (event) => act(event, (writer, actor, given, now) => reviseStatement(writer, actor, event.params.id, { text: given.text ?? '', decisionMaker: given.decisionMaker ?? '', ask: given.ask ?? '', deadline: given.deadline ?? '' }, now), () => here(event.params.id)),
	step: (event) => act(event, (writer, actor, given, now) => recordStatementStep(writer, actor, event.params.id, STEPS[given.step ?? ''] ?? 'delivered', { text: given.words ?? '', onDay: given.onDay ?? '' }, now), () => `${here(event.params.id)}#follow-up`),
}
