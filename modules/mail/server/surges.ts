import { sql } from 'kysely'
import type { Reader } from '#database'
import type { LetterKind } from '../letter.ts'
import type { MailTables } from './mail-tables.ts'

/** Letters of one kind about one topic of which far more were written within a day than on any day of the month before. */
export interface Surge {
	kind: LetterKind
	purpose: string
	/** Written within the last day. */
	count: number
	/** Of these, how many have not gone out yet. */
	waiting: number
	/** The most on one day of the month before. */
	usual: number
}

/** Fewer letters than this are never unusual; beyond it, three times the busiest day are. */
const FEWEST = 50
const TIMES = 3
const DAY = 86_400_000

/** Topics that are about to send unusually many letters, those with the most first. */
export async function findSurges(reader: Reader<MailTables>, now: Date): Promise<Surge[]> {
	const from = new Date(now.getTime() - 31 * DAY)
	const rows = await reader.selectFrom('mail.letter').select(({ fn }) => [
		'kind', 'purpose', fn.countAll<string>().as('count'),
		sql<string>`count(*) filter (where state in ('waiting', 'sending'))`.as('waiting'),
		sql<string>`floor(extract(epoch from ${now}::timestamptz - made_at) / 86400)`.as('ago'),
	]).where('made_at', '>', from).where('made_at', '<=', now).groupBy(['kind', 'purpose', 'ago']).execute()
	const usualOf = (kind: string, purpose: string) => Math.max(0, ...rows.filter((row) => row.kind === kind && row.purpose === purpose && Number(row.ago) > 0).map(({ count }) => Number(count)))
	return rows.filter(({ ago, count }) => Number(ago) === 0 && Number(count) >= FEWEST)
		.map(({ kind, purpose, count, waiting }): Surge => ({ kind, purpose, count: Number(count), waiting: Number(waiting), usual: usualOf(kind, purpose) }))
		.filter(({ count, usual }) => count > TIMES * usual).sort((a, b) => b.count - a.count || a.kind.localeCompare(b.kind))
}
