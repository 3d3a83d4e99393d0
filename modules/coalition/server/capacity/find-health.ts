import { sql } from 'kysely'
import type { Reader } from '#database'
import { HEALTH_KEYS, MINUTES_DAYS, UNCHECKED_DAYS, WAITING_DAYS, type HealthCount, type HealthKey } from '../../capacity/index.ts'
import { QUIET_DAYS } from '../../link-measures.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { findOldNumbers, findUnlinkedGaps } from './health-by-atlas.ts'

/** Of each thing how many of how many need somebody. */
export type Health = Record<HealthKey, HealthCount>

const BELONGS = `m.body = b.id and m.left_at is null and not exists (select from coalition.link_person l where l.membership = m.id and l.until <= n.now)`
const LINKED = `b.id in (l.a, l.b) and l.agreed_a_at is not null and l.agreed_b_at is not null and l.ended_at is null`
const STATE = `(select s.state from coalition.convening_state s where s.convening = g.id order by s.id desc limit 1)`
const NO_VERDICT = `not exists (select from coalition.verdict_proposal r join coalition.verdict v on v.proposal = r.id where r.commitment = c.id)`
const days = (number: number) => `n.now - interval '${number} days'`
const TODAY = `(n.now at time zone 'UTC')::date`

/** How many need somebody, and of how many, over body `b` and the time `n.now`; what needs the atlas stands beside. */
const QUERIES: Record<Exclude<HealthKey, 'goals_old_number' | 'gaps_unlinked'>, { from: string; bad: string }> = {
	no_lead: { from: `(select 1) one`, bad: `not exists (select from coalition.role_assignment r where r.body = b.id and r.role = 'lead' and r.ended_at is null and (r.until is null or r.until > n.now))` },
	roles_over: { from: `coalition.role_assignment r where r.body = b.id and r.ended_at is null`, bad: `r.until <= n.now` },
	charter_unaccepted: { from: `coalition.membership m where ${BELONGS} and m.person is not null and m.standing <> 'observer'`, bad: `not exists (select from coalition.charter_acceptance a where a.body = b.id and a.person = m.person and a.version = (select max(version) from coalition.charter c where c.body = b.id))` },
	charter_empty: { from: `(select domain, agreements from coalition.charter c where c.body = b.id order by version desc limit 1) c`, bad: `c.domain = '' or c.agreements = ''` },
	organizations_unspoken: { from: `coalition.membership m where ${BELONGS} and m.organization is not null`, bad: `not exists (select from coalition.representation r where r.body = b.id and r.organization = m.organization and r.ended_at is null)` },
	unreachable: { from: `coalition.membership m where ${BELONGS} and m.person is not null`, bad: `not exists (select from people.contact_point c where c.person = m.person) and not exists (select from people.person q where q.id = m.person and q.account is not null)` },
	links_without_people: { from: `coalition.body_link l where ${LINKED}`, bad: `(select count(distinct k.side) from coalition.link_person k where k.link = l.id and k.ended_at is null and k.until > n.now) < 2` },
	links_quiet: { from: `coalition.body_link l where ${LINKED}`, bad: `greatest((select max(x.opened_at) from coalition.exchange x where x.link = l.id), l.agreed_a_at, l.agreed_b_at) < ${days(QUIET_DAYS)}` },
	exchanges_waiting: { from: `coalition.exchange x join coalition.body_link l on l.id = x.link where ${LINKED} and x.from_body <> b.id`, bad: `x.answered_at is null and x.opened_at < ${days(WAITING_DAYS)}` },
	proposals_waiting: { from: `coalition.proposal r where r.to_body = b.id`, bad: `r.answered_at is null and r.raised_at < ${days(WAITING_DAYS)}` },
	goals_without_number: { from: `coalition.goal g where g.body = b.id and g.closed_at is null`, bad: `g.citation is null` },
	measures_unread: { from: `coalition.goal_measure q join coalition.goal g on g.id = q.goal where g.body = b.id and g.closed_at is null and q.ended_at is null`, bad: `not exists (select from coalition.measure_reading r where r.measure = q.id and r.day > ${TODAY} - 365)` },
	decisions_past_review: { from: `coalition.decision d where d.body = b.id and d.state = 'adopted'`, bad: `d.review_on < ${TODAY}` },
	convenings_open: { from: `coalition.convening g where g.body = b.id and g.ends_at < n.now`, bad: `${STATE} = 'planned'` },
	minutes_missing: { from: `coalition.convening g where g.body = b.id and g.ends_at < n.now and ${STATE} <> 'cancelled'`, bad: `g.ends_at < ${days(MINUTES_DAYS)} and not exists (select from coalition.minutes t where t.convening = g.id)` },
	heads_missing: { from: `coalition.convening g where g.body = b.id and g.ends_at < n.now and ${STATE} = 'held'`, bad: `not exists (select from coalition.head_count c where c.convening = g.id)` },
	actions_overdue: { from: `coalition.action_item i where i.body = b.id and not exists (select from coalition.action_end e where e.item = i.id)`, bad: `i.due_on < ${TODAY}` },
	questions_waiting: { from: `coalition.question q where q.to_body = b.id`, bad: `q.asked_at < ${days(WAITING_DAYS)} and not exists (select from coalition.answer a where a.question = q.id and a.withdrawn_at is null)` },
	promises_unchecked: { from: `coalition.commitment c where c.body = b.id and c.due_on >= ${TODAY} and ${NO_VERDICT}`, bad: `c.recorded_at < ${days(UNCHECKED_DAYS)} and not exists (select from coalition.commitment_event e where e.commitment = c.id and e.kind not in ('reply', 'correction') and e.at >= ${days(UNCHECKED_DAYS)})` },
	promises_due: { from: `coalition.commitment c where c.body = b.id and c.due_on < ${TODAY}`, bad: NO_VERDICT },
}

const COLUMNS = (Object.keys(QUERIES) as (keyof typeof QUERIES)[]).flatMap((key) => {
	const { from, bad } = QUERIES[key]
	return [`(select count(*) filter (where t.bad) from (select (${bad}) as bad from ${from}) t)::float8 as "${key}_count"`, `(select count(*) from ${from})::float8 as "${key}_of"`]
}).join(',\n')

/** What is missing or out of date in the records of bodies: body → counts. The caller has asked whether the reader may see it. */
export async function findHealth(reader: Reader<CoalitionTables>, bodies: readonly string[], now: Date): Promise<Map<string, Health>> {
	const [{ rows }, oldNumbers, unlinked] = await Promise.all([
		sql<Record<string, string | number>>`select b.id as body, ${sql.raw(COLUMNS)} from coalition.body b cross join (select ${now}::timestamptz as now) n where b.id = any(${bodies}::text[])`.execute(reader),
		findOldNumbers(reader, bodies), findUnlinkedGaps(reader, bodies, now),
	])
	const byAtlas: Partial<Record<HealthKey, ReadonlyMap<string, HealthCount>>> = { goals_old_number: oldNumbers, gaps_unlinked: unlinked }
	return new Map(rows.map((row) => [String(row.body), Object.fromEntries(HEALTH_KEYS.map((key) => [key, byAtlas[key] ? (byAtlas[key].get(String(row.body)) ?? { count: 0, of: 0 }) : { count: row[`${key}_count`], of: row[`${key}_of`] }])) as Health]))
}
