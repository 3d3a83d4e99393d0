import { redirect } from '@sveltejs/kit'
import { findGeography, makeArea } from '#atlas/server'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { text } from '#lib/server/answer-form.ts'
import { OUTLINE_MEGABYTES, readAreaFields, readAreaForm } from '#lib/server/area-form.ts'
import { refuse } from '#lib/server/refusal-sentence.ts'
import type { Actions, PageServerLoad } from './$types'

const mainGeography = async ({ database, region }: App.Locals) => (await findGeography(database, region!.mainGeography))!

/** The region's places in a county, as a form lists them. */
async function listPlaces(locals: App.Locals, county: string): Promise<{ geoid: string; name: string }[]> {
	const geography = await mainGeography(locals)
	const places = (geography.byCounty.get(county) ?? []).map((ordinal) => geography.places[ordinal]!)
	return places.filter(({ inRegion }) => inRegion).map(({ geoid, name }) => ({ geoid, name }))
}

/** What was typed and picked so far. */
function typed(fields: FormData) {
	const picked = fields.getAll('place').filter((value) => typeof value === 'string')
	return { picked, name: text(fields, 'name'), geoids: text(fields, 'geoids'), corners: text(fields, 'corners') }
}

/** What is given back of a form that was too large to be read. */
const UNREAD = { ...typed(new FormData()), county: '', places: [] as { geoid: string; name: string }[] }

export const load: PageServerLoad = async ({ locals, url }) => {
	const county = url.searchParams.get('county') ?? ''
	const counties = Object.entries(locals.region!.counties).map(([geoid, name]) => ({ geoid, name }))
	return { county, counties, megabytes: OUTLINE_MEGABYTES, places: await listPlaces(locals, county), picked: url.searchParams.getAll('place') }
}

export const actions: Actions = {
	show: async ({ locals, request }) => {
		const fields = await readAreaFields(request).catch((cause) => refuse(cause, UNREAD, 413))
		if (!(fields instanceof FormData)) return fields
		const county = text(fields, 'county')
		return { ...typed(fields), county, places: await listPlaces(locals, county), fault: undefined }
	},
	make: async ({ locals, request }) => {
		const fields = await readAreaFields(request).catch((cause) => refuse(cause, UNREAD, 413))
		if (!(fields instanceof FormData)) return fields
		let id: string
		try {
			const [geography, asked] = await Promise.all([mainGeography(locals), readAreaForm(fields)])
			id = await locals.database.transaction().execute((writer) => makeArea(writer, locals.account?.id ?? 'visitor', geography, asked, new Date()))
		} catch (cause) {
			const county = text(fields, 'county')
			return refuse(cause, { ...typed(fields), county, places: await listPlaces(locals, county) })
		}
		redirect(303, localizeHref(`/areas/${id}`))
	},
}
