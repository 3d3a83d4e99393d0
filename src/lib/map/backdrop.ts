import type { ExpressionSpecification, LayerSpecification, VectorSourceSpecification } from 'maplibre-gl'
import type { Backdrop } from '#atlas/server'

const ROADS = { source: 'backdrop', 'source-layer': 'roads' } as const
const LABELS = { source: 'backdrop', 'source-layer': 'labels' } as const

/** Widths in pixels at zooms 6, 10 and 14, by class of road. */
const WIDTHS: Record<string, [number, number, number]> = { motorway: [0.6, 1.4, 3.2], trunk: [0.5, 1.1, 2.8], primary: [0.3, 0.6, 2.2], secondary: [0.2, 0.3, 1.5], tertiary: [0.1, 0.15, 1] }
/** Sizes of names in pixels, larger settlements first. */
const SIZES: Record<string, number> = { city: 15, town: 13, village: 12, suburb: 12, hamlet: 11, neighbourhood: 11 }

/** The vector source of a backdrop, its tiles on the server at `origin`. */
export function backdropSource({ tiles, minZoom, maxZoom, bounds, attribution }: Backdrop, origin: string): VectorSourceSpecification {
	return { type: 'vector', tiles: [origin + tiles], minzoom: minZoom, maxzoom: maxZoom, bounds, attribution }
}

/**
 * The layers of a map with those of its backdrop among them: roads over the colours and beneath the first outline, names above everything.
 * `token` reads a colour of the design, so that both stand out on either paper and on every class.
 */
export function withBackdrop(layers: readonly LayerSpecification[], token: (name: string) => string): LayerSpecification[] {
	const outline = layers.findIndex(({ type }) => type === 'line')
	const at = outline < 0 ? layers.length : outline
	return [...layers.slice(0, at), ...roadLayers(token), ...layers.slice(at), labelLayer(token)]
}

function roadLayers(token: (name: string) => string): LayerSpecification[] {
	const width = (extra: number) => ['interpolate', ['exponential', 1.4], ['zoom'], ...[6, 10, 14].flatMap((zoom, i) => [zoom, byClass((widths) => widths[i]! + extra)])] as unknown as ExpressionSpecification
	const layout = { 'line-cap': 'round', 'line-join': 'round' } as const
	return [
		// A pale edge on both sides keeps a road apart from dark classes.
		{ id: 'road-edges', type: 'line', ...ROADS, layout, paint: { 'line-color': token('--paper'), 'line-opacity': 0.5, 'line-width': width(0.8) } },
		{ id: 'roads', type: 'line', ...ROADS, layout, paint: { 'line-color': token('--line-strong'), 'line-opacity': 0.85, 'line-width': width(0) } },
	]
}

const byClass = (widthOf: (widths: [number, number, number]) => number) => ['match', ['get', 'class'], ...Object.entries(WIDTHS).flatMap(([road, widths]) => [road, widthOf(widths)]), 0.3]

function labelLayer(token: (name: string) => string): LayerSpecification {
	const size = ['match', ['get', 'kind'], ...Object.entries(SIZES).flat(), 11] as unknown as ExpressionSpecification
	const order = ['match', ['get', 'kind'], ...Object.keys(SIZES).flatMap((kind, i) => [kind, i]), 9] as unknown as ExpressionSpecification
	return {
		id: 'backdrop-labels', type: 'symbol', ...LABELS,
		layout: { 'text-field': ['get', 'name'], 'text-font': ['Inter'], 'text-size': size, 'symbol-sort-key': order, 'text-padding': 6, 'text-max-width': 8 },
		paint: { 'text-color': token('--ink'), 'text-halo-color': token('--paper'), 'text-halo-width': 2 },
	}
}
