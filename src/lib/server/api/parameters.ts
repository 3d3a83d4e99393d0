import { z } from 'zod'
import { findGeography, listGeographies, type Box, type Geography } from '#atlas/server'
import { Refusal } from '#database'

/** Descriptions are keys of messages: the same sentence stands in the description of the interface and in a refusal. */
export const format = z.enum(['json', 'csv']).optional().describe('api_param_format')
export const cursor = z.string().regex(/^[a-z0-9]{1,12}-[a-z0-9]{1,12}$/).optional().describe('api_param_cursor')
export const geographyKey = z.string().regex(/^[a-z0-9-]{1,60}$/).describe('api_param_geography')
export const countyGeoid = z.string().regex(/^\d{5}$/).describe('api_param_county')
export const geoid = z.string().regex(/^\d{1,20}$/).describe('api_param_geoid')
export const indicatorKey = z.string().regex(/^[a-z0-9-]{1,80}$/).describe('api_param_indicator')
export const scope = z.enum(['region', 'all']).default('region').describe('api_param_scope')
export const bbox = z
	.preprocess((text) => (typeof text === 'string' ? text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part))) : text), z.array(z.number()).min(4).max(6))
	.refine(isBox)
	.optional()
	.describe('api_param_bbox')

export const limitUpTo = (most: number, usual: number) => z.coerce.number().int().min(1).max(most).default(usual).describe('api_param_limit')

/** Four numbers, or six with heights; south not above north; west may be above east, across the antimeridian. */
function isBox(numbers: number[]): boolean {
	if (numbers.length === 5) return false
	const [west, south, east, north] = flat(numbers)
	return south <= north && [west, east].every((degrees) => Math.abs(degrees) <= 180) && [south, north].every((degrees) => Math.abs(degrees) <= 90)
}

/** Without heights. */
export function flat(numbers: readonly number[]): Box {
	return numbers.length === 6 ? [numbers[0]!, numbers[1]!, numbers[3]!, numbers[4]!] : [numbers[0]!, numbers[1]!, numbers[2]!, numbers[3]!]
}

/** The geography a parameter names, else the region's main one. Errors: `api_geography_unknown`. */
export async function geographyAsked(locals: App.Locals, key: string | undefined): Promise<Geography> {
	const geography = await findGeography(locals.database, key ?? locals.region!.mainGeography)
	if (geography) return geography
	const known = (await listGeographies(locals.database)).map((listed) => listed.key).join(', ')
	throw new Refusal('api_geography_unknown', { geography: key!, known })
}

/** Ordinals of a county, or of the region, or of all places. Errors: `api_county_unknown`. */
export function ordinalsAsked(geography: Geography, { county, scope }: { county?: string; scope: 'region' | 'all' }): number[] {
	const within = scope === 'all' ? geography.places.map(({ ordinal }) => ordinal) : geography.regional
	if (!county) return within
	const own = geography.byCounty.get(county)
	if (!own) throw new Refusal('api_county_unknown', { county, geography: geography.key })
	return own.filter((ordinal) => scope === 'all' || geography.places[ordinal]!.inRegion)
}
