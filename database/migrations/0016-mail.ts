import { sql, type Kysely } from 'kysely'

/** Letters, their delivery, what waits for digests, and announcements of bodies. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	`create schema mail`,
	// A letter keeps what it is about; its words are made when it is read or sent.
	`create table mail.letter (
		id text primary key,
		kind text not null,
		language text check (language in ('en', 'es')),
		recipient text not null,
		contact_point text,
		person text,
		purpose text not null,
		parameters jsonb not null,
		once text unique,
		state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'failed', 'suppressed')),
		attempts int not null default 0,
		next_try_at timestamptz not null,
		until timestamptz not null,
		made_at timestamptz not null
	)`,
	`create index letter_by_time on mail.letter (made_at desc, id)`,
	`create index letter_due on mail.letter (next_try_at) where state in ('waiting', 'sending')`,
	`create table mail.letter_state (
		id bigint generated always as identity primary key,
		letter text not null references mail.letter (id) on delete cascade,
		state text not null,
		reason jsonb,
		at timestamptz not null
	)`,
	`create index letter_state_by_letter on mail.letter_state (letter, id)`,
	`insert into mail.letter (id, kind, recipient, purpose, parameters, state, next_try_at, until, made_at)
		select 'l-old' || id, kind, recipient, case when kind like 'rsvp%' then 'event_logistics' else 'account' end,
			case when kind like 'magic%' then '{}'::jsonb else parameters end, case when sent_at is null then 'suppressed' else 'sent' end, made_at, made_at, made_at
		from people.outgoing_mail`,
	`insert into mail.letter_state (letter, state, reason, at)
		select id, state, case when state = 'suppressed' then '{"code": "mail_too_late", "parameters": {}}'::jsonb end, made_at from mail.letter`,
	`drop table people.outgoing_mail`,
	`create table mail.preference (
		person text not null references people.person (id) on delete cascade,
		topic text not null,
		cadence text not null check (cadence in ('none', 'now', 'daily', 'weekly')),
		since timestamptz not null,
		primary key (person, topic)
	)`,
	`create index preference_by_cadence on mail.preference (cadence, person)`,
	`create table mail.digest_item (
		id bigint generated always as identity primary key,
		topic text not null,
		kind text not null,
		record text not null,
		title text not null,
		text text not null default '',
		address text not null,
		at timestamptz not null,
		unique (topic, kind, record)
	)`,
	`create index digest_item_by_topic on mail.digest_item (topic, at)`,
	// Each thing at most once for each person, whatever runs twice.
	`create table mail.digest_sent (
		item bigint not null references mail.digest_item (id) on delete cascade,
		person text not null references people.person (id) on delete cascade,
		letter text not null references mail.letter (id) on delete cascade,
		primary key (item, person)
	)`,
	`create table coalition.announcement (
		id text primary key,
		body text not null references coalition.body (id),
		subject text not null check (subject <> ''),
		text text not null check (text <> ''),
		audience jsonb not null,
		published_at timestamptz not null,
		published_by text not null
	)`,
	`create index announcement_by_body on coalition.announcement (body, published_at desc)`,
	`create trigger announcement_append_only before update or delete or truncate on coalition.announcement
		for each statement execute function core.refuse_change()`,
	// Who is told is settled at the moment of publishing.
	`create table coalition.announcement_audience (
		announcement text not null references coalition.announcement (id),
		person text not null references people.person (id) on delete cascade,
		primary key (announcement, person)
	)`,
]
