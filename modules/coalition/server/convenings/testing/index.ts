import type { Writer } from '#database'
import { ADMINISTRATOR, NOW } from '../../testing.ts'
import type { CoalitionTables } from '../../coalition-tables.ts'
import { convene, type GivenConvening } from '../convenings.ts'

/** An evening ten days after the tests' present, with these differences. */
export const EVENING: GivenConvening = {
	kind: 'listening_session', mode: 'in_person', title: 'Rents and repairs', about: 'Say what you live through.', agenda: 'Food first, then tables of six.', date: '2026-03-11', begins: '18:00', ends: '20:00', zone: 'America/New_York',
	place: 'Mill Street Library', address: '12 Mill Street', addressShown: false, onlineUrl: '', county: '99003', capacity: '', supports: ['childcare', 'interpretation'], languages: 'English, Spanish', minors: false, levelPromised: 'involve', hosts: [],
}

/** A convening of a body, planned by an administrator. */
export function makeConvening(writer: Writer<CoalitionTables>, body: string, given: Partial<GivenConvening> = {}): Promise<string> {
	return convene(writer, ADMINISTRATOR, body, { ...EVENING, ...given }, NOW)
}

/** While the convening of `EVENING` is on. */
export const DURING = new Date('2026-03-11T22:30:00Z')
