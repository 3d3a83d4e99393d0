import type { Network } from '#coalition'
import type { OrganizationNetwork } from '#coalition/server'

/** Partners that a row of the table names. */
const MOST_NAMED = 4

export interface OrganizationRow {
	id: string
	name: string
	kind: OrganizationNetwork['organizations'][number]['kind']
	degree: number
	/** Things shared with anybody, counted once for each partner. */
	strength: number
	/** The partners with whom most is shared. */
	often: { id: string; name: string; strength: number }[]
}

/** A row for each organization that has a tie, in the asked order. */
export function rowsOf({ organizations }: OrganizationNetwork, { from, to, strength, degree }: Network, order: string): OrganizationRow[] {
	const partners: [number, number][][] = organizations.map(() => [])
	from.forEach((one, tie) => {
		partners[one]!.push([to[tie]!, strength[tie]!])
		partners[to[tie]!]!.push([one, strength[tie]!])
	})
	const rows = organizations.flatMap((organization, n): OrganizationRow[] => {
		if (degree[n] === 0) return []
		const often = [...partners[n]!].sort(([a, x], [b, y]) => y - x || a - b).slice(0, MOST_NAMED)
		return [{ ...organization, degree: degree[n]!, strength: partners[n]!.reduce((sum, [, shared]) => sum + shared, 0), often: often.map(([other, shared]) => ({ id: organizations[other]!.id, name: organizations[other]!.name, strength: shared })) }]
	})
	if (order === 'ties') return rows.sort((a, b) => b.degree - a.degree)
	return order === 'shared' ? rows.sort((a, b) => b.strength - a.strength) : rows
}

export interface TieRow {
	id: string
	name: string
	shared: { kind: number; name: string; path: string }[]
}

/** With whom one organization is tied, and by what. */
export function tiesOf({ organizations, things }: OrganizationNetwork, id: string): { name: string; ties: TieRow[] } | undefined {
	const own = organizations.findIndex((one) => one.id === id)
	if (own === -1) return undefined
	const ties = organizations.flatMap(({ id: other, name }, n): TieRow[] => {
		if (n === own) return []
		const shared = things.filter(({ members, others }) => (others ? (members.includes(own) && others.includes(n)) || (members.includes(n) && others.includes(own)) : members.includes(own) && members.includes(n)))
		return shared.length === 0 ? [] : [{ id: other, name, shared: shared.map(({ kind, name: thing, path }) => ({ kind, name: thing, path })) }]
	})
	return { name: organizations[own]!.name, ties }
}
