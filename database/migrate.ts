import { sql, type Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { poolOf } from './connect.ts'
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
	await migrateQueue(database)
	return results?.map((result) => result.migrationName) ?? []
}

/** The job queue keeps its own schema, `graphile_worker`, and brings it up to date itself. */
async function migrateQueue<T>(database: Kysely<T>): Promise<void> {
	const { Logger, runMigrations } = await import('graphile-worker')
	const pool = poolOf(database)
	if (pool.listenerCount('connect') === 0) pool.on('connect', (client) => client.on('error', () => undefined))
	try {
		await runMigrations({ pgPool: pool, logger: new Logger(() => () => undefined) })
	} catch (cause) {
		throw new Refusal('migration_failed', { name: 'graphile_worker', reason: (cause as Error).message }, { cause })
	}
}
