import type pg from 'pg'

export interface BackedUpTable {
	schema: string
	table: string
	/** Columns that hold data (no generated ones), in their order. */
	columns: string[]
	/** `order by` list that is the same on every server, whatever its collation. */
	order: string
}

/** Settings under which COPY text is the same on every PostgreSQL. */
export const COPY_SETTINGS = `set local timezone = 'UTC'; set local datestyle = 'ISO'; set local intervalstyle = 'postgres';
	set local extra_float_digits = 1; set local bytea_output = 'hex'; set local search_path = pg_catalog`

/** Tables that the restore writes by itself. */
const OWN_TABLES = `('migration', 'migration_lock')`

/**
 * Every table that this role's schemas hold, referenced ones first. The job queue's own schema is left out: jobs stand in
 * `core.job`, and the next start puts them into the queue again. So are schemas named `…_loading`: unfinished work that its
 * job begins again.
 */
export async function listTables(client: pg.ClientBase): Promise<BackedUpTable[]> {
	const { rows } = await client.query<BackedUpTable & { oid: number; needs: number[] }>(`
		select c.oid::int as oid, n.nspname as schema, c.relname as table,
			array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
				and a.attgenerated = '' order by a.attnum) as columns,
			(select string_agg(quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end, ', ' order by k.at)
				from pg_index i cross join unnest(i.indkey::int[]) with ordinality k(attnum, at)
				join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
				where i.indrelid = c.oid and i.indisprimary) as order,
			array(select distinct f.confrelid::int from pg_constraint f where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as needs
		from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where c.relkind = 'r' and n.nspowner = (select oid from pg_roles where rolname = current_user)
			and n.nspname !~ '^pg_|_loading$' and n.nspname not in ('information_schema', 'public', 'graphile_worker')
			and not (n.nspname = 'core' and c.relname in ${OWN_TABLES})
		order by n.nspname collate "C", c.relname collate "C"`)
	const done = new Set<number>()
	const sorted: BackedUpTable[] = []
	while (sorted.length < rows.length) {
		const next = rows.find((row) => !done.has(row.oid) && row.needs.every((oid) => done.has(oid)))
		if (!next) throw new RangeError('tables refer to each other in a circle')
		if (!next.order) throw new RangeError(`${next.schema}.${next.table} has no primary key`)
		done.add(next.oid)
		sorted.push({ schema: next.schema, table: next.table, columns: next.columns, order: next.order })
	}
	return sorted
}

export function quotedName(client: pg.ClientBase, { schema, table }: { schema: string; table: string }): string {
	return `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(table)}`
}

/** The command that writes a table's rows in key order. */
export function copyOut(client: pg.ClientBase, table: BackedUpTable): string {
	const columns = table.columns.map((column) => client.escapeIdentifier(column)).join(', ')
	return `copy (select ${columns} from ${quotedName(client, table)} order by ${table.order}) to stdout`
}
