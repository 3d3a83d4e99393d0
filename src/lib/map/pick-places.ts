import type { FilterSpecification, LayerSpecification, Map as MapLibre, PointLike } from 'maplibre-gl'
import { PLACES } from './base-map.ts'

/** The region's places, ready to be told apart and picked: their outlines, and a wash over those that are picked. */
export function pickLayers(ordinals: readonly number[], token: (name: string) => string): LayerSpecification[] {
	const regional = ['in', ['get', 'i'], ['literal', ordinals]] as unknown as FilterSpecification
	return [
		{ id: 'land', type: 'fill', ...PLACES, filter: regional, paint: { 'fill-color': token('--paper-raised') } },
		{ id: 'picked', type: 'fill', ...PLACES, filter: pickedFilter([]), paint: { 'fill-color': token('--accent'), 'fill-opacity': 0.45 } },
		{ id: 'line', type: 'line', ...PLACES, filter: regional, paint: { 'line-color': token('--line-strong'), 'line-width': ['interpolate', ['linear'], ['zoom'], 7, 0.3, 11, 1.2] } },
		{ id: 'picked-line', type: 'line', ...PLACES, filter: pickedFilter([]), paint: { 'line-color': token('--accent'), 'line-width': 2.5 } },
	]
}

/** Draws which places are picked, by their ordinals. */
export function showPicked(map: MapLibre, ordinals: readonly number[]): void {
	for (const layer of ['picked', 'picked-line']) map.setFilter(layer, pickedFilter(ordinals))
}

/** The ordinal of the region's place at a point of the map in pixels. */
export function placeAtPixel(map: MapLibre, point: PointLike): number | undefined {
	return map.queryRenderedFeatures(point, { layers: ['land'] })[0]?.properties.i as number | undefined
}

function pickedFilter(ordinals: readonly number[]): FilterSpecification {
	return ['in', ['get', 'i'], ['literal', ordinals]] as unknown as FilterSpecification
}
