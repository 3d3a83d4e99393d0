import { ReadRefusal, shownList, shownValue } from '../read-refusal.ts'
import { ringRange, type PolygonLayer } from './polygon-layer.ts'

/** The texts of a property that name the features. Throws `key_column_missing`, `layer_key_empty`, `layer_key_twice`. */
export function layerKeys(layer: PolygonLayer, property: string, fileName: string): string[] {
	const values = layer.properties.get(property)
	const available = shownList([...layer.properties.keys()])
	if (!values) throw new ReadRefusal('key_column_missing', { file: fileName, column: property, available })
	const seen = new Map<string, number>()
	return values.map((value, index) => {
		const key = value === null ? '' : String(value).trim()
		const place = { file: fileName, column: property, feature: index + 1 }
		if (key === '') throw new ReadRefusal('layer_key_empty', place)
		const first = seen.get(key)
		if (first !== undefined) throw new ReadRefusal('layer_key_twice', { ...place, value: shownValue(key), first: first + 1 })
		seen.set(key, index)
		return key
	})
}

/** The named features of a layer, in the given order, as a layer of their own. */
export function selectFeatures(layer: PolygonLayer, features: ArrayLike<number>): PolygonLayer {
	const [ringOffsets, polygonOffsets, featureOffsets] = [[0], [0], [0]]
	const pieces: Float64Array[] = []
	let vertices = 0
	for (let i = 0; i < features.length; i++) {
		const feature = features[i]!
		const [firstRing, endRing] = ringRange(layer, feature)
		for (let polygon = layer.featureOffsets[feature]!; polygon < layer.featureOffsets[feature + 1]!; polygon++) {
			polygonOffsets.push(polygonOffsets.at(-1)! + layer.polygonOffsets[polygon + 1]! - layer.polygonOffsets[polygon]!)
		}
		for (let ring = firstRing; ring < endRing; ring++) {
			vertices += layer.ringOffsets[ring + 1]! - layer.ringOffsets[ring]!
			ringOffsets.push(vertices)
		}
		pieces.push(layer.coordinates.subarray(2 * layer.ringOffsets[firstRing]!, 2 * layer.ringOffsets[endRing]!))
		featureOffsets.push(polygonOffsets.length - 1)
	}
	const coordinates = new Float64Array(2 * vertices)
	let at = 0
	for (const piece of pieces) {
		coordinates.set(piece, at)
		at += piece.length
	}
	const order = Array.from(features)
	return {
		featureCount: order.length,
		coordinates,
		ringOffsets: Uint32Array.from(ringOffsets),
		polygonOffsets: Uint32Array.from(polygonOffsets),
		featureOffsets: Uint32Array.from(featureOffsets),
		properties: new Map([...layer.properties].map(([name, values]) => [name, order.map((feature) => values[feature] ?? null)])),
		repairs: layer.repairs,
	}
}
