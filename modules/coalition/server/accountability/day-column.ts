import { sql } from 'kysely'

/** Reads a column of days as 2027-03-01, under its own name; a name with its table takes that of the column. */
export function dayColumn<Name extends string>(name: Name) {
	const column = name.split('.').at(-1)! as Name extends `${string}.${infer Column}` ? Column : Name
	return sql<string>`${sql.ref(name)}::text`.as<typeof column>(column)
}
