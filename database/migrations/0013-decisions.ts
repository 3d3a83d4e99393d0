import { sql, type Kysely } from 'kysely'

/** Decisions of bodies: what was decided how and by whom, the history of a consent process, frozen electorates and ballots. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	`create table coalition.decision (
		id text primary key,
		body text not null references coalition.body (id),
		method text not null check (method in ('consent', 'majority', 'ranked', 'advice', 'sense_check')),
		electorate text not null check (electorate in ('people', 'organizations', 'bodies')),
		secret boolean not null check (not secret or method in ('majority', 'ranked', 'sense_check')),
		title text not null check (title <> ''),
		-- The text as it was opened; what became of it stands in the events.
		text text not null check (text <> ''),
		options jsonb not null,
		-- What the charter said about deciding on the day of opening.
		rules jsonb not null,
		-- A citation that it stands on.
		citation text,
		proposer text references people.person (id),
		opened_at timestamptz not null,
		opened_by text not null,
		-- The last day for ballots; null for a consent process, which has no day.
		closes_on date check ((closes_on is null) = (method = 'consent')),
		state text not null default 'open' check (state in ('open', 'adopted', 'not_adopted', 'returned', 'withdrawn', 'heard')),
		closed_at timestamptz,
		review_on date,
		owner text references people.person (id),
		-- What was counted, once closed.
		result jsonb,
		outcome text not null default '',
		check ((state = 'open') = (closed_at is null)),
		check (state <> 'adopted' or (review_on is not null and owner is not null))
	)`,
	`create index decision_by_body on coalition.decision (body, opened_at)`,
	`create table coalition.elector (
		id text primary key,
		decision text not null references coalition.decision (id),
		person text references people.person (id),
		organization text references people.organization (id),
		member_body text references coalition.body (id),
		-- Whether it is asked; a hub that the decision would bind and that is not asked may still object.
		asked boolean not null,
		speaks_for_hub boolean not null,
		check (num_nonnulls(person, organization, member_body) = 1),
		unique (decision, person),
		unique (decision, organization),
		unique (decision, member_body)
	)`,
	`create trigger elector_frozen before update or delete or truncate on coalition.elector
		for each statement execute function core.refuse_change()`,
	`create table coalition.decision_event (
		decision text not null references coalition.decision (id),
		number int not null check (number > 0),
		kind text not null,
		elector text references coalition.elector (id),
		content jsonb not null,
		-- Who did it, and whether for somebody who said it by telephone or on paper.
		person text references people.person (id),
		how text not null check (how in ('own', 'phone', 'paper')),
		at timestamptz not null,
		primary key (decision, number)
	)`,
	`create trigger decision_event_append_only before update or delete or truncate on coalition.decision_event
		for each statement execute function core.refuse_change()`,
	// Who voted. Without time or order, so that it says nothing about a secret ballot.
	`create table coalition.ballot_taken (
		elector text primary key references coalition.elector (id),
		how text not null check (how in ('own', 'phone', 'paper')),
		-- The person who entered it for the voter.
		entered_by text references people.person (id),
		check (how <> 'own' or entered_by is null)
	)`,
	`create trigger ballot_taken_append_only before update or delete or truncate on coalition.ballot_taken
		for each statement execute function core.refuse_change()`,
	// A secret ballot: a random identifier and what was chosen, nothing else.
	`create table coalition.ballot (
		id text primary key,
		decision text not null references coalition.decision (id),
		choice jsonb not null
	)`,
	`create index ballot_by_decision on coalition.ballot (decision)`,
	`create trigger ballot_immutable before update or delete or truncate on coalition.ballot
		for each statement execute function core.refuse_change()`,
	// An open ballot with its voter; a later one takes the place of the earlier while ballots are taken.
	`create table coalition.open_ballot (
		elector text not null references coalition.elector (id),
		number int not null check (number > 0),
		choice jsonb not null,
		reason text not null,
		person text references people.person (id),
		how text not null check (how in ('own', 'phone', 'paper')),
		at timestamptz not null,
		primary key (elector, number)
	)`,
	`create trigger open_ballot_append_only before update or delete or truncate on coalition.open_ballot
		for each statement execute function core.refuse_change()`,
]
