import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findByContact } from '#people/server'
import { addToBody, endMembership, giveRole, listMembers } from '../members.ts'
import { openDecision } from '../decisions/open-decision.ts'
import { nameRepresentative } from '../representatives.ts'
import { addOrganization, addPerson } from '#people/server'
import { ADMINISTRATOR, later, makeBody, NOW, openCoalition, refuses } from '../testing.ts'
import { beginMemberImport, findMemberImport, keepApart, listDoubles, listMerges, mapMemberColumns, mergeMembers, setListAside, takeInMembers, undoMemberImport, unmergeMembers } from './index.ts'

const coalition = openCoalition()
const LIST = { fileName: 'hub.csv', columns: ['Nombre', 'Correo', 'Móvil', 'Language spoken'], source: 'Sign-up table at the library', standing: 'member' }
const snapshot = async () => {
	const { database } = coalition.open
	const of = async (table: 'coalition.membership' | 'coalition.role_assignment' | 'coalition.representation' | 'people.contact_point') => database.selectFrom(table).selectAll().orderBy('id').execute()
	return JSON.stringify([await of('coalition.membership'), await of('coalition.role_assignment'), await of('coalition.representation'), await of('people.contact_point')])
}

test('a list is looked at before it is taken in: who is there already is asked, faulty rows are named, and nobody is subscribed to anything', async () => {
	const { database } = coalition.open
	const hub = await coalition.write((writer) => makeBody(writer, 'equity_hub', 'public', 'Mill Street Hub'))
	const known = await coalition.write((writer) => addPerson(writer, { name: 'Rosa Peña', email: 'rosa@example.org' }, NOW))
	const rows = [['Rosa Pena', 'ROSA@example.org', '', ''], ['Lead of mill street hub', '', '', ''], ['', 'x@example.org', '', ''], ['Tom Lee', 'tom@example.org', '404-555-0188', 'x'], ['', '', '', '']]
	const id = await coalition.write((writer) => beginMemberImport(writer, hub.lead, hub.id, { ...LIST, rows }, NOW))
	const list = (await findMemberImport(database, hub.id, id, NOW))!
	assert.deepEqual(list.mapping, { name: 0, email: 1, phone: 2 })
	await coalition.write((writer) => mapMemberColumns(writer, hub.lead, hub.id, id, { name: '0', email: '1', phone: '2' }, NOW))
	const mapped = (await findMemberImport(database, hub.id, id, NOW))!
	assert.deepEqual(mapped.rows.map(({ row, candidates, faults }) => [row, candidates.map(({ reason, member }) => [reason, member]), faults.length]), [[2, [['contact', false]], 0], [3, [['name', true]], 0], [4, [], 1], [5, [], 0]])

	const take = (choices: Record<number, string>, leaveFaulty: boolean) => coalition.write((writer) => takeInMembers(writer, hub.lead, hub.id, id, { choices, leaveFaulty }, NOW))
	await assert.rejects(take({ 2: known, 3: 'leave' }, false), refuses('members_rows_faulty'))
	await assert.rejects(take({ 3: 'leave' }, true), refuses('members_rows_undecided'))
	await assert.rejects(take({ 2: hub.lead.person!, 3: 'leave' }, true), refuses('members_rows_undecided'), 'somebody else cannot be named for a row')
	assert.equal((await listMembers(database, hub.id, NOW)).length, 1, 'all or nothing')
	assert.equal(await take({ 2: known, 3: 'leave' }, true), 2)
	assert.deepEqual((await listMembers(database, hub.id, NOW)).map(({ name }) => name), ['Lead of Mill Street Hub', 'Rosa Peña', 'Tom Lee'])
	assert.equal((await findByContact(database, 'phone', '(404) 555-0188'))[0]!.name, 'Tom Lee')
	assert.deepEqual(await database.selectFrom('people.consent_event').selectAll().execute(), [])
	assert.deepEqual((await database.selectFrom('coalition.member_import').select('rows').where('id', '=', id).executeTakeFirstOrThrow()).rows, [], 'what the list said is erased')
	await assert.rejects(take({}, true), refuses('members_list_settled'))

	assert.deepEqual(await coalition.write((writer) => undoMemberImport(writer, hub.lead, hub.id, id, later(1))), { erased: 1, kept: 1 })
	assert.deepEqual((await listMembers(database, hub.id, later(1))).map(({ name }) => name), ['Lead of Mill Street Hub'])
	assert.equal((await findByContact(database, 'email', 'tom@example.org')).length, 0)
	assert.equal((await findByContact(database, 'email', 'rosa@example.org')).length, 1, 'who was known before stays')
})

