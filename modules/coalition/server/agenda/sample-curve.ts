import type { Writer } from '#database'
import type { Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { addMeasure, addPartner, readMeasure } from './turn-the-curve.ts'

/** Partners and measures of the sample's goal; invented like everything of that region. */
export async function makeSampleCurve(writer: Writer<CoalitionTables>, actor: Actor, goal: string, ago: (days: number) => Date): Promise<void> {
	for (const [name, does] of [['Harbor Bend Tenants Union', 'Knocks on doors and brings tenants together, street by street.'], ['Bend Credit Union', 'Lends for repairs at two percent.'], ['Dunmore Legal Aid', 'Stands beside tenants at their first hearing.']] as const) await addPartner(writer, actor, goal, { name, does }, ago(130))
	const measures = [
		['how_much', 'Court company, Legal Aid', 'Tenants accompanied to a hearing in the quarter', 'count', [['128', 130], ['171', 40]]],
		['how_well', 'Court company, Legal Aid', 'Tenants who had a lawyer at the first hearing, of those accompanied', 'percent', [['54', 130], ['69', 40]]],
		['better_off', 'Court company, Legal Aid', 'Accompanied tenants who lived in the same home half a year later', 'percent', [['58', 40]]],
	] as const
	for (const [kind, programme, title, unit, readings] of measures) {
		const measure = await addMeasure(writer, actor, goal, { kind, programme, title, unit }, ago(131))
		for (const [value, days] of readings) await readMeasure(writer, actor, measure, { day: ago(days).toISOString().slice(0, 10), value, source: 'Court diary of Legal Aid' }, ago(days))
	}
}
