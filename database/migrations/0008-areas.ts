import { sql, type Kysely } from 'kysely'

/** Areas that are not tracts: drawn, uploaded, or picked. The same outline is the same area; what is made stays as it is. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	`create table atlas.area (
		id text primary key,
		name text not null,
		kind text not null check (kind in ('drawn', 'uploaded', 'picked')),
		geography text not null,
		-- The outline, as in atlas.geometry; of picked places also which they are.
		rings bytea not null,
		geoids text[] not null,
		area_m2 double precision not null,
		bounds double precision[] not null check (cardinality(bounds) = 4),
		content_hash bytea not null check (length(content_hash) = 32),
		made_by text not null,
		made_at timestamptz not null
	)`,
	`create trigger area_frozen before update or delete or truncate on atlas.area
		for each statement execute function core.refuse_change()`,
]
