import type { ColumnType, Generated } from 'kysely'
import type { SurveyItem } from '../../surveys/index.ts'

type Day = ColumnType<Date, string, string>

/** Tables of surveys: who was asked in schema `coalition`, everything that knows no person in schema `room`. */
export interface SurveyTables {
	'room.wave': { id: string; body: string; items: SurveyItem[]; opens_on: Day; closes_on: Day; asked: number; opened_at: Date; opened_by: string; called_off_at: Date | null; called_off_by: string | null; reason: Generated<string> }
	'coalition.wave_asked': { wave: string; person: string; given: 'mail' | 'screen' | 'paper' | null }
	'room.wave_code': { code_hash: Buffer; wave: string; used: Generated<boolean> }
	'room.wave_answer': { id: string; wave: string; item: SurveyItem; answer: number }
}
