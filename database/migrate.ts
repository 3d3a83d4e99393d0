import { sql, type Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { Refusal } from './refusal.ts'
import { migrations } from './migrations/index.ts'

/** Brings the schema to the newest version and returns the names of the migrations that ran. Errors: `migration_failed`. */
export async function migrate<T>(database: Kysely<T>): Promise<string[]> {
	await sql`create schema if not exists core`.execute(database)
	const migrator = new Migrator({
		db: database as Kysely<unknown>,
		provider: { getMigrations: async () => migrations },
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
