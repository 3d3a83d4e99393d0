import type { ColumnType, Generated } from 'kysely'
import type { MeasureKind } from '../../agenda/measures.ts'

/** Tables of the agenda in schema `coalition`. */
export interface AgendaTables {
	'coalition.goal': { id: string; body: string; title: string; story: string; citation: string | null; target: number | null; due_on: ColumnType<Date | null, string | null, string | null>; weight: Generated<number>; set_at: Date; set_by: string; closed_at: Date | null; outcome: Generated<string>; what_works: Generated<string> }
	'coalition.goal_partner': { id: string; goal: string; name: string; does: string; began_at: Date; ended_at: Date | null }
	'coalition.goal_measure': { id: string; goal: string; kind: MeasureKind; programme: string; title: string; unit: 'count' | 'percent'; set_at: Date; set_by: string; ended_at: Date | null }
	'coalition.measure_reading': { id: Generated<number>; measure: string; day: ColumnType<Date, string, string>; value: number; source: string; at: Date; by: string }
	'coalition.proposal': { id: string; to_body: string; from_body: string; citation: string; title: string; text: string; raised_by: string; raised_at: Date; answered_at: Date | null; answer: 'taken_up' | 'declined' | null; reason: Generated<string>; goal: string | null }
	'coalition.position': { id: string; goal: string; statement: string; proposed_by: string; proposed_at: Date }
	'coalition.position_step': { position: string; status: 'adopted' | 'retired'; reason: string; at: Date; by: string }
	'coalition.argument': { id: string; position: string; side: 'for' | 'against'; text: string; person: string; at: Date; withdrawn_at: Date | null }
}