test('taking a list back keeps whom something happened with since, and only ends their membership', async () => {
	const hub = await coalition.write((writer) => makeBody(writer, 'equity_hub', 'public', 'Quiet Hub'))
	const id = await coalition.write((writer) => beginMemberImport(writer, hub.lead, hub.id, { ...LIST, columns: ['Name'], rows: [['Ida Bell'], ['Sam Ode']] }, NOW))
	await coalition.write((writer) => takeInMembers(writer, hub.lead, hub.id, id, { choices: {}, leaveFaulty: false }, NOW))
	const ida = (await listMembers(coalition.open.database, hub.id, NOW)).find(({ name }) => name === 'Ida Bell')!
	await coalition.write((writer) => giveRole(writer, hub.lead, hub.id, ida.id, 'steward', NOW))
	assert.deepEqual(await coalition.write((writer) => undoMemberImport(writer, hub.lead, hub.id, id, later(1))), { erased: 1, kept: 1 })
	assert.equal((await coalition.open.database.selectFrom('people.person').select('id').where('id', '=', ida.id).execute()).length, 1)
})

test('a list without a source, an empty one, one of another body and one set aside are refused', async () => {
	const [hub, other] = await coalition.write(async (writer) => [await makeBody(writer, 'equity_hub', 'public', 'Hub A'), await makeBody(writer, 'equity_hub', 'public', 'Hub B')])
	const begin = (given: Partial<typeof LIST>, rows: string[][]) => coalition.write((writer) => beginMemberImport(writer, hub.lead, hub.id, { ...LIST, ...given, rows }, NOW))
	await assert.rejects(begin({ source: ' ' }, [['A']]), refuses('members_list_without_source'))
	await assert.rejects(begin({}, [['', ' ']]), refuses('members_list_empty'))
	await assert.rejects(begin({}, Array.from({ length: 2001 }, () => ['A'])), refuses('members_list_too_long'))
	const id = await begin({}, [['A']])
	assert.equal(await findMemberImport(coalition.open.database, other.id, id, NOW), undefined)
	await assert.rejects(coalition.write((writer) => setListAside(writer, other.lead, other.id, id, NOW)), refuses('members_list_not_found'))
	await coalition.write((writer) => setListAside(writer, hub.lead, hub.id, id, NOW))
	await assert.rejects(coalition.write((writer) => takeInMembers(writer, hub.lead, hub.id, id, { choices: {}, leaveFaulty: false }, NOW)), refuses('members_list_settled'))
})

