import type { Generated } from 'kysely'
import type { SignUpState } from '../../taking-part/volunteering.ts'

/** Tables of volunteer roles in schema `coalition`. */
export interface VolunteeringTables {
	'coalition.volunteer_role': {
		id: string; body: string; helps: string | null; title: string; about: string; skills: string; languages: string; least_age: number | null; minors: boolean
		place: string; zone: string; coordinator: string; contact: string; offered_at: Date; offered_by: string; closed_at: Date | null; closed_by: string | null
	}
	'coalition.shift': { id: string; role: string; starts_at: Date; ends_at: Date; seats: number; made_at: Date; made_by: string; called_off_at: Date | null; reason: Generated<string> }
	'coalition.volunteer': { id: string; role: string; person: string; code: string; form_key: string | null; note: string; language: 'en' | 'es'; guardian: string; guardian_consent_at: Date | null; made_at: Date; confirmed_at: Date | null }
	'coalition.shift_sign_up': { id: string; place_in_line: Generated<string>; shift: string; volunteer: string; state: SignUpState; made_at: Date; moved_up_at: Date | null; given_back_at: Date | null }
	'coalition.shift_attendance': { id: Generated<number>; sign_up: string; came: boolean | null; at: Date; by: string }
}
