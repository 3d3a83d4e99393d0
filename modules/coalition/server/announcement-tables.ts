import type { Jsonb } from '#database'
import type { AudienceCounts } from './announcements.ts'

/** Tables of announcements in schema `coalition`. */
export interface AnnouncementTables {
	'coalition.announcement': { id: string; body: string; subject: string; text: string; audience: Jsonb<AudienceCounts>; published_at: Date; published_by: string }
	'coalition.announcement_audience': { announcement: string; person: string }
}
