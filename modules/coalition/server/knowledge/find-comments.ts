import type { Reader } from '#database'
import { commentState, EDIT_MINUTES, type CommentedKind } from '../../knowledge/index.ts'
import type { Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { stepsOf } from './comments.ts'

export interface CommentLine {
	id: string
	about: { kind: CommentedKind; id: string }
	at: Date
	edited: boolean
	/** Empty where the comment is hidden and this reader neither wrote it nor moderates. */
	text: string
	/** Empty for who may not see the body's people. */
	name: string
	own: boolean
	/** The author may still change it. */
	editable: boolean
	/** Why it was hidden; undefined while it is shown. */
	hidden: string | undefined
	mayAppeal: boolean
	/** What was said of an appeal. */
	ruling: { restored: boolean; reason: string } | undefined
	/** For moderators: reports without an answer, and an appeal that waits. */
	reports: { reason: string; at: Date }[]
	appeal: { reason: string; at: Date } | undefined
	/** Whether this reader is the one who hid it, and so does not decide the appeal. */
	hidByReader: boolean
}

interface Looks {
	actor: Actor
	/** Whether they see who the body's people are, and whether they moderate. */
	seesPeople: boolean
	moderates: boolean
}

/** The comments on these items, by item in the order of the agenda and oldest first, as somebody may read them; those taken back are left out. */
export async function listComments(reader: Reader<CoalitionTables>, about: { goal?: string; positions?: string[]; proposals?: string[] }, looks: Looks, now: Date): Promise<CommentLine[]> {
	const lists = [['goal', about.goal ? [about.goal] : []], ['position', about.positions ?? []], ['proposal', about.proposals ?? []]] as const
	const asked = lists.filter(([, ids]) => ids.length > 0)
	if (asked.length === 0) return []
	const rows = await selectComments(reader).where((where) => where.or(asked.map(([kind, ids]) => where(`coalition.comment.${kind}`, 'in', [...ids])))).execute()
	return toLines(reader, rows, looks, now)
}

/** What waits for a moderator of a body: comments with reports or an appeal, oldest first. */
export async function listForModerators(reader: Reader<CoalitionTables>, body: string, actor: Actor, now: Date): Promise<CommentLine[]> {
	const rows = await selectComments(reader).where('body', '=', body).where('coalition.comment.id', 'in', (from) => from.selectFrom('coalition.comment_step').select('comment')).execute()
	return (await toLines(reader, rows, { actor, seesPeople: true, moderates: true }, now)).filter(({ reports, appeal }) => reports.length > 0 || appeal)
}

/** One comment, and the body and the goal where it stands; undefined where there is none or it was taken back. Who may read it is asked of its body. */
export async function findComment(reader: Reader<CoalitionTables>, id: string, looksIn: (body: string) => Promise<Looks>, now: Date): Promise<{ comment: CommentLine; body: string; goal: string | undefined } | undefined> {
	const row = await selectComments(reader).where('coalition.comment.id', '=', id).executeTakeFirst()
	if (!row) return undefined
	const position = row.position ? await reader.selectFrom('coalition.position').select('goal').where('id', '=', row.position).executeTakeFirst() : undefined
	const [comment] = await toLines(reader, [row], await looksIn(row.body), now)
	return { comment: comment!, body: row.body, goal: row.goal ?? position?.goal }
}

function selectComments(reader: Reader<CoalitionTables>) {
	return reader.selectFrom('coalition.comment').innerJoin('people.person', 'people.person.id', 'person').selectAll('coalition.comment').select('people.person.name').where('withdrawn_at', 'is', null).orderBy('at').orderBy('coalition.comment.id')
}

type Row = Awaited<ReturnType<ReturnType<typeof selectComments>['executeTakeFirstOrThrow']>>

async function toLines(reader: Reader<CoalitionTables>, rows: Row[], { actor, seesPeople, moderates }: Looks, now: Date): Promise<CommentLine[]> {
	const steps = await stepsOf(reader, rows.map(({ id }) => id))
	return rows.map((row): CommentLine => {
		const state = commentState(steps.filter(({ comment }) => comment === row.id))
		const own = actor.person !== undefined && row.person === actor.person
		const kind = row.goal ? 'goal' : row.position ? 'position' : 'proposal'
		return {
			id: row.id, about: { kind, id: row[kind]! }, at: row.at, edited: row.edited_at !== null, own, hidden: state.reason,
			text: !state.hidden || own || moderates ? row.text : '', name: seesPeople && (!state.hidden || moderates) ? row.name : '',
			editable: own && !state.hidden && !state.ruling && state.reports.length === 0 && now.getTime() - row.at.getTime() <= EDIT_MINUTES * 60_000,
			mayAppeal: own && state.hidden && !state.appeal && !state.ruling,
			ruling: state.ruling && { restored: state.ruling.kind === 'restored', reason: state.ruling.reason },
			// Who reported is told to nobody.
			reports: moderates ? state.reports.map(({ reason, at }) => ({ reason, at })) : [],
			appeal: moderates && state.appeal ? { reason: state.appeal.reason, at: state.appeal.at } : undefined,
			hidByReader: state.hiddenBy !== undefined && state.hiddenBy === (actor.person ?? actor.account),
		}
	})
}
