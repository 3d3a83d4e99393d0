import type { Database, Reader } from './connect.ts'
import { readRecord, writeRecord } from './data-directory.ts'
import type { Json } from './ledger/canonical-json.ts'
import { Refusal } from './refusal.ts'
import type { CoreTables } from './tables.ts'

/** The value kept under `key` for this installation, or undefined. */
export async function readSetting<T extends Json>(reader: Reader<CoreTables>, key: string): Promise<T | undefined> {
	const row = await reader.selectFrom('core.setting').select('value').where('key', '=', key).executeTakeFirst()
	return row?.value as T | undefined
}

/** Keeps `value` under `key`, in place of what was there. */
export async function writeSetting(writer: Database<CoreTables>, key: string, value: Json): Promise<void> {
	const text = JSON.stringify(value)
	await writer
		.insertInto('core.setting')
		.values({ key, value: text })
		.onConflict((conflict) => conflict.column('key').doUpdateSet({ value: text, updated_at: new Date() }))
		.execute()
}

/** Refuses a data directory that records another region, before anything in it is started. Errors: `holds_another_region`. */
export function requireSameRegion(directory: string, region: string): void {
	const recorded = readRecord(directory).region
	if (recorded !== undefined && recorded !== region) throw new Refusal('holds_another_region', { place: directory, recorded, region })
}

/**
 * Makes the database (and its data directory, when it has one) the home of `region`; a second call with the same region
 * changes nothing. Errors: `holds_another_region`.
 */
export async function claimRegion(database: Database<CoreTables>, region: string, directory?: string): Promise<void> {
	await database
		.insertInto('core.setting')
		.values({ key: 'region', value: JSON.stringify(region) })
		.onConflict((conflict) => conflict.column('key').doNothing())
		.execute()
	const recorded = await readSetting<string>(database, 'region')
	if (recorded !== region) throw new Refusal('holds_another_region', { place: directory ?? 'DATABASE_URL', recorded: recorded!, region })
	if (directory && readRecord(directory).region !== region) writeRecord(directory, { ...readRecord(directory), region })
}
