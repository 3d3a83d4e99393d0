import { findCitation, type Citation, type LatestOf } from '#atlas/server'
import type { Reader } from '#database'
import { agendaProgress, goalProgress, type AgendaProgress } from '../../agenda/progress.ts'
import type { CoalitionTables } from '../coalition-tables.ts'

export interface ProposalLine {
	id: string
	title: string
	text: string
	citation: string
	from: { id: string; slug: string; name: string }
	to: { id: string; slug: string; name: string }
	raisedAt: Date
	answeredAt: Date | undefined
	answer: 'taken_up' | 'declined' | undefined
	reason: string
	goal: string | undefined
}

export interface GoalLine {
	id: string
	title: string
	story: string
	whatWorks: string
	weight: number
	target: number | undefined
	dueOn: Date | undefined
	setAt: Date
	closedAt: Date | undefined
	outcome: string
	/** What it began with, frozen, and what the newest data say. */
	cited: { id: string; frozen: Citation['frozen']; now: LatestOf | undefined } | undefined
	progress: number | undefined
}

export interface Agenda {
	goals: GoalLine[]
	progress: AgendaProgress
	/** Share of the goals that began as a proposal of a hub, 0 to 1; undefined without goals. */
	fromHubs: number | undefined
	proposals: ProposalLine[]
}

/** The agenda of a body: its goals, open ones first, what was raised with it, and what it raised elsewhere. */
export async function findAgenda(reader: Reader<CoalitionTables>, body: string): Promise<Agenda> {
	const [goals, proposals] = await Promise.all([
		reader.selectFrom('coalition.goal').selectAll().where('body', '=', body).orderBy('closed_at', (order) => order.desc().nullsFirst()).orderBy('set_at').orderBy('id').execute(),
		listProposals(reader, body),
	])
	const lines = await Promise.all(goals.map((row) => toGoal(reader, row)))
	const raised = proposals.filter(({ goal, to }) => goal && to.id === body).length
	return {
		goals: lines,
		progress: agendaProgress(lines.filter(({ closedAt }) => !closedAt)),
		fromHubs: goals.length === 0 ? undefined : raised / goals.length,
		proposals,
	}
}

async function toGoal(reader: Reader<CoalitionTables>, row: { id: string; title: string; story: string; what_works: string; citation: string | null; target: number | null; due_on: Date | null; weight: number; set_at: Date; closed_at: Date | null; outcome: string }): Promise<GoalLine> {
	const citation = row.citation ? await findCitation(reader, row.citation) : undefined
	const frozen = citation?.frozen
	const baseline = frozen && 'estimate' in frozen ? (frozen.estimate ?? undefined) : undefined
	const now = citation?.now
	// The same vintage says nothing of a change.
	const newer = now && frozen && 'vintage' in frozen && now.vintage !== frozen.vintage ? now.estimate : undefined
	return {
		id: row.id, title: row.title, story: row.story, whatWorks: row.what_works, weight: row.weight, target: row.target ?? undefined, dueOn: row.due_on ?? undefined, setAt: row.set_at, closedAt: row.closed_at ?? undefined, outcome: row.outcome,
		cited: citation && { id: citation.id, frozen: citation.frozen, now },
		progress: goalProgress({ baseline, latest: newer ?? undefined, target: row.target ?? undefined }),
	}
}

async function listProposals(reader: Reader<CoalitionTables>, body: string): Promise<ProposalLine[]> {
	const rows = await reader
		.selectFrom('coalition.proposal as proposal').innerJoin('coalition.body as source', 'source.id', 'proposal.from_body').innerJoin('coalition.body as target', 'target.id', 'proposal.to_body')
		.selectAll('proposal').select(['source.slug as from_slug', 'source.name as from_name', 'target.slug as to_slug', 'target.name as to_name'])
		.where((where) => where.or([where('to_body', '=', body), where('from_body', '=', body)]))
		.orderBy('answered_at', (order) => order.desc().nullsFirst()).orderBy('raised_at').orderBy('proposal.id').execute()
	return rows.map((row) => ({
		id: row.id, title: row.title, text: row.text, citation: row.citation, raisedAt: row.raised_at, answeredAt: row.answered_at ?? undefined, answer: row.answer ?? undefined, reason: row.reason, goal: row.goal ?? undefined,
		from: { id: row.from_body, slug: row.from_slug, name: row.from_name }, to: { id: row.to_body, slug: row.to_slug, name: row.to_name },
	}))
}

export interface PositionLine {
	id: string
	statement: string
	status: 'proposed' | 'adopted' | 'retired'
	/** Reasons of its steps, by status. */
	reasons: { status: 'adopted' | 'retired'; reason: string; at: Date }[]
	arguments: { id: string; side: 'for' | 'against'; text: string; person: string; at: Date }[]
}

export interface GoalView {
	goal: GoalLine
	body: string
	positions: PositionLine[]
	/** The proposal that it answers. */
	proposal: ProposalLine | undefined
}

/** One goal with its positions and their arguments; those taken back are left out. */
export async function findGoal(reader: Reader<CoalitionTables>, id: string): Promise<GoalView | undefined> {
	const row = await reader.selectFrom('coalition.goal').selectAll().where('id', '=', id).executeTakeFirst()
	if (!row) return undefined
	const [goal, positions, proposals] = await Promise.all([
		toGoal(reader, row),
		reader.selectFrom('coalition.position').selectAll().where('goal', '=', id).orderBy('proposed_at').orderBy('id').execute(),
		listProposals(reader, row.body),
	])
	const ids = positions.map((position) => position.id)
	const [steps, said] = ids.length === 0 ? [[], []] : await Promise.all([
		reader.selectFrom('coalition.position_step').selectAll().where('position', 'in', ids).orderBy('at').execute(),
		reader.selectFrom('coalition.argument').selectAll().where('position', 'in', ids).where('withdrawn_at', 'is', null).orderBy('at').orderBy('id').execute(),
	])
	return {
		goal, body: row.body, proposal: proposals.find((proposal) => proposal.goal === id),
		positions: positions.map((position): PositionLine => {
			const own = steps.filter((step) => step.position === position.id)
			return {
				id: position.id, statement: position.statement,
				status: own.some(({ status }) => status === 'retired') ? 'retired' : own.some(({ status }) => status === 'adopted') ? 'adopted' : 'proposed',
				reasons: own.map(({ status, reason, at }) => ({ status, reason, at })),
				arguments: said.filter((argument) => argument.position === position.id).map(({ id: argument, side, text, person, at }) => ({ id: argument, side, text, person, at })),
			}
		}),
	}
}

/** The address part of the body that a proposal was raised with. */
export async function findProposalBody(reader: Reader<CoalitionTables>, id: string): Promise<string | undefined> {
	const found = await reader.selectFrom('coalition.proposal').innerJoin('coalition.body', 'coalition.body.id', 'to_body').select('slug').where('coalition.proposal.id', '=', id).executeTakeFirst()
	return found?.slug
}
