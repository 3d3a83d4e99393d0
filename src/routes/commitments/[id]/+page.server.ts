import { addFinding, answerCorrection, confirmVerdict, enterReply, makeReplyCode, proposeVerdict, reportMistake } from '#coalition/server'
import { listExtensions } from '#files/server'
import { act, actAsAnybody } from '#lib/server/coalition-actor.ts'
import { getCommitmentPage, takeReportTurn } from '#lib/server/commitment-page.ts'
import { threadOf } from '#lib/server/thread.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { commitment, actor, can } = await getCommitmentPage(locals, params.id)
	const { waiting, corrections, ...rest } = commitment
	const files = [rest.file, ...rest.events.map(({ file }) => file), ...rest.verdicts.map(({ file }) => file)].filter((file) => file !== undefined)
	const mayJudge = can('propose_verdict') && actor.person !== undefined
	return {
		commitment: rest,
		// So that a copy is called by what it holds when somebody takes it along.
		extensions: await listExtensions(locals.database, files),
		// Before a second reviewer has confirmed it, a rating is nothing that the public reads.
		waiting: can('propose_verdict') ? waiting : undefined,
		// Who reported something, and how to reach them, is for those who answer.
		corrections: corrections.map(({ name, contact, ...line }) => (can('answer_correction') ? { ...line, name, contact } : { ...line, name: '', contact: '' })),
		links: await threadOf(locals.database, `coalition:commitment/${params.id}`),
		file: url.searchParams.get('file') ?? '', today: new Date().toISOString().slice(0, 10),
		can: { add: can('add_evidence'), propose: mayJudge, confirm: mayJudge && can('confirm_verdict') && waiting !== undefined && waiting.reviewer !== actor.person, code: can('record_commitment'), answer: can('answer_correction') },
	}
}

const here = (id: string) => `/commitments/${id}`

export const actions: Actions = {
	finding: (event) =>
		act(event, (writer, actor, given, now) => {
			const [kind = '', value = ''] = (given.what ?? '').split(':')
			return addFinding(writer, actor, event.params.id, { kind, value, text: given.text ?? '', onDay: given.onDay ?? '', source: given.source ?? '', file: given.file ?? '' }, now)
		}, () => `${here(event.params.id)}#findings`),
	letter: (event) => act(event, (writer, actor, given, now) => enterReply(writer, actor, event.params.id, { text: given.text ?? '', onDay: given.onDay ?? '', file: given.file ?? '' }, now), () => `${here(event.params.id)}#replies`),
	code: (event) => act(event, (writer, actor, _, now) => makeReplyCode(writer, actor, event.params.id, now), (code) => `${here(event.params.id)}/reply/${code}`),
	propose: (event) =>
		act(event, (writer, actor, given, now) => {
			const { rating = '', share = '', doneOn = '', note = '', copy = '' } = given
			return proposeVerdict(writer, actor, event.params.id, { rating, share, doneOn, note, file: copy, noStake: given.noStake === 'on' }, now)
		}, () => `${here(event.params.id)}#verdicts`),
	confirm: (event) => act(event, (writer, actor, given, now) => confirmVerdict(writer, actor, given.proposal ?? '', { note: given.note ?? '', noStake: given.noStake === 'on' }, now), () => `${here(event.params.id)}#verdicts`),
	mistake: (event) =>
		actAsAnybody(event, async (writer, _, given, now) => {
			takeReportTurn(event.getClientAddress())
			return reportMistake(writer, event.params.id, { text: given.text ?? '', name: given.name ?? '', contact: given.contact ?? '' }, now)
		}, (id) => `${here(event.params.id)}#${id}`),
	answer: (event) => act(event, (writer, actor, given, now) => answerCorrection(writer, actor, given.request ?? '', { answer: given.answer ?? '', changed: given.changed === 'on' }, now), () => `${here(event.params.id)}#corrections`),
}