test('two entries of one person become one by a person\'s word, and two again when it is taken back, row by row as before', async () => {
	const { database } = coalition.open
	const hub = await coalition.write((writer) => makeBody(writer, 'equity_hub', 'public', 'Merging Hub'))
	const [ana, anna, ben, union] = await coalition.write(async (writer) => {
		const people = [await addPerson(writer, { name: 'Ana Ruiz', email: 'ana@example.org' }, NOW), await addPerson(writer, { name: 'ANA RUÍZ', phone: '404 555 0101' }, NOW), await addPerson(writer, { name: 'Ben Ruiz', email: 'ana@example.org' }, NOW)] as const
		for (const [person, standing] of [[people[0], 'member'], [people[1], 'voting'], [people[2], 'member']] as const) await addToBody(writer, hub.lead, hub.id, { person }, standing, NOW)
		const organization = await addOrganization(writer, { name: 'Mill Union', kind: 'labor' }, NOW)
		await addToBody(writer, hub.lead, hub.id, { organization }, 'voting', NOW)
		await nameRepresentative(writer, hub.lead, hub.id, { organization, person: people[1], role: 'primary', mandate: '' }, NOW)
		await giveRole(writer, hub.lead, hub.id, people[1], 'secretary', NOW)
		return [...people, organization] as const
	})
	const doubles = () => listDoubles(database, hub.id, NOW)
	assert.deepEqual((await doubles()).map(({ a, b, reasons }) => [[a.id, b.id].sort(), reasons]).sort(), [[[ana, anna].sort(), ['name']], [[ana, ben].sort(), ['contact']]].sort())
	await coalition.write((writer) => keepApart(writer, hub.lead, hub.id, { a: ben, b: ana }, NOW))
	assert.equal((await doubles()).length, 1, 'a family that shares an address is asked about once')

	const before = await snapshot()
	const merge = await coalition.write((writer) => mergeMembers(writer, hub.lead, hub.id, { kept: ana, merged: anna }, NOW))
	const merged = (await listMembers(database, hub.id, NOW)).filter(({ id }) => [ana, anna].includes(id))
	assert.deepEqual(merged.map(({ id, standing, roles }) => [id, standing, roles.map(({ role }) => role)]), [[ana, 'voting', ['secretary']]], 'the stronger standing counts')
	assert.equal((await findByContact(database, 'phone', '404 555 0101'))[0]!.id, ana)
	assert.equal((await database.selectFrom('coalition.representation').select('person').where('organization', '=', union).executeTakeFirstOrThrow()).person, ana)
	assert.deepEqual((await listMerges(database, hub.id)).map(({ id }) => id), [merge])
	await assert.rejects(coalition.write((writer) => mergeMembers(writer, hub.lead, hub.id, { kept: ben, merged: anna }, NOW)), refuses('merge_needs_members'))

	await coalition.write((writer) => unmergeMembers(writer, hub.lead, hub.id, merge, NOW))
	const after = await snapshot()
	const open = (text: string) => (JSON.parse(text) as { left_at?: string | null; id: string; person: string; standing?: string }[][]).map((rows) => rows.filter(({ left_at }) => !left_at).map(({ id: _, ...rest }) => JSON.stringify(rest)).sort())
	assert.deepEqual(open(after), open(before))
	await assert.rejects(coalition.write((writer) => unmergeMembers(writer, hub.lead, hub.id, merge, NOW)), refuses('merge_not_found'))
})

test('nobody is merged who has an account, whom a decision asks, or who belongs to a body that is not the merger\'s', async () => {
	const [hub, other] = await coalition.write(async (writer) => [await makeBody(writer, 'equity_hub', 'public', 'Careful Hub'), await makeBody(writer, 'issue_circle', 'private', 'Private circle')])
	const [kept, elsewhere, asked] = await coalition.write(async (writer) => {
		const people = [await addPerson(writer, { name: 'Kay One' }, NOW), await addPerson(writer, { name: 'Kay Two' }, NOW), await addPerson(writer, { name: 'Kay Three' }, NOW)] as const
		for (const person of people) await addToBody(writer, hub.lead, hub.id, { person }, person === people[2] ? 'voting' : 'member', NOW)
		await addToBody(writer, ADMINISTRATOR, other.id, { person: people[1] }, 'member', NOW)
		await openDecision(writer, hub.lead, hub.id, { method: 'majority', electorate: 'people', secret: false, title: 'Tables', text: 'Shall we?', closesOn: '2026-03-20' }, NOW)
		return people
	})
	const merge = (given: { kept: string; merged: string }) => coalition.write((writer) => mergeMembers(writer, hub.lead, hub.id, given, NOW))
	await assert.rejects(merge({ kept, merged: elsewhere }), refuses('merge_elsewhere'))
	await assert.rejects(merge({ kept, merged: asked }), refuses('merge_waits'))
	await assert.rejects(merge({ kept, merged: kept }), refuses('merge_same'))
	const membership = (await listMembers(coalition.open.database, hub.id, NOW)).find(({ id }) => id === kept)!.membership
	await coalition.write((writer) => endMembership(writer, hub.lead, membership, NOW))
	await assert.rejects(merge({ kept: asked, merged: kept }), refuses('merge_needs_members'))
})
