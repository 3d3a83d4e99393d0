import type { Reader } from '#database'
import { decodeRings, featureGeometry } from '@throughline/geo'
import type { Geography, Place } from './places.ts'
import { takeTurns } from './take-turns.ts'
import type { AtlasTables } from './tables.ts'

/** The boundaries of a geography as GeoJSON text (RFC 7946), one feature a line; `propertiesOf` may leave a place out by undefined. */
export async function boundariesText(
	reader: Reader<AtlasTables>,
	geography: Geography,
	propertiesOf: (place: Place) => Record<string, unknown> | undefined = ({ geoid, name, countyName, inRegion }) => ({ geoid, name, county: countyName, in_region: inRegion }),
): Promise<string> {
	const chunks = await reader.selectFrom('atlas.geometry').select(['first_ordinal', 'rings']).where('geography', '=', geography.key).orderBy('chunk').execute()
	const pause = takeTurns()
	const features: string[] = []
	for (const { first_ordinal, rings } of chunks) {
		const layer = decodeRings(rings)
		for (let i = 0; i < layer.featureCount; i++) {
			const place = geography.places[first_ordinal + i]!
			const properties = propertiesOf(place)
			if (properties) features.push(JSON.stringify({ type: 'Feature', id: place.geoid, properties, geometry: featureGeometry(layer, i) }))
			await pause()
		}
	}
	return `{"type":"FeatureCollection","features":[\n${features.join(',\n')}\n]}\n`
}
