import { z } from 'zod'
import { NAME_KINDS } from '../../names.ts'

/** Names by which people know places: outlines, points, or a table of places. */
export const namesSchema = z.strictObject({
	geography: z.string(),
	format: z.enum(['geojson', 'topojson', 'shapefile', 'points', 'table']),
	/** The column with the name. */
	name: z.string(),
	/** What all of them are, or the column that says it of each. */
	kind: z.enum(NAME_KINDS).optional(),
	kind_column: z.string().optional(),
	object: z.string().optional(),
	/** For `points`: columns with degrees. */
	longitude: z.string().default('longitude'),
	latitude: z.string().default('latitude'),
	/** For `table`: the column with the place's key; a name has a row for each of its places. */
	key: z.string().default('GEOID'),
})

export type ManifestNames = z.infer<typeof namesSchema>
