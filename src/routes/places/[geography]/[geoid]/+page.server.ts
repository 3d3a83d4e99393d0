import { error, fail, redirect } from '@sveltejs/kit'
import { Refusal } from '#database'
import { citeNumber, findProfile, listCitationsAbout, listGeographiesOf, listSources } from '#atlas/server'
import { localizeHref } from '#lib/paraglide/runtime.js'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals }) => {
	const profile = await findProfile(locals.database, params.geography, params.geoid)
	if (!profile) error(404)
	const elsewhere = (await listGeographiesOf(locals.database, params.geoid)).filter(({ key }) => key !== params.geography)
	const used = new Set(profile.rows.map(({ series }) => series.source))
	const sources = (await listSources(locals.database)).filter(({ key }) => used.has(key))
	const citations = await listCitationsAbout(locals.database, params.geography, params.geoid)
	return {
		place: profile.place,
		geography: { key: profile.geography.key, vintage: profile.geography.vintage },
		gaps: profile.gaps,
		sources: sources.map(({ key, publisher, title, vintage }) => ({ key, publisher, title, vintage })),
		citations: citations.map(({ id, madeAt, frozen }) => ({ id, madeAt, name: frozen.indicator.name, unit: frozen.indicator.unit, decimals: frozen.indicator.decimals, estimate: frozen.estimate, margin: frozen.margin, vintage: frozen.vintage })),
		elsewhere,
		// Where the region is the whole state, one column says both.
		showState: profile.geography.regional.length < profile.geography.places.length,
		stateName: locals.region!.state.name,
		rows: profile.rows.map(({ series, ...row }) => ({ ...row, vintage: series.vintage, decimals: series.decimals })),
	}
}

export const actions: Actions = {
	cite: async ({ params, locals, request }) => {
		const indicator = String((await request.formData()).get('indicator') ?? '')
		const actor = locals.account?.id ?? 'visitor'
		let id: string
		try {
			id = await locals.database.transaction().execute((writer) => citeNumber(writer, actor, { indicator, geography: params.geography, geoid: params.geoid }, new Date()))
		} catch (cause) {
			if (cause instanceof Refusal) return fail(400, { code: cause.code, parameters: cause.parameters })
			throw cause
		}
		redirect(303, localizeHref(`/citations/${id}`))
	},
}
