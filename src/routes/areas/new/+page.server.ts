import { redirect } from '@sveltejs/kit'
import { findGeography, makeArea } from '#atlas/server'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { text } from '#lib/server/answer-form.ts'
import { readAreaForm } from '#lib/server/area-form.ts'
import { refuse } from '#lib/server/refusal-sentence.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
	const geography = (await findGeography(locals.database, locals.region!.mainGeography))!
	const county = url.searchParams.get('county') ?? ''
	const places = (geography.byCounty.get(county) ?? []).map((ordinal) => geography.places[ordinal]!).filter(({ inRegion }) => inRegion)
	return {
		county, counties: Object.entries(locals.region!.counties).map(([geoid, name]) => ({ geoid, name })),
		places: places.map(({ geoid, name }) => ({ geoid, name })), picked: url.searchParams.getAll('place'),
	}
}

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const fields = await request.formData()
		let id: string
		try {
			const geography = (await findGeography(locals.database, locals.region!.mainGeography))!
			const asked = await readAreaForm(fields)
			id = await locals.database.transaction().execute((writer) => makeArea(writer, locals.account?.id ?? 'visitor', geography, asked, new Date()))
		} catch (cause) {
			return refuse(cause, { name: text(fields, 'name'), picked: fields.getAll('place').filter((value) => typeof value === 'string'), geoids: text(fields, 'geoids'), corners: text(fields, 'corners') })
		}
		redirect(303, localizeHref(`/areas/${id}`))
	},
}
