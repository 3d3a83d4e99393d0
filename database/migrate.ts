import { sql, type Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { poolOf } from './connect.ts'
import { Refusal } from './refusal.ts'
import { migrations } from './migrations/index.ts'

/** Names of all migrations, in their order. */
export function migrationNames(): string[] {
	return Object.keys(migrations).sort()
}

/** Brings the schema to the newest version and returns the names of the migrations that ran. Errors: `migration_failed`. */
export async function migrate<T>(database: Kysely<T>): Promise<string[]> {
	const ran = await migrateTo(database, migrationNames().at(-1)!)
	await migrateQueue(database)
	return ran
}

/** Brings the schema to the version that ends with migration `name`; never backwards. Errors: `migration_failed`. */
export async function migrateTo<T>(database: Kysely<T>, name: string): Promise<string[]> {
	await sql`create schema if not exists core`.execute(database)
	const wanted = Object.fromEntries(Object.entries(migrations).filter(([key]) => key <= name))
	const migrator = new Migrator({
		db: database as Kysely<unknown>,
		provider: { getMigrations: async () => wanted },
		migrationTableSchema: 'core',
		migrationTableName: 'migration',
		migrationLockTableName: 'migration_lock',
	})
	const { error, results } = await migrator.migrateToLatest()
	if (error) {
		const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? ''
		throw new Refusal('migration_failed', { name: failed, reason: error instanceof Error ? error.message : String(error) }, { cause: error })
	}
	return results?.map((result) => result.migrationName) ?? []
}

/** The job queue keeps its own schema, `graphile_worker`, and brings it up to date itself. */
async function migrateQueue<T>(database: Kysely<T>): Promise<void> {
	const { Logger, runMigrations } = await import('graphile-worker')
	const pool = poolOf(database)
	try {
		await runMigrations({ pgPool: pool, logger: new Logger(() => () => undefined) })
	} catch (cause) {
		throw new Refusal('migration_failed', { name: 'graphile_worker', reason: (cause as Error).message }, { cause })
	}
}
