import type { PolygonLayer, PropertyValue } from './polygon-layer.ts'

/** One layer of the features of several, in order: what `encodeChunks` took apart, put together again. */
export function joinLayers(layers: readonly PolygonLayer[]): PolygonLayer {
	const joined = (name: 'ringOffsets' | 'polygonOffsets' | 'featureOffsets'): Uint32Array => {
		const offsets = new Uint32Array(1 + layers.reduce((sum, layer) => sum + layer[name].length - 1, 0))
		let at = 0
		for (const layer of layers) {
			const base = offsets[at]!
			for (let i = 1; i < layer[name].length; i++) offsets[++at] = base + layer[name][i]!
		}
		return offsets
	}
	const coordinates = new Float64Array(layers.reduce((sum, layer) => sum + layer.coordinates.length, 0))
	let at = 0
	for (const layer of layers) {
		coordinates.set(layer.coordinates, at)
		at += layer.coordinates.length
	}
	return {
		featureCount: layers.reduce((sum, layer) => sum + layer.featureCount, 0),
		coordinates,
		ringOffsets: joined('ringOffsets'),
		polygonOffsets: joined('polygonOffsets'),
		featureOffsets: joined('featureOffsets'),
		properties: joinProperties(layers),
		repairs: layers.reduce(
			(sum, { repairs }) => ({ closed: sum.closed + repairs.closed, turned: sum.turned + repairs.turned, dropped: sum.dropped + repairs.dropped }),
			{ closed: 0, turned: 0, dropped: 0 },
		),
	}
}

function joinProperties(layers: readonly PolygonLayer[]): Map<string, PropertyValue[]> {
	const names = new Set(layers.flatMap((layer) => [...layer.properties.keys()]))
	return new Map([...names].map((name) => {
		const values = layers.flatMap((layer) => layer.properties.get(name) ?? new Array<PropertyValue>(layer.featureCount).fill(null))
		return [name, values]
	}))
}
