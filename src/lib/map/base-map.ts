import { AttributionControl, Map as MapLibre, NavigationControl, setWorkerUrl, type LayerSpecification, type StyleSpecification, type VectorSourceSpecification } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import './map-buttons.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import type { Backdrop } from '#atlas/server'
import { backdropSource, withBackdrop } from './backdrop.ts'
import { nearestInDirection, type Arrow } from './keyboard-walk.ts'

setWorkerUrl(workerUrl)

/** What a map of a geography needs to begin: where its tiles are and where it lies. */
export interface MapFrame {
	geography: string
	/** West, south, east, north in degrees. */
	bounds: [number, number, number, number]
	minZoom: number
	maxZoom: number
	/** Roads and names beneath the outlines, where the region has them. */
	backdrop?: Backdrop | null | undefined
}

/** What the map's own buttons are called. */
export interface MapWords {
	zoomIn: string
	zoomOut: string
}

/** Layers of the places' tiles refer to these. */
export const PLACES = { source: 'places', 'source-layer': 'places' } as const

/** Opens a map of a geography's tiles with the given layers over plain paper, and resolves when it has drawn. Errors: when WebGL cannot start. */
export async function openBaseMap(container: HTMLElement, frame: MapFrame, words: MapWords, layers: LayerSpecification[], images: Record<string, ImageData> = {}): Promise<MapLibre> {
	const map = new MapLibre({
		container,
		style: makeStyle(container, frame, layers),
		bounds: frame.bounds,
		fitBoundsOptions: { padding: 16 },
		attributionControl: false,
		dragRotate: false,
		keyboard: false,
		pitchWithRotate: false,
		maxZoom: frame.maxZoom + 4,
		fadeDuration: 0,
		locale: { 'NavigationControl.ZoomIn': words.zoomIn, 'NavigationControl.ZoomOut': words.zoomOut },
	})
	// The container is the one stop of the keyboard; the canvas in it would be a second.
	const canvas = map.getCanvas()
	canvas.tabIndex = -1
	canvas.removeAttribute('role')
	canvas.removeAttribute('aria-label')
	map.touchZoomRotate.disableRotation()
	map.once('style.load', () => Object.entries(images).forEach(([name, image]) => map.addImage(name, image)))
	map.addControl(new NavigationControl({ showCompass: false }), 'top-right')
	if (frame.backdrop) map.addControl(new AttributionControl({ compact: false, customAttribution: [] }), 'bottom-right')
	await new Promise<void>((resolve, reject) => {
		map.once('idle', () => resolve())
		map.once('error', ({ error }) => reject(error))
	})
	return map
}

function makeStyle(container: HTMLElement, { geography, minZoom, maxZoom, bounds, backdrop }: MapFrame, layers: LayerSpecification[]): StyleSpecification {
	const token = tokenOf(container)
	const places: VectorSourceSpecification = { type: 'vector', tiles: [`${location.origin}/tiles/${geography}/{z}/{x}/{y}.mvt`], minzoom: minZoom, maxzoom: maxZoom, bounds }
	return {
		version: 8,
		sources: { places, ...(backdrop && { backdrop: backdropSource(backdrop, location.origin) }) },
		layers: [{ id: 'paper', type: 'background', paint: { 'background-color': token('--paper-sunken') } }, ...(backdrop ? withBackdrop(layers, token) : layers)],
	}
}

/** Reads the design's tokens as they are on this page, in this light. */
export function tokenOf(container: HTMLElement): (name: string) => string {
	const style = getComputedStyle(container)
	return (name) => style.getPropertyValue(name).trim()
}

const ARROWS: Record<string, Arrow> = { ArrowUp: 'north', ArrowDown: 'south', ArrowLeft: 'west', ArrowRight: 'east' }

export interface Walk {
	/** Degrees of the places that the keyboard walks along. */
	centroids: readonly (readonly [number, number])[]
	/** Index of the place where one stands. */
	chosen(): number | undefined
	choose(index: number): void
	/** Enter was pressed on a place. */
	open(index: number): void
}

/** What the keys do on a map: arrows walk from place to place, + and - zoom, Enter opens. */
export function keyboardOf(map: MapLibre, { centroids, chosen, choose, open }: Walk): (event: KeyboardEvent) => void {
	return (event) => {
		// The zoom buttons and the browser keep their own keys.
		if (event.target instanceof HTMLButtonElement || event.ctrlKey || event.metaKey || event.altKey) return
		const here = chosen()
		if (event.key === 'Enter' && here !== undefined) open(here)
		else if (event.key === '+' || event.key === '=') map.zoomIn()
		else if (event.key === '-') map.zoomOut()
		else if (event.key in ARROWS) {
			const next = nearestInDirection(centroids, here, ARROWS[event.key]!)
			choose(next)
			const to = centroids[next] as [number, number]
			if (!map.getBounds().contains(to)) map.panTo(to, { duration: 120 })
		} else return
		event.preventDefault()
	}
}
