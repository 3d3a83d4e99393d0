import { BODY_SECTIONS } from '#lib/body-sections.ts'
import { getBodyPage } from '#lib/server/coalition-actor.ts'
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = async ({ locals, params }) => {
	const { body, can } = await getBodyPage(locals, params.slug)
	return { nav: { name: body.name, slug: body.slug, shown: BODY_SECTIONS.filter(({ needs }) => can(needs)).map(({ path }) => path) } }
}
