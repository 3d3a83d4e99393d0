import { sql } from 'kysely'
import type { Reader } from '#database'
import { ACTIVE_DAYS, COUNT_KEYS, COUNTS, type Count, type CountKey, type Period } from '../../capacity/index.ts'
import type { CoalitionTables } from '../coalition-tables.ts'

/** The counts of one body in one period. */
export type Counts = Record<CountKey, Count>

/** Somebody belongs at a time: joined, not left, and not there for a link whose term is over. */
const belongsAt = (time: string) => `m.joined_at <= ${time} and (m.left_at is null or m.left_at > ${time})
	and not exists (select from coalition.link_person l where l.membership = m.id and l.until <= ${time})`

const HOSTED = `(g.body = b.id or exists (select from coalition.convening_host h where h.convening = g.id and h.body = b.id))`
const HELD = `(select s.state from coalition.convening_state s where s.convening = g.id order by s.id desc limit 1) = 'held'`
const IN_PERIOD = (time: string) => `${time} >= p.begins and ${time} < p.ends`
const ON_DAY = (day: string) => `${day} >= (p.begins at time zone 'UTC')::date and ${day} < (p.until at time zone 'UTC')::date and ${day} <= (p.ends at time zone 'UTC')::date`

/** People who did something that bears a name and a time in the days before the end; ballots that are secret bear none. */
const DOERS = `(select a.person from coalition.attendance a join coalition.convening g on g.id = a.convening where ${HOSTED} and a.undone_at is null and a.at > p.ends - interval '${ACTIVE_DAYS} days' and a.at < p.ends
	${(['coalition.comment t where t.body = b.id/at', 'coalition.argument t join coalition.position s on s.id = t.position join coalition.goal g on g.id = s.goal where g.body = b.id/at',
		'coalition.question t where (t.from_body = b.id or t.to_body = b.id)/asked_at', 'coalition.answer t join coalition.question q on q.id = t.question where q.to_body = b.id/answered_at',
		'coalition.decision_event t join coalition.decision d on d.id = t.decision where d.body = b.id/at', 'coalition.open_ballot t join coalition.elector e on e.id = t.elector join coalition.decision d on d.id = e.decision where d.body = b.id/at',
		'coalition.campaign_hours t join coalition.campaign c on c.id = t.campaign where c.body = b.id/at', 'coalition.charter_acceptance t where t.body = b.id/at'])
		.map((source) => source.split('/')).map(([from, at]) => `union select t.person from ${from} and t.${at} > p.ends - interval '${ACTIVE_DAYS} days' and t.${at} < p.ends`).join('\n\t')}
	union select i.person from coalition.action_item i join coalition.action_end t on t.item = i.id where i.body = b.id and t.how = 'done' and t.at > p.ends - interval '${ACTIVE_DAYS} days' and t.at < p.ends)`

