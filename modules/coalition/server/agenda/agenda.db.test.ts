import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listThread } from '#database'
import type { Actor } from '../actor.ts'
import { answerLink, askForLink } from '../links.ts'
import { addToBody } from '../members.ts'
import { addTestCitation, addTestPerson, makeBody, NOW, openCoalition, refuses } from '../testing.ts'
import { findAgenda, findGoal } from './find-agenda.ts'
import { changeGoal, closeGoal, setGoal } from './goals.ts'
import { addArgument, proposePosition, settlePosition, withdrawArgument } from './positions.ts'
import { answerProposal, raiseProposal } from './proposals.ts'

const coalition = openCoalition()
const { write } = coalition
let made = 0

async function linkedPair() {
	const n = ++made
	return write(async (writer) => {
		const [circle, hub] = [await makeBody(writer, 'issue_circle', 'public', `Circle ${n}`), await makeBody(writer, 'equity_hub', 'public', `Hub ${n}`)]
		const link = await askForLink(writer, hub.lead, hub.id, circle.id, 'Together', NOW)
		await answerLink(writer, circle.lead, link, { agrees: true }, NOW)
		return { circle, hub, citation: await addTestCitation(writer) }
	})
}

test('a hub raises a gap with a linked circle on a citation; taken up, it becomes a goal on the same citation, and the thread says so', async () => {
	const { circle, hub, citation } = await linkedPair()
	const raise = (more = {}, actor: Actor = hub.lead) => write((writer) => raiseProposal(writer, actor, { from: hub.id, to: circle.id, citation, title: 'Rents', text: 'Half of us pay too much.', ...more }, NOW))
	for (const [more, code] of [[{ title: ' ' }, 'proposal_without_title'], [{ citation: 'c-none' }, 'citation_unknown']] as const) await assert.rejects(raise(more), refuses(code))
	await assert.rejects(raise({}, circle.lead), refuses('not_permitted'), 'nobody raises in the name of another body')
	const stranger = await write((writer) => makeBody(writer, 'issue_circle', 'public', `Stranger ${made}`))
	await assert.rejects(raise({ to: stranger.id }), refuses('proposal_needs_link'))
	const proposal = await raise()
	const goal = await write((writer) => answerProposal(writer, circle.lead, proposal, { takesUp: true }, NOW))
	await assert.rejects(write((writer) => answerProposal(writer, circle.lead, proposal, { takesUp: true }, NOW)), refuses('proposal_answered'))
	const agenda = await findAgenda(coalition.open.database, circle.id)
	assert.deepEqual([agenda.goals.map(({ id, cited }) => [id, cited?.id]), agenda.fromHubs, agenda.proposals[0]!.answer], [[[goal, citation]], 1, 'taken_up'])
	const thread = await listThread(coalition.open.database, `atlas:citation/${citation}`)
	const said = thread.map(({ from_record, relation, to_record }) => `${from_record} ${relation} ${to_record}`)
	for (const link of [`coalition:proposal/${proposal} cites atlas:citation/${citation}`, `coalition:goal/${goal} answers coalition:proposal/${proposal}`]) assert.ok(said.includes(link), said.join('\n'))
	assert.equal((await findGoal(coalition.open.database, goal!))!.proposal!.id, proposal)
})

test('declining needs a reason, which the hub reads', async () => {
	const { circle, hub, citation } = await linkedPair()
	const proposal = await write((writer) => raiseProposal(writer, hub.lead, { from: hub.id, to: circle.id, citation, title: 'Rents', text: '' }, NOW))
	await assert.rejects(write((writer) => answerProposal(writer, circle.lead, proposal, { takesUp: false, reason: '' }, NOW)), refuses('proposal_without_reason'))
	await write((writer) => answerProposal(writer, circle.lead, proposal, { takesUp: false, reason: 'It is the county’s task; we pass it on.' }, NOW))
	const { goals, proposals } = await findAgenda(coalition.open.database, hub.id)
	assert.deepEqual([goals, proposals[0]!.reason], [[], 'It is the county’s task; we pass it on.'])
})

