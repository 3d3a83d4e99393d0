import { error } from '@sveltejs/kit'
import { findProfile, findSurroundings, getDrawingSize, listCitationsAbout, listGeographiesOf, listSources } from '#atlas/server'
import { shownRow } from '#lib/server/shown-row.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals }) => {
	const profile = await findProfile(locals.database, params.geography, params.geoid)
	if (!profile) error(404)
	const elsewhere = (await listGeographiesOf(locals.database, params.geoid)).filter(({ key }) => key !== params.geography)
	const used = new Set(profile.rows.map(({ series }) => series.source))
	const sources = (await listSources(locals.database)).filter(({ key }) => used.has(key))
	const citations = await listCitationsAbout(locals.database, params.geography, params.geoid)
	const [surroundings, picture] = await Promise.all([findSurroundings(locals.database, profile, locals.region!.loadedAt), getDrawingSize(locals.database, params.geography)])
	// Where the region is the whole state, one column says both.
	const showState = profile.geography.regional.length < profile.geography.places.length
	return {
		surroundings,
		picture,
		place: profile.place,
		geography: { key: profile.geography.key, vintage: profile.geography.vintage },
		names: profile.names.map(({ key, name, kind }) => ({ key, name, kind })),
		gaps: profile.gaps,
		groups: profile.groups,
		sources: sources.map(({ key, publisher, title, vintage }) => ({ key, publisher, title, vintage })),
		// The rows of a frozen profile stay on its own page.
		citations: citations.map(({ frozen, ...citation }) => ({ ...citation, frozen: frozen.kind === 'profile' ? { ...frozen, rows: [] } : frozen })),
		elsewhere,
		showState,
		stateName: locals.region!.state.name,
		rows: profile.rows.map((row) => shownRow(row, showState)),
	}
}
