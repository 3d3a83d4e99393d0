import type { Reader } from '#database'
import { decodeRings, featureGeometry } from '@throughline/geo'
import type { Geography, Place } from './places.ts'
import type { AtlasTables } from './tables.ts'

/** The boundaries of a geography as GeoJSON text (RFC 7946), one feature a line; `propertiesOf` may leave a place out by undefined. */
export async function boundariesText(
	reader: Reader<AtlasTables>,
	geography: Geography,
	propertiesOf: (place: Place) => Record<string, unknown> | undefined = ({ geoid, name, countyName, inRegion }) => ({ geoid, name, county: countyName, in_region: inRegion }),
): Promise<string> {
	const chunks = await reader.selectFrom('atlas.geometry').select(['first_ordinal', 'rings']).where('geography', '=', geography.key).orderBy('chunk').execute()
	const features = chunks.flatMap(({ first_ordinal, rings }) => {
		const layer = decodeRings(rings)
		return Array.from({ length: layer.featureCount }, (_, i) => {
			const place = geography.places[first_ordinal + i]!
			const properties = propertiesOf(place)
			return properties ? JSON.stringify({ type: 'Feature', id: place.geoid, properties, geometry: featureGeometry(layer, i) }) : ''
		}).filter(Boolean)
	})
	return `{"type":"FeatureCollection","features":[\n${features.join(',\n')}\n]}\n`
}
