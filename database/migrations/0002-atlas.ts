import { sql, type Kysely } from 'kysely'

/** Regions, geographies, places, sources, indicators, series, tiles and citations. Numbers are whole columns, never rows. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	`create schema atlas`,
	`create table atlas.region (
		key text primary key,
		name jsonb not null,
		fictional boolean not null,
		manifest jsonb not null,
		manifest_hash bytea not null,
		loaded_at timestamptz not null
	)`,
	`create table atlas.source (
		key text primary key,
		ordinal int not null,
		kind text not null,
		publisher text not null,
		title jsonb not null,
		url text,
		vintage text not null,
		licence text not null,
		sha256 text not null,
		publisher_sha256 text,
		bytes bigint not null,
		rows bigint not null,
		report jsonb not null,
		loaded_at timestamptz not null
	)`,
	`create table atlas.geography (
		key text primary key,
		kind text not null,
		vintage int not null,
		name jsonb not null,
		source text not null references atlas.source (key),
		place_count int not null,
		bounds double precision[] not null check (cardinality(bounds) = 4),
		main boolean not null,
		min_zoom int not null,
		max_zoom int not null
	)`,
	`create table atlas.place (
		geography text not null references atlas.geography (key) on delete cascade,
		ordinal int not null,
		geoid text not null,
		name text not null,
		county_geoid text not null,
		county_name text not null,
		in_region boolean not null,
		area_m2 double precision not null,
		centroid double precision[] not null check (cardinality(centroid) = 2),
		primary key (geography, ordinal),
		unique (geography, geoid)
	)`,
	`create index place_geoid on atlas.place (geoid)`,
	// Rings of consecutive places: see packages/geo for the layout.
	`create table atlas.geometry (
		geography text not null references atlas.geography (key) on delete cascade,
		chunk int not null,
		first_ordinal int not null,
		place_count int not null,
		rings bytea not null,
		primary key (geography, chunk)
	)`,
	`create table atlas.tile (
		geography text not null references atlas.geography (key) on delete cascade,
		z int not null,
		x int not null,
		y int not null,
		data bytea not null,
		primary key (geography, z, x, y)
	)`,
	`alter table atlas.tile alter column data set storage external`,
	// The region's outline drawing, made once: path strings in place order.
	`create table atlas.picture (
		geography text primary key references atlas.geography (key) on delete cascade,
		drawing jsonb not null
	)`,
	`create table atlas.indicator (
		key text primary key,
		ordinal int not null,
		domain text not null,
		name jsonb not null,
		description jsonb not null,
		unit text not null,
		direction text not null check (direction in ('higher_is_better', 'higher_is_worse', 'neither')),
		universe text,
		definition jsonb not null
	)`,
	`create table atlas.series (
		indicator text not null references atlas.indicator (key) on delete cascade,
		geography text not null references atlas.geography (key) on delete cascade,
		vintage text not null,
		version int not null,
		source text not null references atlas.source (key),
		kind text not null check (kind in ('count', 'share', 'amount', 'index')),
		decimals int not null,
		estimates bytea not null,
		margins bytea,
		-- What a share is made of, so that an area can be given one: absent where the source does not say.
		numerators bytea,
		numerator_margins bytea,
		universes bytea,
		universe_margins bytea,
		content_hash bytea not null check (length(content_hash) = 32),
		loaded_at timestamptz not null,
		primary key (indicator, geography, vintage, version)
	)`,
	`create table atlas.citation (
		id text primary key,
		made_at timestamptz not null,
		made_by text not null,
		frozen jsonb not null,
		content_hash bytea not null check (length(content_hash) = 32)
	)`,
	// A load writes here, a source at a time, and is published in one transaction; what is here survives a kill.
	`create schema atlas_loading`,
	`create table atlas_loading.checkpoint (
		step text primary key,
		fingerprint text not null,
		report jsonb not null,
		finished_at timestamptz not null default now()
	)`,
	...['source', 'geography', 'place', 'geometry', 'tile', 'picture', 'indicator', 'series'].map(
		(table) => `create table atlas_loading.${table} (like atlas.${table} including defaults)`,
	),
	`create trigger citation_frozen before update or delete or truncate on atlas.citation
		for each statement execute function core.refuse_change()`,
]
