export interface PopoloFacts {
	publicBodies: readonly { id: string; name: string; slug: string }[]
	offices: readonly { id: string; publicBody: string; post: string; division: string }[]
	terms: readonly { id: string; office: string; holder: string; beginsOn: string; endsOn: string }[]
}

/**
 * Persons, organizations, posts and memberships as Popolo names them. A person is known by name and public body alone, so two of one name in
 * one public body are one person there; a party is not kept and not told.
 */
export function toPopolo({ publicBodies, offices, terms }: PopoloFacts, origin: string) {
	const bodyOf = new Map(offices.map((office) => [office.id, office.publicBody]))
	const people = new Map<string, { id: string; name: string }>()
	const personOf = ({ id, office, holder }: PopoloFacts['terms'][number]) => {
		const key = `${bodyOf.get(office)} ${holder}`
		if (!people.has(key)) people.set(key, { id: `person-of-${id}`, name: holder })
		return people.get(key)!.id
	}
	const memberships = terms.map((term) => ({
		id: term.id, person_id: personOf(term), organization_id: bodyOf.get(term.office)!, post_id: term.office,
		start_date: term.beginsOn, end_date: term.endsOn, sources: [{ url: `${origin}/accountability/terms/${term.id}` }],
	}))
	return {
		persons: [...people.values()],
		organizations: publicBodies.map(({ id, name, slug }) => ({ id, name, classification: 'public body', sources: [{ url: `${origin}/accountability/${slug}` }] })),
		posts: offices.map(({ id, publicBody, post, division }) => ({ id, label: post, organization_id: publicBody, area: { id: division, identifier: division } })),
		memberships,
	}
}
