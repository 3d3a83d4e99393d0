import { sql, type Kysely } from 'kysely'

/** Campaigns: targets by place, what was observed there, who works where, notes from doors, hours, and comments on a plan. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const appendOnly = (table: string) => `create trigger append_only before update or delete or truncate on ${table} for each statement execute function core.refuse_change()`

const statements = [
	`create table coalition.campaign (
		id text primary key,
		body text not null references coalition.body (id),
		kind text not null check (kind in ('census', 'referendum', 'development_plan', 'policy')),
		title text not null check (title <> ''),
		aim text not null check (aim <> ''),
		take_part text not null,
		geography text not null,
		-- Tracts and counties by GEOID; none for all of the host's area.
		places text[] not null,
		begins_on date not null,
		ends_on date not null check (ends_on >= begins_on),
		legal_class text not null check (legal_class in ('education', 'direct_lobbying', 'grassroots_lobbying')),
		made_at timestamptz not null,
		made_by text not null
	)`,
	`create index campaign_by_body on coalition.campaign (body, begins_on)`,
	`create table coalition.campaign_state (
		campaign text not null references coalition.campaign (id),
		number int not null check (number > 0),
		state text not null check (state in ('open', 'ended')),
		reason text not null,
		at timestamptz not null,
		by text not null,
		primary key (campaign, number)
	)`,
	appendOnly('coalition.campaign_state'),
	// The newest row of a place holds; without a goal it takes the target away.
	`create table coalition.campaign_target (
		id bigint generated always as identity primary key,
		campaign text not null references coalition.campaign (id),
		metric text not null check (metric in ('response_rate', 'internet_rate', 'share')),
		geoid text not null check (geoid ~ '^([0-9]{5}|[0-9]{11})$'),
		baseline double precision check (baseline between 0 and 100),
		goal double precision check (goal > 0 and goal <= 100),
		set_at timestamptz not null,
		set_by text not null
	)`,
	`create index campaign_target_by_place on coalition.campaign_target (campaign, metric, geoid, id desc)`,
	appendOnly('coalition.campaign_target'),
	`create table coalition.observation (
		id bigint generated always as identity primary key,
		campaign text not null references coalition.campaign (id),
		metric text not null check (metric in ('response_rate', 'internet_rate', 'share')),
		geoid text not null check (geoid ~ '^([0-9]{5}|[0-9]{11})$'),
		day date not null,
		value double precision not null check (value between 0 and 100),
		source text not null check (source <> ''),
		at timestamptz not null,
		by text not null
	)`,
	`create index observation_by_place on coalition.observation (campaign, metric, geoid, day desc, id desc)`,
	`create index observation_by_day on coalition.observation (campaign, metric, day)`,
	appendOnly('coalition.observation'),
	// A file that somebody brought and that waits to be taken in; its readings are erased when it is settled.
	`create table coalition.rate_import (
		id text primary key,
		campaign text not null references coalition.campaign (id),
		file_name text not null,
		source text not null check (source <> ''),
		readings jsonb not null,
		faults jsonb not null,
		rows int not null,
		missing int not null,
		elsewhere int not null,
		begun_at timestamptz not null,
		begun_by text not null,
		taken_in_at timestamptz,
		set_aside_at timestamptz,
		taken int not null default 0
	)`,
	`create index rate_import_by_campaign on coalition.rate_import (campaign, begun_at)`,
	`create table coalition.turf (
		id text primary key,
		campaign text not null references coalition.campaign (id),
		organization text not null references people.organization (id),
		places text[] not null check (cardinality(places) > 0),
		begins_on date not null,
		ends_on date not null check (ends_on >= begins_on),
		made_at timestamptz not null,
		made_by text not null,
		ended_at timestamptz
	)`,
	`create index turf_by_campaign on coalition.turf (campaign)`,
	`create table coalition.canvass_note (
		id text primary key,
		campaign text not null references coalition.campaign (id),
		-- No finer than a tract; null for nowhere in particular.
		geoid text check (geoid ~ '^([0-9]{5}|[0-9]{11})$'),
		day date not null,
		doors int not null check (doors >= 0),
		contacts int not null check (contacts between 0 and doors),
		answers int not null check (answers between 0 and contacts),
		heard text not null,
		at timestamptz not null,
		by text not null,
		struck_at timestamptz
	)`,
	`create index canvass_note_by_campaign on coalition.canvass_note (campaign, day)`,
	`create table coalition.campaign_hours (
		id text primary key,
		campaign text not null references coalition.campaign (id),
		person text references people.person (id),
		organization text references people.organization (id),
		day date not null,
		hours numeric not null check (hours > 0 or cost_cents > 0),
		cost_cents bigint not null check (cost_cents >= 0),
		class text not null check (class in ('education', 'direct_lobbying', 'grassroots_lobbying')),
		what text not null check (what <> ''),
		at timestamptz not null,
		by text not null,
		struck_at timestamptz,
		check (hours between 0 and 24 or organization is not null),
		check (num_nonnulls(person, organization) = 1)
	)`,
	`create index campaign_hours_by_campaign on coalition.campaign_hours (campaign, day)`,
	`create table coalition.plan_comment (
		id text primary key,
		campaign text not null references coalition.campaign (id),
		form_key text,
		name text not null,
		contact text not null,
		geoid text check (geoid ~ '^([0-9]{5}|[0-9]{11})$'),
		topic text not null,
		text text not null check (text <> ''),
		language text not null,
		at timestamptz not null,
		unique (campaign, form_key)
	)`,
	`create index plan_comment_by_campaign on coalition.plan_comment (campaign, at)`,
	// What was done with a comment: shown to everybody or kept from view with a reason, under which topic. The newest row holds.
	`create table coalition.plan_comment_step (
		id bigint generated always as identity primary key,
		comment text not null references coalition.plan_comment (id),
		state text not null check (state in ('shown', 'hidden')),
		topic text not null check (topic <> ''),
		reason text not null,
		at timestamptz not null,
		by text not null
	)`,
	`create index plan_comment_step_by_comment on coalition.plan_comment_step (comment, id desc)`,
	appendOnly('coalition.plan_comment_step'),
	`create table coalition.plan_answer (
		campaign text not null references coalition.campaign (id),
		topic text not null check (topic <> ''),
		version int not null check (version > 0),
		heard text not null check (heard <> ''),
		changed text not null,
		why_not text not null,
		at timestamptz not null,
		by text not null,
		primary key (campaign, topic, version)
	)`,
	appendOnly('coalition.plan_answer'),
]