test('two answers at once make one goal', async () => {
	const { circle, hub, citation } = await linkedPair()
	const proposal = await write((writer) => raiseProposal(writer, hub.lead, { from: hub.id, to: circle.id, citation, title: 'Rents', text: '' }, NOW))
	const answers = await Promise.allSettled([1, 2, 3].map(() => write((writer) => answerProposal(writer, circle.lead, proposal, { takesUp: true }, NOW))))
	assert.deepEqual(answers.map(({ status }) => status).sort(), ['fulfilled', 'rejected', 'rejected'])
	assert.equal((await findAgenda(coalition.open.database, circle.id)).goals.length, 1)
})

test('a goal takes a target only with a number to start from, reads its day and weight strictly, and ends with an outcome', async () => {
	const { circle, citation } = await linkedPair()
	const set = (more = {}) => write((writer) => setGoal(writer, circle.lead, circle.id, { title: 'Homes', story: '', citation, ...more }, NOW))
	for (const [more, code] of [[{ title: '' }, 'goal_without_title'], [{ target: 'half' }, 'goal_target_unreadable'], [{ target: '10', citation: '' }, 'goal_target_without_citation'], [{ dueOn: '2028-02-30' }, 'goal_day_unreadable'], [{ weight: '0' }, 'goal_weight_unreadable']] as const) await assert.rejects(set(more), refuses(code))
	const goal = await set({ target: '10.5', dueOn: '2028-12-31', weight: '2' })
	await write((writer) => changeGoal(writer, circle.lead, goal, { story: 'Evictions fell first.', target: '9', dueOn: '', weight: '3' }, NOW))
	const [line] = (await findAgenda(coalition.open.database, circle.id)).goals
	assert.deepEqual([line!.target, line!.dueOn, line!.weight, line!.story, line!.progress], [9, undefined, 3, 'Evictions fell first.', undefined])
	await assert.rejects(write((writer) => closeGoal(writer, circle.lead, goal, ' ', NOW)), refuses('goal_without_outcome'))
	await write((writer) => closeGoal(writer, circle.lead, goal, 'The county passed the ordinance.', NOW))
	await assert.rejects(write((writer) => changeGoal(writer, circle.lead, goal, { story: '' }, NOW)), refuses('goal_not_found'))
})

test('arguments stand for and against without replies; everybody takes back their own alone; a retired position takes no more', async () => {
	const { circle } = await linkedPair()
	const [person, goal] = await write(async (writer) => [await addTestPerson(writer, 'Bea'), await setGoal(writer, circle.lead, circle.id, { title: 'Homes', story: '' }, NOW)] as const)
	await write((writer) => addToBody(writer, circle.lead, circle.id, { person }, 'member', NOW))
	const bea: Actor = { account: undefined, person, administrator: false }
	const position = await write((writer) => proposePosition(writer, bea, goal, 'Notice of 90 days before a rent rises', NOW))
	const argue = (actor: Actor, side: string, text: string) => write((writer) => addArgument(writer, actor, position, side, text, NOW))
	const pro = await argue(bea, 'for', 'People find time to move.')
	await argue(circle.lead, 'against', 'Small owners need less.')
	await assert.rejects(argue(bea, 'perhaps', 'x'), refuses('argument_without_side'))
	await assert.rejects(argue(bea, 'for', ' '), refuses('argument_without_text'))
	await assert.rejects(write((writer) => withdrawArgument(writer, circle.lead, pro, NOW)), refuses('argument_not_found'))
	await write((writer) => withdrawArgument(writer, bea, pro, NOW))
	const settle = (status: 'adopted' | 'retired', reason: string) => write((writer) => settlePosition(writer, circle.lead, position, status, reason, NOW))
	await assert.rejects(settle('adopted', ''), refuses('position_without_reason'))
	await settle('adopted', 'By consent on March 1')
	await assert.rejects(settle('adopted', 'Again'), refuses('position_step_there'))
	await settle('retired', 'The ordinance says so now')
	await assert.rejects(argue(bea, 'for', 'Too late'), refuses('position_step_there'))
	const view = (await findGoal(coalition.open.database, goal))!
	assert.deepEqual(view.positions.map(({ status, reasons, arguments: said }) => [status, reasons.length, said.map(({ side }) => side)]), [['retired', 2, ['against']]])
})
