import { sql, type Kysely } from 'kysely'

/** Names that people search by, the places that each stands for, and the backdrop of roads. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	`create table atlas.name (
		key text primary key,
		ordinal int not null,
		name text not null,
		kind text not null check (kind in ('city', 'zip', 'neighborhood')),
		source text not null references atlas.source (key)
	)`,
	`create table atlas.name_place (
		name text not null references atlas.name (key) on delete cascade,
		geography text not null,
		ordinal int not null,
		-- The share of the place's land within the name; absent where the source gives no outline.
		share double precision check (share > 0 and share <= 1),
		primary key (name, geography, ordinal),
		foreign key (geography, ordinal) references atlas.place (geography, ordinal) on delete cascade
	)`,
	`create index name_place_of on atlas.name_place (geography, ordinal)`,
	`create table atlas.backdrop (
		source text primary key references atlas.source (key),
		attribution text not null,
		bounds double precision[] not null check (cardinality(bounds) = 4),
		min_zoom int not null,
		max_zoom int not null
	)`,
	`create table atlas.backdrop_tile (
		z int not null,
		x int not null,
		y int not null,
		data bytea not null,
		primary key (z, x, y)
	)`,
	`alter table atlas.backdrop_tile alter column data set storage external`,
	...['name', 'name_place', 'backdrop', 'backdrop_tile'].map((table) => `create table atlas_loading.${table} (like atlas.${table} including defaults)`),
]
