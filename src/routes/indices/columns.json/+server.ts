import { json } from '@sveltejs/kit'
import { readIndexTable } from '#atlas/server'
import type { RequestHandler } from './$types'

/** The newest numbers of the measures asked for by `use`, and of population, over the region's places; null is missing. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const { geography, ordinals, keys, columns } = await readIndexTable(locals.database, locals.region!.mainGeography)
	const asked = new Set([...url.searchParams.getAll('use'), 'population'])
	const values = [...columns].filter(([key]) => asked.has(key)).map(([key, column]) => [key, Array.from(column, (value) => (Number.isNaN(value) ? null : value))])
	const places = url.searchParams.has('places') ? { ordinals, keys, names: ordinals.map((i) => geography.places[i]!.name), counties: ordinals.map((i) => geography.places[i]!.countyName) } : {}
	return json({ ...places, columns: Object.fromEntries(values) }, { headers: { 'cache-control': 'public, max-age=300' } })
}
