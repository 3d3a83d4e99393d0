import { sql, type Kysely } from 'kysely'

/** Who does what by when, as a body or a convening agreed. What became of it is a row of its own. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	`create table coalition.action_item (
		id text primary key,
		body text not null references coalition.body (id),
		convening text references coalition.convening (id),
		what text not null check (what <> ''),
		person text references people.person (id),
		organization text references people.organization (id),
		due_on date,
		set_at timestamptz not null,
		set_by text not null,
		check (num_nonnulls(person, organization) = 1)
	)`,
	`create index action_item_by_body on coalition.action_item (body)`,
	`create index action_item_by_convening on coalition.action_item (convening) where convening is not null`,
	`create table coalition.action_end (
		item text primary key references coalition.action_item (id),
		how text not null check (how in ('done', 'dropped')),
		words text not null,
		at timestamptz not null,
		by text not null,
		check (how = 'done' or words <> '')
	)`,
	`create trigger action_end_append_only before update or delete or truncate on coalition.action_end
		for each statement execute function core.refuse_change()`,
]
