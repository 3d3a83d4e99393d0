import { sql, type Kysely } from 'kysely'

/** Series of convenings: each date is a convening of its own and knows its series. One form may answer several of its dates. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	`create table coalition.convening_series (
		id text primary key,
		body text not null references coalition.body (id),
		-- How its days were found when it was planned; a date that was moved since keeps to no rule.
		rhythm text not null check (rhythm in ('weekly', 'fortnightly', 'monthly_weekday', 'monthly_date')),
		made_at timestamptz not null,
		made_by text not null
	)`,
	`alter table coalition.convening add column series text references coalition.convening_series (id)`,
	`create index convening_by_series on coalition.convening (series, starts_at) where series is not null`,
	// What holds the RSVPs of one form together: the code opens them all.
	`create table coalition.series_rsvp (
		id text primary key,
		series text not null references coalition.convening_series (id),
		code text not null unique,
		form_key text,
		made_at timestamptz not null,
		unique (series, form_key)
	)`,
	`alter table coalition.rsvp add column series_rsvp text references coalition.series_rsvp (id)`,
	`create index rsvp_by_series_rsvp on coalition.rsvp (series_rsvp) where series_rsvp is not null`,
]
