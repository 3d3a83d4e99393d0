import { sql, type Kysely } from 'kysely'

/** Indices that people build here: every version of a recipe stays, and says what it was made from. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	`create table atlas.recipe (
		id text not null,
		version int not null check (version > 0),
		title text not null,
		-- The text of the recipe file, and the address of the builder that made it.
		yaml text not null,
		draft text not null,
		content_hash bytea not null check (length(content_hash) = 32),
		-- The recipe and version that somebody began from.
		forked_from text,
		made_by text not null,
		made_by_name text not null,
		made_at timestamptz not null,
		primary key (id, version)
	)`,
	`create trigger recipe_frozen before update or delete or truncate on atlas.recipe
		for each statement execute function core.refuse_change()`,
]
