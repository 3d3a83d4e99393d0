import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verifyLedger } from '#database'
import { addOrganization } from '#people/server'
import { PRESETS } from '../bodies.ts'
import type { Actor } from './actor.ts'
import { positionsOf, VISITOR } from './actor.ts'
import { closeBody, findBody, foundBody, listBodies } from './bodies.ts'
import { acceptCharter, changeCharter, listCharters } from './charters.ts'
import { answerExchange, recordExchange } from './exchanges.ts'
import { findLink, listLinks } from './find-links.ts'
import { answerLink, askForLink, endLink, endLinkPerson, nameLinkPerson } from './links.ts'
import { addToBody, endMembership, endRole, giveRole, listMembers } from './members.ts'
import { addTestPerson, ADMINISTRATOR, later, makeBody, NOW, openCoalition, refuses } from './testing.ts'

const coalition = openCoalition()
const { write } = coalition
let named = 0
const make = (kind: 'issue_circle' | 'equity_hub', visibility: 'public' | 'private' = 'public') => write((writer) => makeBody(writer, kind, visibility, `Body ${++named}`))

test('a body is founded with its charter and its first lead; a hub needs its area, and a name is given once', async () => {
	const founding = { kind: 'issue_circle', name: 'Housing Circle', visibility: 'public', aim: 'Homes that people can pay', domain: 'Housing', agreements: '', rules: PRESETS.issue_circle.rules, lead: await write((writer) => addTestPerson(writer, 'Ada')) }
	const { id, slug } = await write((writer) => foundBody(writer, ADMINISTRATOR, founding, NOW))
	const found = (await findBody(coalition.open.database, 'housing-circle', VISITOR, NOW))!
	assert.deepEqual([found.id, slug, found.charter.version, found.charter.aim, found.people], [id, 'housing-circle', 1, founding.aim, 1])
	for (const [more, code] of [[{}, 'body_name_taken'], [{ kind: 'equity_hub' }, 'body_hub_without_area'], [{ kind: 'equity_hub', area: 'a-none' }, 'area_unknown'], [{ aim: ' ' }, 'body_without_aim'], [{ name: '!' }, 'body_without_name'], [{ name: 'Search' }, 'body_name_reserved'], [{ kind: 'club' }, 'body_kind_unknown']] as const) {
		await assert.rejects(write((writer) => foundBody(writer, ADMINISTRATOR, { ...founding, ...more }, NOW)), refuses(code))
	}
	const [line] = await listMembers(coalition.open.database, id, NOW)
	assert.deepEqual([line!.name, line!.standing, line!.roles.map(({ role }) => role), line!.accepted], ['Ada', 'voting', ['lead'], 0])
})

test('a private body is in nobody’s list but that of its members and of administrators', async () => {
	const { id, lead } = await make('issue_circle', 'private')
	const sees = async (actor: Actor) => (await listBodies(coalition.open.database, actor, NOW)).some((body) => body.id === id)
	assert.deepEqual([await sees(VISITOR), await sees(lead), await sees(ADMINISTRATOR)], [false, true, true])
})

test('members accept a charter by its version; a new version is accepted anew, and the old one stays to be read', async () => {
	const { id, lead } = await make('issue_circle')
	await write((writer) => acceptCharter(writer, lead, id, 1, NOW))
	await write((writer) => acceptCharter(writer, lead, id, 1, NOW))
	const text = { aim: 'A better aim', domain: '', agreements: 'We begin on time.', rules: { ...PRESETS.issue_circle.rules, quorumShare: 0.6 } }
	assert.equal(await write((writer) => changeCharter(writer, lead, id, text, NOW)), 2)
	assert.equal(await write((writer) => changeCharter(writer, lead, id, text, NOW)), 2, 'the same text is no new version')
	await assert.rejects(write((writer) => acceptCharter(writer, lead, id, 1, NOW)), refuses('charter_outdated'))
	assert.deepEqual((await listCharters(coalition.open.database, id)).map(({ version, aim, accepted }) => [version, aim, accepted]), [[2, 'A better aim', 0], [1, `The aim of Body ${named}`, 1]])
	await assert.rejects(coalition.open.pool.query(`update coalition.charter set aim = 'x'`), /append-only/)
})

