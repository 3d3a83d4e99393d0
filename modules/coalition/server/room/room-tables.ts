import type { Estimate } from '@throughline/stats'
import type { Generated } from 'kysely'
import type { Jsonb } from '#database'
import type { PublishedTable, SetName } from '../../room/index.ts'

/** Tables of schema `room`: who was in a room, without anything that knows a person. */
export interface RoomTables {
	'room.survey': { convening: string; sets: SetName[]; opened_at: Date; opened_by: string; closed_at: Date | null }
	'room.slip': { id: string; convening: string }
	'room.answer': { id: string; convening: string; category_set: SetName; option: string }
	'room.own_words': { id: string; convening: string; category_set: SetName; words: string }
	'room.target': { id: Generated<string>; body: string; category_set: SetName; option: string; percent: number | null; since: Date; by: string }
	'room.release': { convening: string; body: string; number: number; year: number; content: Jsonb<RoomRelease>; made_at: Date; made_by: string }
}

/** One question as it was published: of the convening, and of the year so far. */
export interface PublishedQuestion {
	set: SetName
	/** Shares of the community on that day, by option; null where one is unknown, or where nothing is compared. */
	community: (Estimate | null)[] | null
	event: PublishedTable
	/** `convenings`: those whose answers to this question are summed. */
	year: PublishedTable & { convenings: string[] }
}

/** What was published of a convening's survey, and so is known to everybody. */
export interface RoomRelease {
	/** People in the room. */
	attended: number
	/** Whether somebody counted them by looking; else they are those who gave a name. */
	counted: boolean
	/** Null below eleven. */
	answered: number | null
	/** Whether enough answered to show groups. */
	enough: boolean
	/** Area that it is compared with; null for the region. */
	area: string | null
	/** Years of the community's shares. */
	vintage: string | null
	questions: PublishedQuestion[]
}
