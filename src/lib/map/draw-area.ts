import type { Feature } from 'geojson'
import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl'
import type { Corner } from '#atlas'

/** An outline as it stands on the map while it is drawn. */
export interface DrawnOutline {
	corners: readonly Corner[]
	/** Whether the last corner is joined to the first. */
	closed: boolean
	/** The corners that crossing sides begin at, from 1. */
	crossing: readonly [number, number] | undefined
}

const SOURCE = 'outline'
/** Half of a target that a finger finds, in pixels. */
const REACH = 22

/** Adds what an outline is drawn with above everything else on the map. */
export function addOutlineLayers(map: MapLibre, token: (name: string) => string): void {
	map.addSource(SOURCE, { type: 'geojson', data: { type: 'FeatureCollection', features: [] } })
	map.addLayer({ id: 'outline-inside', type: 'fill', source: SOURCE, filter: ['==', ['get', 'what'], 'inside'], paint: { 'fill-color': token('--accent'), 'fill-opacity': 0.25 } })
	// A pale edge keeps the sides apart from the borders beneath them.
	map.addLayer({ id: 'outline-edge', type: 'line', source: SOURCE, filter: ['in', ['get', 'what'], ['literal', ['side', 'crossing']]], layout: { 'line-cap': 'round' }, paint: { 'line-color': token('--paper'), 'line-width': 7 } })
	map.addLayer({ id: 'outline-sides', type: 'line', source: SOURCE, filter: ['==', ['get', 'what'], 'side'], layout: { 'line-cap': 'round' }, paint: { 'line-color': token('--accent'), 'line-width': 3 } })
	map.addLayer({ id: 'outline-crossing', type: 'line', source: SOURCE, filter: ['==', ['get', 'what'], 'crossing'], layout: { 'line-cap': 'round' }, paint: { 'line-color': token('--harm'), 'line-width': 4, 'line-dasharray': [1.5, 1.5] } })
	map.addLayer({ id: 'outline-corners', type: 'circle', source: SOURCE, filter: ['==', ['get', 'what'], 'corner'], paint: { 'circle-color': token('--paper'), 'circle-radius': ['case', ['get', 'first'], 9, 6], 'circle-stroke-color': token('--accent'), 'circle-stroke-width': 3 } })
}

/** Draws an outline as it stands. */
export function showOutline(map: MapLibre, outline: DrawnOutline): void {
	map.getSource<GeoJSONSource>(SOURCE)!.setData({ type: 'FeatureCollection', features: featuresOf(outline) })
}

/** Whether a tap lands on the first corner, and so joins the outline. */
export function reachesFirst(map: MapLibre, corners: readonly Corner[], { x, y }: { x: number; y: number }): boolean {
	if (corners.length < 3) return false
	const first = map.project(corners[0] as [number, number])
	return Math.hypot(first.x - x, first.y - y) <= REACH
}

function featuresOf({ corners, closed, crossing }: DrawnOutline): Feature[] {
	const count = corners.length
	const at = (index: number) => [...corners[index % count]!]
	const sides = Math.max(0, closed && count > 2 ? count : count - 1)
	const inside: Feature[] = count > 2 ? [{ type: 'Feature', properties: { what: 'inside' }, geometry: { type: 'Polygon', coordinates: [[...corners, corners[0]!].map(([x, y]) => [x, y])] } }] : []
	return [
		...inside,
		...Array.from({ length: sides }, (_, i): Feature => ({ type: 'Feature', properties: { what: crossing?.includes(i + 1) ? 'crossing' : 'side' }, geometry: { type: 'LineString', coordinates: [at(i), at(i + 1)] } })),
		...(closed ? [] : corners.map((_, i): Feature => ({ type: 'Feature', properties: { what: 'corner', first: i === 0 }, geometry: { type: 'Point', coordinates: at(i) } }))),
	]
}
