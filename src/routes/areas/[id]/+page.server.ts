import { error } from '@sveltejs/kit'
import { findAreaProfile, getDrawing, listCitationsAbout, listSources } from '#atlas/server'
import { drawColours } from '#lib/server/index-picture.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals, url }) => {
	const asked = url.searchParams.get('by') === 'land' ? 'land' : undefined
	const profile = await findAreaProfile(locals.database, params.id, asked)
	if (!profile) error(404)
	const { area, geography, parts, byPeople, by, rows, gaps, counties } = profile
	const [drawing, citations, sources] = await Promise.all([getDrawing(locals.database, geography.key), listCitationsAbout(locals.database, 'area', area.id), listSources(locals.database)])
	const peopleShares = new Map(byPeople?.parts.map(({ ordinal, placeShare }) => [ordinal, placeShare]))
	const shareOf = new Map(parts.map(({ ordinal, placeShare }) => [ordinal, placeShare]))
	const used = new Set(rows.map(({ series }) => series.source))
	return {
		area, counties, gaps, geography: geography.key, by,
		people: byPeople && { kind: byPeople.kind as 'block' | 'block-group', vintage: byPeople.vintage, byLand: byPeople.byLand },
		// What is cited is weighed as areas are unless somebody asks otherwise.
		citable: by !== 'land' || !byPeople,
		// Where it lies: a place wholly within is dark, one in part lighter.
		picture: { svg: drawColours(drawing, area.name, 'ramp', (ordinal) => (shareOf.has(ordinal) ? (shareOf.get(ordinal) === 1 ? 4 : 2) : 0)), width: drawing.width / 2, height: drawing.height / 2 },
		parts: parts.map(({ ordinal, placeShare: share }) => ({ geoid: geography.places[ordinal]!.geoid, name: geography.places[ordinal]!.name, county: geography.places[ordinal]!.countyName, share, peopleShare: by === 'people' ? (peopleShares.get(ordinal) ?? 0) : undefined })).sort((a, b) => b.share - a.share),
		rows: rows.map(({ series, ...row }) => ({ ...row, vintage: series.vintage, decimals: series.decimals })),
		citations: citations.map(({ frozen, ...citation }) => ({ ...citation, frozen: frozen.kind === 'profile' ? { ...frozen, rows: [] } : frozen })),
		sources: sources.filter(({ key }) => used.has(key)).map(({ key, publisher, title, vintage }) => ({ key, publisher, title, vintage })),
		showState: geography.regional.length < geography.places.length, stateName: locals.region!.state.name,
	}
}
