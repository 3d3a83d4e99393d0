import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { Refusal, type Database } from '#database'
import type { PeopleTables } from './people-tables.ts'

/** Failed sign-ins that one address may have within the window; then it waits. Counted by address, so one office is not shut out for one person. */
export const FAILURES_ALLOWED = 10
export const WINDOW_MINUTES = 15

/** Counts failed sign-ins of an address under a keyed hash of it. */
export class FailedSignIns {
	readonly #database: Database<PeopleTables>
	readonly #secret: string

	constructor(database: Database<PeopleTables>, secret: string) {
		this.#database = database
		this.#secret = secret
	}

	/** Errors: `too_many_attempts`, also for addresses that nobody has. */
	async requireFree(email: string, now: Date): Promise<void> {
		const row = await this.#database.selectFrom('people.failed_sign_in').selectAll().where('key', '=', this.#keyOf(email)).executeTakeFirst()
		if (!row || row.count < FAILURES_ALLOWED) return
		const minutes = Math.ceil((row.first_at.getTime() + WINDOW_MINUTES * 60_000 - now.getTime()) / 60_000)
		if (minutes > 0) throw new Refusal('too_many_attempts', { minutes })
	}

	async count(email: string, now: Date): Promise<void> {
		const opened = new Date(now.getTime() - WINDOW_MINUTES * 60_000)
		await sql`insert into people.failed_sign_in as f (key, first_at, count) values (${this.#keyOf(email)}, ${now}, 1)
			on conflict (key) do update set
				count = case when f.first_at < ${opened} then 1 else f.count + 1 end,
				first_at = case when f.first_at < ${opened} then excluded.first_at else f.first_at end`.execute(this.#database)
	}

	async forget(email: string): Promise<void> {
		await this.#database.deleteFrom('people.failed_sign_in').where('key', '=', this.#keyOf(email)).execute()
	}

	#keyOf(email: string): Buffer {
		return createHmac('sha256', this.#secret).update(email.trim().toLowerCase()).digest()
	}
}