test('people and organizations belong from a day to a day; a changed standing ends one membership and begins another', async () => {
	const { id, lead } = await make('equity_hub')
	const [person, organization] = await write(async (writer) => [await addTestPerson(writer, 'Bea'), await addOrganization(writer, { name: 'Neighbors United', kind: 'resident_group' }, NOW)] as const)
	await write((writer) => addToBody(writer, lead, id, { organization }, 'voting', NOW))
	const first = await write((writer) => addToBody(writer, lead, id, { person }, 'observer', NOW))
	assert.equal(await write((writer) => addToBody(writer, lead, id, { person }, 'observer', later(1))), first)
	const second = await write((writer) => addToBody(writer, lead, id, { person }, 'voting', later(2)))
	const rows = await coalition.open.database.selectFrom('coalition.membership').select(['id', 'left_at']).where('person', '=', person).orderBy('joined_at').execute()
	assert.deepEqual(rows, [{ id: first, left_at: later(2) }, { id: second, left_at: null }])
	assert.deepEqual((await listMembers(coalition.open.database, id, NOW)).map(({ kind, name }) => [kind, name]), [['organization', 'Neighbors United'], ['person', 'Bea'], ['person', `Lead of Body ${named}`]])
	await write((writer) => endMembership(writer, { account: undefined, person, administrator: false }, second, later(3)))
	assert.deepEqual(await positionsOf(coalition.open.database, id, { account: undefined, person, administrator: false }, later(3)), ['account'])
})

test('a role ends with its term and with the membership, has as many terms as the charter says, and the last lead stays', async () => {
	const { id, lead } = await make('issue_circle')
	const person = await write((writer) => addTestPerson(writer, 'Cleo'))
	await assert.rejects(write((writer) => giveRole(writer, lead, id, person, 'secretary', NOW)), refuses('role_needs_member'))
	const membership = await write((writer) => addToBody(writer, lead, id, { person }, 'member', NOW))
	const role = await write((writer) => giveRole(writer, lead, id, person, 'secretary', NOW))
	const cleo = { account: undefined, person, administrator: false }
	assert.deepEqual(await positionsOf(coalition.open.database, id, cleo, later(1)), ['account', 'member', 'secretary'])
	assert.deepEqual(await positionsOf(coalition.open.database, id, cleo, later(366)), ['account', 'member'])
	await write((writer) => endRole(writer, lead, role, later(2)))
	await write((writer) => giveRole(writer, lead, id, person, 'secretary', later(3)))
	await assert.rejects(write((writer) => giveRole(writer, lead, id, person, 'secretary', later(4))), refuses('role_term_limit'))
	const own = (await listMembers(coalition.open.database, id, NOW)).find((line) => line.id === lead.person)!
	await assert.rejects(write((writer) => endMembership(writer, lead, own.membership, later(4))), refuses('body_last_lead'))
	await write((writer) => endMembership(writer, lead, membership, later(5)))
	assert.deepEqual(await positionsOf(coalition.open.database, id, cleo, later(5)), ['account'])
})

