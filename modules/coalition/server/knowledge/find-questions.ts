import type { Reader } from '#database'
import type { Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { findReach, reachesQuestion, type Reach } from './reach.ts'

export interface QuestionLine {
	id: string
	title: string
	text: string
	askedAt: Date
	to: { id: string; slug: string; name: string }
	/** Undefined where the reader may not know of the body that asked. */
	from: { id: string; slug: string; name: string } | undefined
	answers: number
	/** Whether who asked said that an answer helped. */
	helped: boolean
	/** The ask of a link that it began as. */
	exchange: string | undefined
}

export interface QuestionView extends QuestionLine {
	person: string
	name: string
	said: { id: string; text: string; at: Date; person: string; name: string; helped: boolean }[]
}

const selectQuestions = (reader: Reader<CoalitionTables>) =>
	reader.selectFrom('coalition.question').innerJoin('people.person', 'people.person.id', 'coalition.question.person').selectAll('coalition.question').select(['people.person.name as asker'])
		.select((from) => from.selectFrom('coalition.answer').select(({ fn }) => fn.countAll<string>().as('n')).whereRef('question', '=', 'coalition.question.id').where('withdrawn_at', 'is', null).as('answers'))
		.select((from) => from.selectFrom('coalition.answer').select('id').whereRef('question', '=', 'coalition.question.id').where('helped', '=', true).as('helped_by'))

type Row = Awaited<ReturnType<ReturnType<typeof selectQuestions>['executeTakeFirstOrThrow']>>

function toLine(row: Row, { known }: Reach): QuestionLine {
	const body = (id: string) => known.find((one) => one.id === id)
	const [to, from] = [body(row.to_body)!, body(row.from_body)]
	const named = ({ id, slug, name }: typeof to) => ({ id, slug, name })
	return { id: row.id, title: row.title, text: row.text, askedAt: row.asked_at, to: named(to), from: from && named(from), answers: Number(row.answers ?? 0), helped: row.helped_by !== null, exchange: row.exchange ?? undefined }
}

/** Questions that were put to a body or asked in its name, as this reader may read them: those that nothing has helped yet first, newest first. At most 200. */
export async function listQuestions(reader: Reader<CoalitionTables>, actor: Actor, body: string, now: Date): Promise<QuestionLine[]> {
	const reach = await findReach(reader, actor, now)
	const rows = await selectQuestions(reader).where((where) => where.or([where('to_body', '=', body), where('from_body', '=', body)])).orderBy(({ exists, selectFrom }) => exists(selectFrom('coalition.answer').select('id').whereRef('question', '=', 'coalition.question.id').where('helped', '=', true))).orderBy('asked_at', 'desc').orderBy('coalition.question.id').limit(200).execute()
	return rows.filter(({ to_body: to, from_body: from }) => reachesQuestion(reach, { to, from })).map((row) => toLine(row, reach))
}

/** A question with its answers, the one that helped first; undefined where this reader may not read it. */
export async function findQuestion(reader: Reader<CoalitionTables>, actor: Actor, id: string, now: Date): Promise<QuestionView | undefined> {
	const [row, reach] = await Promise.all([selectQuestions(reader).where('coalition.question.id', '=', id).executeTakeFirst(), findReach(reader, actor, now)])
	if (!row || !reachesQuestion(reach, { to: row.to_body, from: row.from_body })) return undefined
	const said = await reader.selectFrom('coalition.answer').innerJoin('people.person', 'people.person.id', 'coalition.answer.person').select(['coalition.answer.id', 'text', 'answered_at as at', 'person', 'name']).where('question', '=', id).where('withdrawn_at', 'is', null).orderBy('answered_at').orderBy('coalition.answer.id').execute()
	const marked = said.map((answer) => ({ ...answer, helped: answer.id === row.helped_by }))
	return { ...toLine(row, reach), person: row.person, name: row.asker, said: [...marked.filter(({ helped }) => helped), ...marked.filter(({ helped }) => !helped)] }
}
