import { getNetwork, networkQuery } from '#lib/server/network-page.ts'
import { rowsOf, tiesOf } from '#lib/server/network-rows.ts'
import type { PageServerLoad } from './$types'

/** Below so many organizations a name says more than a measure. */
const LEAST_MEASURED = 10

export const load: PageServerLoad = async ({ locals, url }) => {
	const asked = await getNetwork(locals, url)
	const { found, network, kinds } = asked
	const words = (url.searchParams.get('q') ?? '').trim().slice(0, 80)
	const order = url.searchParams.get('order') ?? 'name'
	const rows = rowsOf(found, network, order).filter(({ name }) => name.toLowerCase().includes(words.toLowerCase()))
	const broker = network.betweenness.indexOf(Math.max(...network.betweenness))
	return {
		year: found.year, years: found.years, kinds, query: networkQuery(asked), words, order, rows,
		alone: found.organizations.filter((_, n) => network.degree[n] === 0).map(({ name }) => name),
		one: url.searchParams.get('organization') ? tiesOf(found, url.searchParams.get('organization')!) : undefined,
		measures: {
			organizations: found.organizations.length, ties: network.from.length, density: network.density, withinTwo: network.withinTwo, parts: network.components, largest: network.component.filter((part) => part === 0).length,
			broker: found.organizations.length >= LEAST_MEASURED && network.betweenness[broker]! > 0 ? { name: found.organizations[broker]!.name, share: network.betweenness[broker]! } : undefined,
		},
	}
}
