import type { Jsonb } from '#database'
import type { Standing } from '../../bodies.ts'
import type { MemberMapping } from '../../members/member-list.ts'

export interface MemberTables {
	'coalition.merge_moved': { merge: string; kind: 'membership' | 'role' | 'representation'; record: string; ended: boolean; standing_before: Standing | null }
	'coalition.member_import': { id: string; body: string; file_name: string; source: string; standing: Standing; columns: Jsonb<string[]>; rows: Jsonb<string[][]>; mapping: Jsonb<MemberMapping>; begun_at: Date; begun_by: string; taken_in_at: Date | null; set_aside_at: Date | null; undone_at: Date | null }
	'coalition.imported_member': { import: string; membership: string; person: string; person_made: boolean }
}
