import { exactly, hiddenNumber, isSmall, sumOf, valueOf, type Secret, type Statement, type Terms } from '@throughline/disclosure'
import type { Reader } from '#database'
import { categorySet, type PublishedTable, type SetName } from '../../room/index.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import type { RoomRelease } from './room-tables.ts'

/** The name of a cell: how many in a convening chose an option of one question. */
export const cellOf = (convening: string, option: string): string => `${convening}/${option}`

/** How many chose an option in some convenings together. */
export const sumOver = (convenings: readonly string[], option: string): Terms => sumOf(convenings.map((convening) => cellOf(convening, option)))

export interface StoredRelease {
	convening: string
	year: number
	content: RoomRelease
}

/** Releases of a body in the order in which they were published. */
export async function listReleases(reader: Reader<CoalitionTables>, body: string): Promise<StoredRelease[]> {
	return reader.selectFrom('room.release').select(['convening', 'year', 'content']).where('body', '=', body).orderBy('number').execute()
}

/** What a release says about one question, and the counts that it must not give away. */
export function memoryOf({ convening, content }: StoredRelease, set: SetName, counts: ReadonlyMap<string, number>): { statements: Statement[]; secrets: Secret[] } {
	const question = content.questions.find((one) => one.set === set)
	if (!question) return { statements: [], secrets: [] }
	const { options } = categorySet(set)
	const own = { name: convening, convenings: [convening], table: question.event }
	const year = { name: `year of ${convening}`, convenings: question.year.convenings, table: question.year }
	const numbers = [own, year].flatMap(({ name, convenings, table }) => options.map((option, o) => ({ name: `${name}/${option}`, terms: sumOver(convenings, option), shown: table.counts[o], withheld: table.withheld })))
	return {
		statements: [...[own, year].flatMap(({ convenings, table }) => totalOf(convenings, options, table)), ...numbers.flatMap(({ terms, shown, withheld }) => (withheld ? [] : [shown === null || shown === undefined ? hiddenNumber(terms) : exactly(terms, shown)]))],
		secrets: numbers.filter(({ terms }) => isSmall(valueOf(terms, counts))),
	}
}

function totalOf(convenings: readonly string[], options: readonly string[], { answered }: PublishedTable): Statement[] {
	return answered === null ? [] : [exactly(sumOf(convenings.flatMap((convening) => options.map((option) => cellOf(convening, option)))), answered)]
}

/** True counts of every option of every question in some convenings, by question. Never shown to anybody. */
export async function readCells(reader: Reader<CoalitionTables>, convenings: readonly string[]): Promise<Map<SetName, Map<string, number>>> {
	const rows = convenings.length === 0 ? [] : await reader.selectFrom('room.answer').select(({ fn }) => ['convening', 'category_set', 'option', fn.countAll<string>().as('count')]).where('convening', 'in', [...convenings]).groupBy(['convening', 'category_set', 'option']).execute()
	const cells = new Map<SetName, Map<string, number>>()
	for (const { convening, category_set, option, count } of rows) {
		const own = cells.get(category_set) ?? new Map<string, number>()
		cells.set(category_set, own.set(cellOf(convening, option), Number(count)))
	}
	return cells
}