test('a link opens when both bodies have agreed, whoever asked first, and a pair has one', async () => {
	const [circle, hub] = [await make('issue_circle'), await make('equity_hub')]
	const ask = (actor: Actor, from: string, to: string) => write((writer) => askForLink(writer, actor, from, to, 'Voice one way, expertise the other', NOW))
	const link = await ask(hub.lead, hub.id, circle.id)
	assert.equal((await findLink(coalition.open.database, link, NOW))!.agreedAt, undefined)
	await assert.rejects(ask(hub.lead, hub.id, circle.id), refuses('link_there'))
	await assert.rejects(write((writer) => answerLink(writer, hub.lead, link, { agrees: true }, NOW)), refuses('not_permitted'), 'the side that asked does not answer for the other')
	assert.equal(await ask(circle.lead, circle.id, hub.id), link, 'asking for what was asked agrees to it')
	assert.deepEqual((await findLink(coalition.open.database, link, NOW))!.agreedAt, NOW)
	await assert.rejects(write((writer) => answerLink(writer, circle.lead, link, { agrees: true }, NOW)), refuses('link_answered'))
	const other = await make('issue_circle')
	await assert.rejects(ask(circle.lead, circle.id, other.id), refuses('link_needs_hub_and_circle'))
	await assert.rejects(ask(circle.lead, circle.id, circle.id), refuses('link_with_itself'))
	const declined = await ask(hub.lead, hub.id, other.id)
	await assert.rejects(write((writer) => answerLink(writer, other.lead, declined, { agrees: false, reason: '' }, NOW)), refuses('link_without_reason'))
	await write((writer) => answerLink(writer, other.lead, declined, { agrees: false, reason: 'Not this year' }, later(1)))
	assert.deepEqual((await findLink(coalition.open.database, declined, NOW))!.endReason, 'Not this year')
	assert.notEqual(await ask(hub.lead, hub.id, other.id), declined, 'after a no one may ask again')
})

test('link people are voting members of both sides for their term; the membership that came with the naming ends with it', async () => {
	const [circle, hub] = [await make('issue_circle'), await make('equity_hub')]
	const link = await write((writer) => askForLink(writer, ADMINISTRATOR, hub.id, circle.id, 'Together', NOW))
	const person = await write((writer) => addTestPerson(writer, 'Dee'))
	const name = (side: { id: string; lead: Actor }, who: string, at = NOW) => write((writer) => nameLinkPerson(writer, side.lead, link, side.id, who, at))
	await assert.rejects(name(hub, hub.lead.person!), refuses('link_not_agreed'))
	await write((writer) => answerLink(writer, circle.lead, link, { agrees: true }, NOW))
	await assert.rejects(name(hub, person), refuses('link_person_needs_member'))
	await write((writer) => addToBody(writer, hub.lead, hub.id, { person }, 'member', NOW))
	const naming = await name(hub, person)
	await name(hub, hub.lead.person!)
	await assert.rejects(name(hub, person), refuses('link_person_there'))
	const dee = { account: undefined, person, administrator: false }
	assert.deepEqual(await positionsOf(coalition.open.database, circle.id, dee, NOW), ['account', 'voting'])
	assert.deepEqual(await positionsOf(coalition.open.database, circle.id, dee, later(366)), ['account'], 'after the term nothing is left of it')
	assert.equal((await listMembers(coalition.open.database, circle.id, later(366))).some((line) => line.id === person), false)
	await write((writer) => endLinkPerson(writer, hub.lead, naming, later(9)))
	assert.deepEqual(await positionsOf(coalition.open.database, circle.id, dee, later(9)), ['account'])
	assert.deepEqual(await positionsOf(coalition.open.database, hub.id, dee, later(9)), ['account', 'member'], 'at home they stay')
	await write((writer) => endLink(writer, circle.lead, link, circle.id, 'Its work is done', later(10)))
	assert.deepEqual(await positionsOf(coalition.open.database, circle.id, hub.lead, later(10)), ['account'])
})

