import type { Reader } from '#database'
import { normalizeContact, normalizeName } from '#people'
import type { ListedMember } from '../../members/member-list.ts'
import { currentMemberships } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import type { Matched } from './import-members.ts'

/**
 * Whom each row of a list may be: people of the directory who share an address or number with it, and members of this body who share its
 * name. Names of people elsewhere are nobody's business here.
 */
export async function matchListed(reader: Reader<CoalitionTables>, body: string, listed: ListedMember[], now: Date): Promise<(ListedMember & Matched)[]> {
	const ways = listed.map(({ email, phone }) => [normalizeContact('email', email), normalizeContact('phone', phone)].filter(Boolean))
	const all = [...new Set(ways.flat())]
	const [contacts, members] = await Promise.all([
		all.length === 0 ? [] : reader.selectFrom('people.contact_point').innerJoin('people.person', 'people.person.id', 'people.contact_point.person').select(['people.person.id', 'people.person.name', 'normalized']).where('normalized', 'in', all).where('channel', 'in', ['email', 'phone', 'sms']).execute(),
		currentMemberships(reader, now).innerJoin('people.person', 'people.person.id', 'coalition.membership.person').select(['people.person.id', 'people.person.name']).where('body', '=', body).execute(),
	])
	const memberIds = new Set(members.map(({ id }) => id))
	const byName = Map.groupBy(members, ({ name }) => normalizeName(name))
	const byContact = Map.groupBy(contacts, ({ normalized }) => normalized)
	return listed.map((line, i) => {
		const found = new Map<string, Matched['candidates'][number]>()
		for (const { id, name } of byName.get(normalizeName(line.name)) ?? []) found.set(id, { id, name, member: true, reason: 'name' })
		for (const { id, name } of ways[i]!.flatMap((way) => byContact.get(way) ?? [])) found.set(id, { id, name, member: memberIds.has(id), reason: 'contact' })
		return { ...line, candidates: [...found.values()].sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1)) }
	})
}
