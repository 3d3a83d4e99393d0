import type { ColumnType } from 'kysely'

export interface ActionTables {
	'coalition.action_item': { id: string; body: string; convening: string | null; what: string; person: string | null; organization: string | null; due_on: ColumnType<Date | null, string | null, never>; set_at: Date; set_by: string }
	'coalition.action_end': { item: string; how: 'done' | 'dropped'; words: string; at: Date; by: string }
}