test('two circles and nine hubs: every link is seen from both ends, and its counts are those of the ledger', async () => {
	const [circles, hubs] = [await Promise.all([1, 2].map(() => make('issue_circle'))), await Promise.all(Array.from({ length: 9 }, () => make('equity_hub')))]
	for (const [c, circle] of circles.entries()) {
		for (const [h, hub] of hubs.entries()) {
			await write(async (writer) => {
				const link = await askForLink(writer, hub.lead, hub.id, circle.id, 'Together', NOW)
				await answerLink(writer, circle.lead, link, { agrees: true }, NOW)
				for (let n = 0; n <= c + h; n++) {
					const from = n % 3 === 0 ? circle : hub
					const exchange = await recordExchange(writer, from.lead, link, { from: from.id, kind: n % 2 ? 'ask' : 'knowledge', text: `Number ${n}` }, later(n))
					if (n % 2) await answerExchange(writer, (from === hub ? circle : hub).lead, exchange, 'Here it is.', later(n + 2))
				}
			})
		}
	}
	const seen = new Map<string, string[]>()
	for (const body of [...circles, ...hubs]) {
		const links = await listLinks(coalition.open.database, body.id, later(20))
		assert.equal(links.length, circles.includes(body) ? 9 : 2)
		for (const link of links) {
			seen.set(link.id, [...(seen.get(link.id) ?? []), JSON.stringify([link.measures, link.concerns])])
			const rows = await coalition.open.database.selectFrom('core.ledger').innerJoin('core.ledger_payload', 'core.ledger_payload.seq', 'core.ledger.seq').select('payload').where('kind', '=', 'exchange.recorded').execute()
			const recorded = rows.map(({ payload }) => payload as { link: string; from: string }).filter((payload) => payload.link === link.id)
			assert.deepEqual([link.measures.aToB.sent, link.measures.bToA.sent], [link.a.id, link.b.id].map((side) => recorded.filter(({ from }) => from === side).length))
		}
	}
	assert.equal(seen.size, 18)
	for (const [a, b] of seen.values()) assert.equal(a, b, 'both ends say the same')
	assert.equal((await verifyLedger(coalition.open.database, [])).verdict, 'whole')
})

test('what moves through a link is answered once by the side that received it, and a link that ended keeps its history', async () => {
	const [circle, hub] = [await make('issue_circle'), await make('equity_hub')]
	const link = await write((writer) => askForLink(writer, hub.lead, hub.id, circle.id, 'Together', NOW))
	const record = (text: string, more = {}) => write((writer) => recordExchange(writer, hub.lead, link, { from: hub.id, kind: 'ask', text, ...more }, NOW))
	await assert.rejects(record('Too early'), refuses('link_not_agreed'))
	await write((writer) => answerLink(writer, circle.lead, link, { agrees: true }, NOW))
	for (const [more, code] of [[{ text: '' }, 'exchange_without_text'], [{ kind: 'gift' }, 'exchange_kind_unknown'], [{ citation: 'c-none' }, 'citation_unknown']] as const) await assert.rejects(record('Something', more), refuses(code))
	const exchange = await record('Who knows the rent data?')
	const answer = (actor: Actor, text: string) => write((writer) => answerExchange(writer, actor, exchange, text, later(3)))
	await assert.rejects(answer(hub.lead, 'We ourselves'), refuses('not_permitted'))
	await assert.rejects(answer(circle.lead, ' '), refuses('exchange_without_answer'))
	await answer(circle.lead, 'Here it is.')
	await assert.rejects(answer(circle.lead, 'Again'), refuses('exchange_answered'))
	await write((writer) => closeBody(writer, ADMINISTRATOR, circle.id, later(4)))
	await assert.rejects(write((writer) => changeCharter(writer, ADMINISTRATOR, circle.id, { aim: 'x', domain: '', agreements: '', rules: PRESETS.issue_circle.rules }, later(5))), refuses('body_closed'))
	await write((writer) => endLink(writer, hub.lead, link, hub.id, 'The circle closed', later(5)))
	const ended = (await findLink(coalition.open.database, link, later(50)))!
	assert.deepEqual([ended.exchanges.length, ended.exchanges[0]!.answer, ended.measures.bToA.sent + ended.measures.aToB.sent], [1, 'Here it is.', 1])
	await assert.rejects(record('After the end'), refuses('link_not_found'))
})
