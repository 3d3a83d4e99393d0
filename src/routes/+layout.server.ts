import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = ({ locals }) => ({
	region: locals.region && { name: locals.region.name, fictional: locals.region.fictional },
	account: locals.account && { name: locals.account.name },
})
