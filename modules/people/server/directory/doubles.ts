import { newId, Refusal, type Reader, type Writer } from '#database'
import { normalizeName } from '../../directory.ts'
import type { PeopleTables } from '../people-tables.ts'

/** Two entries of the directory that may be one person, and what speaks for it. */
export interface Double {
	a: { id: string; name: string }
	b: { id: string; name: string }
	reasons: ('contact' | 'name')[]
}

/** Pairs among these people with an address, a number or a name in common, but for those that somebody knows to be two. Nothing is merged by it. */
export async function findDoubles(reader: Reader<PeopleTables>, people: readonly string[]): Promise<Double[]> {
	if (people.length < 2) return []
	const [persons, contacts, apart] = await Promise.all([
		reader.selectFrom('people.person').select(['id', 'name']).where('id', 'in', people).orderBy('name').orderBy('id').execute(),
		reader.selectFrom('people.contact_point').select(['person', 'channel', 'normalized']).where('person', 'in', people).execute(),
		reader.selectFrom('people.not_same').select(['a', 'b']).where('a', 'in', people).execute(),
	])
	const keys = new Map(persons.map(({ id, name }) => [id, [`name ${normalizeName(name)}`]]))
	for (const { person, channel, normalized } of contacts) keys.get(person!)?.push(`contact ${channel} ${normalized}`)
	const twos = new Set(apart.map(({ a, b }) => `${a} ${b}`))
	const sharing = new Map<string, typeof persons>()
	for (const person of persons) for (const key of new Set(keys.get(person.id))) sharing.set(key, [...(sharing.get(key) ?? []), person])
	const found = new Map<string, Double>()
	for (const [key, group] of sharing) {
		for (const [i, a] of group.entries()) {
			for (const b of group.slice(i + 1)) {
				const pair = [a.id, b.id].sort().join(' ')
				if (twos.has(pair)) continue
				const double = found.get(pair) ?? { a, b, reasons: [] }
				const reason = key.startsWith('name ') ? 'name' : 'contact'
				if (!double.reasons.includes(reason)) double.reasons.push(reason)
				found.set(pair, double)
			}
		}
	}
	return [...found.values()]
}

/** Keeps that two entries are two people, so that nobody is asked again. */
export async function recordNotSame(writer: Writer<PeopleTables>, one: string, other: string, by: string, now: Date): Promise<void> {
	const [a, b] = [one, other].sort() as [string, string]
	if (a === b) throw new Refusal('merge_same', {})
	await writer.insertInto('people.not_same').values({ a, b, at: now, by }).onConflict((conflict) => conflict.doNothing()).execute()
}

/**
 * Makes two entries one: the ways to reach the merged one go to the kept one, and are written down. Errors: `merge_same`, `person_not_found`,
 * `merge_has_account` for an entry with an account, which can only be the one that is kept, `merge_done` for one that is merged already.
 */
export async function mergePersons(writer: Writer<PeopleTables>, given: { kept: string; merged: string }, by: string, now: Date): Promise<string> {
	const { kept, merged } = given
	if (kept === merged) throw new Refusal('merge_same', {})
	const both = await writer.selectFrom('people.person').select(['id', 'account']).where('id', 'in', [kept, merged]).forUpdate().execute()
	if (both.length < 2) throw new Refusal('person_not_found', {})
	if (both.find(({ id }) => id === merged)!.account !== null) throw new Refusal('merge_has_account', {})
	const before = await writer.selectFrom('people.person_merge').select('id').where('merged', 'in', [kept, merged]).where('undone_at', 'is', null).executeTakeFirst()
	if (before) throw new Refusal('merge_done', {})
	const id = newId('x')
	await writer.insertInto('people.person_merge').values({ id, kept, merged, at: now, by, undone_at: null, undone_by: null }).execute()
	const moved = await writer.updateTable('people.contact_point').set({ person: kept }).where('person', '=', merged).returning('id').execute()
	if (moved.length > 0) await writer.insertInto('people.merged_contact').values(moved.map(({ id: contact_point }) => ({ merge: id, contact_point }))).execute()
	return id
}

/** Takes a merge back. Errors: `merge_not_found` for none that stands. */
export async function unmergePersons(writer: Writer<PeopleTables>, id: string, by: string, now: Date): Promise<{ kept: string; merged: string }> {
	const found = await writer.updateTable('people.person_merge').set({ undone_at: now, undone_by: by }).where('id', '=', id).where('undone_at', 'is', null).returning(['kept', 'merged']).executeTakeFirst()
	if (!found) throw new Refusal('merge_not_found', {})
	const moved = writer.selectFrom('people.merged_contact').select('contact_point').where('merge', '=', id)
	await writer.updateTable('people.contact_point').set({ person: found.merged }).where('id', 'in', moved).where('person', '=', found.kept).execute()
	return found
}
