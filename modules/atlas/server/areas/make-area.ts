import { appendToLedger, linkRecords, Refusal, type CoreTables, type Writer } from '#database'
import { areaSquareMeters, encodeRings, layerBounds, vertexCount, type PolygonLayer } from '@throughline/geo'
import { hashOf } from '../citations/identity.ts'
import type { Geography } from '../places.ts'
import type { AreaTable, AtlasTables } from '../tables.ts'
import { findParts, readPlaceLayer } from './area-parts.ts'

type Tables = AtlasTables & CoreTables

export interface AreaRequest {
	name: string
	/** Places of the main geography by GEOID, or an outline of one feature. */
	content: { geoids: readonly string[] } | { kind: 'drawn' | 'uploaded'; layer: PolygonLayer }
}

/** Corners that an outline may have. */
export const MOST_CORNERS = 20_000
/** Areas that may be made in a day by people who did not sign in. */
export const AREAS_A_DAY = 500

/**
 * Makes an area and returns its id; the same outline under the same name is the same area.
 * Errors: `area_without_name`, `area_without_places`, `area_unknown_places` (names them), `area_one_outline`, `area_too_many_corners`,
 * `area_outside`, `area_too_many_today`.
 */
export async function makeArea(writer: Writer<Tables>, actor: string, geography: Geography, request: AreaRequest, now: Date): Promise<string> {
	const name = request.name.trim().slice(0, 120)
	if (!name) throw new Refusal('area_without_name', {})
	const { kind, geoids, layer } = 'geoids' in request.content ? await pick(writer, geography, request.content.geoids) : { ...outline(request.content), geoids: [] as string[] }
	if (kind !== 'picked' && (await findParts(writer, geography.key, layer)).length === 0) throw new Refusal('area_outside', {})
	const rings = Buffer.from(encodeRings(layer))
	const hash = hashOf(`${geography.key}\n${kind}\n${name}\n${geoids.join()}\n${rings.toString('base64')}`)
	const id = `a-${BigInt(`0x${hash.subarray(0, 8).toString('hex')}`).toString(36).padStart(13, '0').slice(0, 12)}`
	await requireRoom(writer, actor, now)
	const row: AreaTable = { id, name, kind, geography: geography.key, rings, geoids, area_m2: areaSquareMeters(layer).reduce((sum, area) => sum + area, 0), bounds: layerBounds(layer), content_hash: hash, made_by: actor, made_at: now }
	const written = await writer.insertInto('atlas.area').values(row).onConflict((conflict) => conflict.column('id').doNothing()).returning('id').executeTakeFirst()
	if (!written) return id
	const record = `atlas:area/${id}`
	await linkRecords(writer, { from: record, relation: 'lies in', to: `atlas:geography/${geography.key}`, at: now, by: actor })
	await appendToLedger(writer, { at: now, actor, kind: 'area.made', subject: record, payload: { hash: hash.toString('hex') } })
	return id
}

async function pick(writer: Writer<Tables>, geography: Geography, asked: readonly string[]): Promise<{ kind: 'picked'; geoids: string[]; layer: PolygonLayer }> {
	const geoids = [...new Set(asked)].sort()
	if (geoids.length === 0) throw new Refusal('area_without_places', {})
	const byGeoid = new Map(geography.places.map((place) => [place.geoid, place]))
	const unknown = geoids.filter((geoid) => !byGeoid.get(geoid)?.inRegion)
	if (unknown.length > 0) throw new Refusal('area_unknown_places', { geoids: unknown.slice(0, 5).join(', '), count: unknown.length })
	return { kind: 'picked', geoids, layer: await readPlaceLayer(writer, geography.key, geoids.map((geoid) => byGeoid.get(geoid)!.ordinal)) }
}

function outline({ kind, layer }: { kind: 'drawn' | 'uploaded'; layer: PolygonLayer }) {
	if (layer.featureCount !== 1) throw new Refusal('area_one_outline', { count: layer.featureCount })
	if (vertexCount(layer) > MOST_CORNERS) throw new Refusal('area_too_many_corners', { count: vertexCount(layer), limit: MOST_CORNERS })
	return { kind, layer: { ...layer, properties: new Map() } }
}

async function requireRoom(writer: Writer<Tables>, actor: string, now: Date): Promise<void> {
	if (actor !== 'visitor') return
	const { total } = await writer
		.selectFrom('atlas.area')
		.select(({ fn }) => fn.countAll<string>().as('total'))
		.where('made_by', '=', 'visitor')
		.where('made_at', '>', new Date(now.getTime() - 86_400_000))
		.executeTakeFirstOrThrow()
	if (Number(total) >= AREAS_A_DAY) throw new Refusal('area_too_many_today', {})
}
