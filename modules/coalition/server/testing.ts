import { after, before } from 'node:test'
import { newId, Refusal, type OpenDatabase, type Writer } from '#database'
import { createTestDatabase } from '#database/testing'
import { addPerson } from '#people/server'
import { PRESETS, type BodyKind, type Visibility } from '../bodies.ts'
import type { Actor } from './actor.ts'
import { foundBody } from './bodies.ts'
import type { CoalitionTables } from './coalition-tables.ts'

export const NOW = new Date('2026-03-01T12:00:00Z')
export const ADMINISTRATOR: Actor = { account: 'u-administrator', person: undefined, administrator: true }

export const addTestPerson = (writer: Writer<CoalitionTables>, name: string) => addPerson(writer, { name }, NOW)

/** A row that stands for an area, where a test needs one and not its shape. */
async function addTestArea(writer: Writer<CoalitionTables>): Promise<string> {
	const id = newId('a')
	const empty = Buffer.alloc(0)
	await writer.insertInto('atlas.area').values({ id, name: 'Area', kind: 'picked', geography: 'tract-2020', rings: empty, geoids: ['1'], area_m2: 1, bounds: [0, 0, 1, 1], content_hash: Buffer.alloc(32), made_by: 'test', made_at: NOW }).execute()
	return id
}

/** A body with a lead of its own. */
export async function makeBody(writer: Writer<CoalitionTables>, kind: BodyKind, visibility: Visibility, name: string): Promise<{ id: string; slug: string; lead: Actor }> {
	const person = await addTestPerson(writer, `Lead of ${name}`)
	const area = kind === 'equity_hub' ? await addTestArea(writer) : undefined
	const founded = await foundBody(writer, ADMINISTRATOR, { kind, name, visibility, aim: `The aim of ${name}`, domain: '', agreements: '', rules: PRESETS[kind].rules, area, lead: person }, NOW)
	return { ...founded, lead: { account: undefined, person, administrator: false } }
}

/** A row that stands for a citation, where a test needs one and not its numbers. */
export async function addTestCitation(writer: Writer<CoalitionTables>): Promise<string> {
	const id = newId('c')
	await writer.insertInto('atlas.citation').values({ id, made_at: NOW, made_by: 'test', frozen: JSON.stringify({ kind: 'number', indicator: { key: 'nothing-here' }, place: { geography: 'tract-2020', geoid: '1' }, vintage: '2020', estimate: 20, margin: 1 }), content_hash: Buffer.alloc(32) }).execute()
	return id
}

/** A database of its own for the tests of one file, and a way to change it. */
export function openCoalition() {
	let open: OpenDatabase<CoalitionTables>
	before(async () => void (open = await createTestDatabase<CoalitionTables>()))
	after(() => open.close())
	return {
		get open() { return open },
		write: <T>(work: (writer: Writer<CoalitionTables>) => Promise<T>) => open.database.transaction().execute(work),
	}
}

/** Whether something was refused for this reason. */
export const refuses = (code: string) => (cause: unknown) => cause instanceof Refusal && cause.code === code

/** So many days after `NOW`. */
export const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000)
