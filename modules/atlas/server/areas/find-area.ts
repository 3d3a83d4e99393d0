import type { CoreTables, Reader } from '#database'
import { decodeRings, featureGeometry } from '@throughline/geo'
import type { AreaTable, AtlasTables } from '../tables.ts'

type Tables = AtlasTables & CoreTables

export interface Area {
	id: string
	name: string
	kind: AreaTable['kind']
	geography: string
	geoids: string[]
	squareMeters: number
	bounds: number[]
	madeAt: Date
}

/** A row of the table as an area. */
export function toArea({ id, name, kind, geography, geoids, area_m2, bounds, made_at }: Omit<AreaTable, 'rings' | 'content_hash' | 'made_by'>): Area {
	return { id, name, kind, geography, geoids, squareMeters: area_m2, bounds, madeAt: made_at }
}

const COLUMNS = ['id', 'name', 'kind', 'geography', 'geoids', 'area_m2', 'bounds', 'made_at'] as const

/** Areas made here, newest first, and how many there are. */
export async function listAreas(reader: Reader<Tables>, { offset, limit }: { offset: number; limit: number }): Promise<{ total: number; areas: Area[] }> {
	const [{ total }, rows] = await Promise.all([
		reader.selectFrom('atlas.area').select(({ fn }) => fn.countAll<string>().as('total')).executeTakeFirstOrThrow(),
		reader.selectFrom('atlas.area').select(COLUMNS).orderBy('made_at', 'desc').orderBy('id').offset(offset).limit(limit).execute(),
	])
	return { total: Number(total), areas: rows.map(toArea) }
}

/** An area with its outline as a GeoJSON geometry for each feature; undefined when there is none. */
export async function findArea(reader: Reader<Tables>, id: string): Promise<{ area: Area; outline: () => ReturnType<typeof featureGeometry>[] } | undefined> {
	const row = await reader.selectFrom('atlas.area').selectAll().where('id', '=', id).executeTakeFirst()
	if (!row) return undefined
	const layer = decodeRings(row.rings)
	return { area: toArea(row), outline: () => Array.from({ length: layer.featureCount }, (_, i) => featureGeometry(layer, i)) }
}
