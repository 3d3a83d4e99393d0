import type { Writer } from '#database'
import type { CoalitionTables } from '../../coalition-tables.ts'

/** A census campaign in all of its body's area. */
export const CENSUS = { kind: 'census', title: 'Everybody counts', aim: 'Every household answers the census', takePart: '', places: '', beginsOn: '2026-01-01', endsOn: '2026-08-01', legalClass: 'education' }

export const TRACTS = ['99001000100', '99001000200', '99001000300', '99003000100'] as const

/** Four tracts in two counties, once, where a test needs places and not their shapes. */
export async function addTestTracts(writer: Writer<CoalitionTables>): Promise<void> {
	await writer.insertInto('atlas.source').values({ key: 'test', ordinal: 0, kind: 'test', publisher: 'test', title: JSON.stringify({ en: 'Test', es: 'Prueba' }), url: null, vintage: '2020', licence: 'test', sha256: '0', publisher_sha256: null, bytes: 0, rows: 0, report: '{}' as never, loaded_at: new Date(0) }).onConflict((conflict) => conflict.doNothing()).execute()
	await writer.insertInto('atlas.geography').values({ key: 'tract-2020', kind: 'tract', vintage: 2020, name: JSON.stringify({ en: 'Tracts', es: 'Sectores' }), source: 'test', place_count: TRACTS.length, bounds: [0, 0, 1, 1], main: true, min_zoom: 0, max_zoom: 1 }).onConflict((conflict) => conflict.doNothing()).execute()
	const rows = TRACTS.map((geoid, ordinal) => ({ geography: 'tract-2020', ordinal, geoid, name: `Tract ${ordinal}`, county_geoid: geoid.slice(0, 5), county_name: geoid.slice(0, 5), in_region: true, area_m2: 1, centroid: [0, 0] }))
	await writer.insertInto('atlas.place').values(rows).onConflict((conflict) => conflict.doNothing()).execute()
}
