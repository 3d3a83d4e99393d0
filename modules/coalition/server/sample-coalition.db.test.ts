import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { createTestDatabase } from '#database/testing'
import { loadRegion } from '#atlas/server'
import type { CoalitionTables } from './coalition-tables.ts'
import { makeSampleCoalition } from './sample-coalition.ts'

test('the sample coalition can be made at any hour, on a leap day, and where clocks change or a year ends', { timeout: 120_000 }, async () => {
	const open = await createTestDatabase<CoalitionTables>()
	const hours = [0, 3, 6, 9, 12, 15, 18, 21].map((hour) => `2026-12-01T${String(hour).padStart(2, '0')}:40:00Z`)
	const moments = [...hours, '2028-02-29T02:00:00Z', '2027-03-14T07:30:00Z', '2026-11-01T05:30:00Z', '2026-12-31T23:59:59Z']
	class TakenBack extends Error {}
	try {
		await loadRegion({ database: open.database as never, regionsFolder: join(import.meta.dirname, '../../../regions'), region: 'sample', now: () => new Date('2026-11-01T12:00:00Z'), report: async () => undefined })
		for (const moment of moments) {
			await assert.rejects(open.database.transaction().execute(async (writer) => {
				await makeSampleCoalition(writer, new Date(moment))
				throw new TakenBack(moment)
			}), (reason: Error) => reason instanceof TakenBack, moment)
		}
	} finally {
		await open.close()
	}
})
