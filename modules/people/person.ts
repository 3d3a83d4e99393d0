export type Role = 'member' | 'administrator'

/** Somebody who is signed in. */
export interface Person {
	/** Pseudonymous; the actor in the ledger. */
	id: string
	name: string
	email: string
	role: Role
	/** One of the sample region's sign-ins that everybody may use. */
	demonstration: boolean
}

export type DemonstrationKey = 'member' | 'administrator'

/** The sign-ins of a fictional region. Their password is public: they exist nowhere else. */
export const DEMONSTRATIONS: Readonly<Record<DemonstrationKey, { name: string; email: string; role: Role }>> = {
	member: { name: 'Robin Sample', email: 'member@sample.example', role: 'member' },
	administrator: { name: 'Alex Sample', email: 'administrator@sample.example', role: 'administrator' },
}