/** What each count is, and of how many, as a query over body `b` and period `p`. */
const QUERIES: Record<CountKey, string | [string, string]> = {
	people: `select count(*) from coalition.membership m where m.body = b.id and m.person is not null and ${belongsAt('p.ends')}`,
	active: [
		`select count(*) from coalition.membership m where m.body = b.id and m.person is not null and ${belongsAt('p.ends')} and m.person in ${DOERS}`,
		`select count(*) from coalition.membership m where m.body = b.id and m.person is not null and ${belongsAt('p.ends')}`,
	],
	stayed: [
		`select count(distinct m.person) from coalition.membership m where m.body = b.id and m.person is not null and ${belongsAt('p.begins')}
			and exists (select from coalition.membership n where n.body = b.id and n.person = m.person and ${belongsAt('p.ends').replaceAll('m.', 'n.')})`,
		`select count(distinct m.person) from coalition.membership m where m.body = b.id and m.person is not null and ${belongsAt('p.begins')}`,
	],
	organizations: `select count(*) from coalition.membership m where m.body = b.id and m.organization is not null and ${belongsAt('p.ends')}`,
	sectors: `select count(distinct o.kind) from coalition.membership m join people.organization o on o.id = m.organization where m.body = b.id and ${belongsAt('p.ends')}`,
	two_way: [
		`select count(*) from coalition.body_link l where b.id in (l.a, l.b) and greatest(l.agreed_a_at, l.agreed_b_at) < p.ends and l.agreed_a_at is not null and l.agreed_b_at is not null and (l.ended_at is null or l.ended_at >= p.ends)
			and (select count(distinct x.from_body) from coalition.exchange x where x.link = l.id and ${IN_PERIOD('x.opened_at')}) = 2`,
		`select count(*) from coalition.body_link l where b.id in (l.a, l.b) and greatest(l.agreed_a_at, l.agreed_b_at) < p.ends and l.agreed_a_at is not null and l.agreed_b_at is not null and (l.ended_at is null or l.ended_at >= p.ends)`,
	],
	exchanges_answered: [
		`select count(*) from coalition.exchange x join coalition.body_link l on l.id = x.link where b.id in (l.a, l.b) and x.from_body <> b.id and ${IN_PERIOD('x.opened_at')} and x.answered_at is not null`,
		`select count(*) from coalition.exchange x join coalition.body_link l on l.id = x.link where b.id in (l.a, l.b) and x.from_body <> b.id and ${IN_PERIOD('x.opened_at')}`,
	],
	answer_days: `select percentile_cont(0.5) within group (order by extract(epoch from x.answered_at - x.opened_at) / 86400) from coalition.exchange x join coalition.body_link l on l.id = x.link
		where b.id in (l.a, l.b) and x.from_body <> b.id and ${IN_PERIOD('x.opened_at')} and x.answered_at is not null`,
	from_hubs: [
		`select count(*) from coalition.goal g where g.body = b.id and b.kind <> 'equity_hub' and g.set_at < p.ends and (g.closed_at is null or g.closed_at >= p.ends)
			and exists (select from coalition.proposal r join coalition.body h on h.id = r.from_body where r.goal = g.id and h.kind = 'equity_hub')`,
		`select count(*) from coalition.goal g where g.body = b.id and b.kind <> 'equity_hub' and g.set_at < p.ends and (g.closed_at is null or g.closed_at >= p.ends)`,
	],
	taken_up: [
		`select count(*) from coalition.proposal r where r.from_body = b.id and ${IN_PERIOD('r.raised_at')} and r.answer = 'taken_up'`,
		`select count(*) from coalition.proposal r where r.from_body = b.id and ${IN_PERIOD('r.raised_at')}`,
	],
	convenings: `select count(*) from coalition.convening g where ${HOSTED} and ${HELD} and ${IN_PERIOD('g.starts_at')}`,
	attended: `select coalesce(sum(coalesce((select c.heads from coalition.head_count c where c.convening = g.id order by c.id desc limit 1),
		(select sum(a.party_size) from coalition.attendance a where a.convening = g.id and a.undone_at is null), 0)), 0) from coalition.convening g where ${HOSTED} and ${HELD} and ${IN_PERIOD('g.starts_at')}`,
	adopted: `select count(*) from coalition.decision d where d.body = b.id and d.state = 'adopted' and ${IN_PERIOD('d.closed_at')}`,
	on_time: [
		`select count(*) from coalition.action_item i join coalition.action_end e on e.item = i.id where i.body = b.id and e.how = 'done' and (e.at at time zone 'UTC')::date <= i.due_on and ${ON_DAY('i.due_on')}`,
		`select count(*) from coalition.action_item i where i.body = b.id and ${ON_DAY('i.due_on')} and not exists (select from coalition.action_end e where e.item = i.id and e.how = 'dropped')`,
	],
	sign_ons: `select count(distinct s.organization) from coalition.sign_on s join coalition.statement t on t.id = s.statement where t.body = b.id and s.declined_at is null and ${IN_PERIOD('s.verified_at')}`,
	asked: `select count(*) from coalition.ask a join coalition.plank k on k.id = a.plank where k.body = b.id and ${ON_DAY('a.sent_on')}`,
	commitments: `select count(*) from coalition.commitment c where c.body = b.id and ${ON_DAY('c.made_on')}`,
	uptakes: `select count(*) from coalition.uptake u join coalition.uptake_confirmation c on c.uptake = u.id and c.agrees where u.body = b.id and ${ON_DAY('u.adopted_on')}
		and not exists (select from coalition.uptake v join coalition.uptake_confirmation w on w.uptake = v.id and w.agrees where v.corrects = u.id)`,
}

const COLUMNS = COUNT_KEYS.flatMap((key) => [QUERIES[key]].flat().map((query, n) => `(${query})::float8 as "${key}${n}"`)).join(',\n')

/**
 * What is counted of bodies in periods, from their own records: body → key of a period → counts. A period that runs is counted until `now`. The
 * caller has asked whether the reader may see them.
 */
export async function findCounts(reader: Reader<CoalitionTables>, bodies: readonly string[], periods: readonly Period[], now: Date): Promise<Map<string, Map<string, Counts>>> {
	const { rows } = await sql<Record<string, string | number | null>>`select b.id as body, p.key as period, ${sql.raw(COLUMNS)}
		from coalition.body b
		cross join (select key, from_day::timestamptz as begins, until_day::timestamptz as until, least(until_day::timestamptz, ${now}::timestamptz) as ends
			from unnest(${periods.map(({ key }) => key)}::text[], ${periods.map(({ from }) => `${from}T00:00:00Z`)}::text[], ${periods.map(({ until }) => `${until}T00:00:00Z`)}::text[]) as given (key, from_day, until_day)) p
		where b.id = any(${bodies}::text[])`.execute(reader)
	const found = new Map<string, Map<string, Counts>>(bodies.map((body) => [body, new Map()]))
	for (const row of rows) found.get(String(row.body))!.set(String(row.period), countsOf(row))
	return found
}

function countsOf(row: Record<string, string | number | null>): Counts {
	return Object.fromEntries(COUNT_KEYS.map((key) => {
		const value = row[`${key}0`] as number | null
		if (COUNTS[key].unit !== 'share') return [key, { value: value ?? undefined, of: undefined }]
		const of = row[`${key}1`] as number
		return [key, { value: of === 0 ? undefined : value!, of }]
	})) as Counts
}
