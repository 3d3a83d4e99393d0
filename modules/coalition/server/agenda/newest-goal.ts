import type { Reader } from '#database'
import type { CoalitionTables } from '../coalition-tables.ts'

/** The newest open goal that stands on a citation, of an open body that everybody may read; undefined where there is none. */
export function findNewestGoal(reader: Reader<CoalitionTables>): Promise<{ id: string; title: string; body: string } | undefined> {
	return reader.selectFrom('coalition.goal').innerJoin('coalition.body', 'coalition.body.id', 'coalition.goal.body')
		.select(['coalition.goal.id', 'title', 'name as body'])
		.where('visibility', '=', 'public').where('coalition.body.closed_at', 'is', null).where('coalition.goal.closed_at', 'is', null).where('citation', 'is not', null)
		.orderBy('set_at', 'desc').orderBy('coalition.goal.id').limit(1).executeTakeFirst()
}
