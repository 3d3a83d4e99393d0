import { Map as MapLibre, NavigationControl, setWorkerUrl, type ExpressionSpecification, type FilterSpecification, type MapLayerMouseEvent, type StyleSpecification } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import './map-buttons.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { nearestInDirection, type Arrow } from './keyboard-walk.ts'
import { rampIndex } from './ramps.ts'

setWorkerUrl(workerUrl)

/** What `/indicators/…/values.json` answers: columns in one order, one entry per place of the region. */
export interface MapValues {
	geography: string
	bounds: [number, number, number, number]
	minZoom: number
	maxZoom: number
	placeCount: number
	classCount: number
	ordinals: number[]
	geoids: string[]
	names: string[]
	counties: string[]
	values: (number | null)[]
	margins: (number | null)[]
	classes: number[]
	unreliable: number[]
	centroids: [number, number][]
}

export interface MapHandle {
	onKey(event: KeyboardEvent): void
	remove(): void
}

/** What the map's own buttons are called. */
export interface MapWords {
	zoomIn: string
	zoomOut: string
}

interface Listeners {
	/** A place was pointed at, tapped or walked to: its index in the columns. */
	onChoose(index: number): void
	/** A place was asked for: Enter, or a second tap. */
	onOpen(index: number): void
}

const ARROWS: Record<string, Arrow> = { ArrowUp: 'north', ArrowDown: 'south', ArrowLeft: 'west', ArrowRight: 'east' }

/** Opens the interactive map in `container` and resolves when it has drawn. Errors: when WebGL cannot start. */
export async function openChoropleth(container: HTMLElement, values: MapValues, words: MapWords, listeners: Listeners): Promise<MapHandle> {
	const indexOf = new Map(values.ordinals.map((ordinal, index) => [ordinal, index]))
	const map = new MapLibre({
		container,
		style: makeStyle(values, container),
		bounds: values.bounds,
		fitBoundsOptions: { padding: 16 },
		attributionControl: false,
		dragRotate: false,
		keyboard: false,
		pitchWithRotate: false,
		maxZoom: values.maxZoom + 4,
		fadeDuration: 0,
		locale: { 'NavigationControl.ZoomIn': words.zoomIn, 'NavigationControl.ZoomOut': words.zoomOut },
	})
	// The container is the one stop of the keyboard; the canvas in it would be a second.
	const canvas = map.getCanvas()
	canvas.tabIndex = -1
	canvas.removeAttribute('role')
	canvas.removeAttribute('aria-label')
	map.touchZoomRotate.disableRotation()
	map.once('style.load', () => void map.addImage('hatch', drawHatch(container)))
	map.addControl(new NavigationControl({ showCompass: false }), 'top-right')
	await new Promise<void>((resolve, reject) => {
		map.once('idle', () => resolve())
		map.once('error', ({ error }) => reject(error))
	})
	let chosen: number | undefined
	const choose = (index: number) => {
		if (index === chosen) return
		chosen = index
		map.setFilter('chosen', ['==', ['get', 'i'], values.ordinals[index]!])
		listeners.onChoose(index)
	}
	listenToPointer(map, indexOf, choose, (index) => listeners.onOpen(index))
	const onKey = (event: KeyboardEvent) => {
		// The zoom buttons and the browser keep their own keys.
		if (event.target instanceof HTMLButtonElement || event.ctrlKey || event.metaKey || event.altKey) return
		if (event.key === 'Enter' && chosen !== undefined) listeners.onOpen(chosen)
		else if (event.key === '+' || event.key === '=') map.zoomIn()
		else if (event.key === '-') map.zoomOut()
		else if (event.key in ARROWS) {
			const next = nearestInDirection(values.centroids, chosen, ARROWS[event.key]!)
			choose(next)
			if (!map.getBounds().contains(values.centroids[next]!)) map.panTo(values.centroids[next]!, { duration: 120 })
		} else return
		event.preventDefault()
	}
	return { onKey, remove: () => map.remove() }
}

/** An 8-pixel tile of diagonal lines. */
function drawHatch(container: HTMLElement): ImageData {
	const canvas = new OffscreenCanvas(8, 8)
	const context = canvas.getContext('2d')!
	const style = getComputedStyle(container)
	context.lineWidth = 1.1
	// A dark and a light line side by side are seen on every class.
	for (const [token, offset] of [['--hatch', 0], ['--map-line', 1.6]] as const) {
		context.strokeStyle = style.getPropertyValue(token)
		context.globalAlpha = 0.7
		for (const shift of [-8, 0, 8]) {
			context.beginPath()
			context.moveTo(shift + offset, 8)
			context.lineTo(shift + 8 + offset, 0)
			context.stroke()
		}
	}
	return context.getImageData(0, 0, 8, 8)
}

function listenToPointer(map: MapLibre, indexOf: Map<number, number>, choose: (index: number) => void, open: (index: number) => void): void {
	const indexAt = (event: MapLayerMouseEvent) => indexOf.get(event.features?.[0]?.properties.i as number)
	map.on('mousemove', 'fill', (event) => {
		const index = indexAt(event)
		map.getCanvas().style.cursor = index === undefined ? '' : 'pointer'
		if (index !== undefined) choose(index)
	})
	map.on('click', 'fill', (event) => {
		const index = indexAt(event)
		if (index !== undefined) choose(index)
	})
	map.on('dblclick', 'fill', (event) => {
		const index = indexAt(event)
		if (index === undefined) return
		event.preventDefault()
		open(index)
	})
}

/** Colours are looked up by the place's ordinal in one array, so no feature needs a state of its own. */
function makeStyle(values: MapValues, container: HTMLElement): StyleSpecification {
	const token = (name: string) => getComputedStyle(container).getPropertyValue(name).trim()
	const colours = new Array<string>(values.placeCount).fill('rgba(0,0,0,0)')
	const hatched = new Array<boolean>(values.placeCount).fill(false)
	const missing = new Array<boolean>(values.placeCount).fill(false)
	values.ordinals.forEach((ordinal, index) => {
		const key = values.classes[index]!
		if (key >= 0) colours[ordinal] = token(`--ramp-${rampIndex(key, values.classCount)}`)
		else missing[ordinal] = true
		hatched[ordinal] = key >= 0 && values.unreliable[index] === 1
	})
	const lookUp = (list: (string | boolean)[]) => ['at', ['get', 'i'], ['literal', list]] as unknown as ExpressionSpecification
	const regional = ['in', ['get', 'i'], ['literal', values.ordinals]] as unknown as FilterSpecification
	const layer = { source: 'places', 'source-layer': 'places' } as const
	return {
		version: 8,
		sources: {
			places: { type: 'vector', tiles: [`${location.origin}/tiles/${values.geography}/{z}/{x}/{y}.mvt`], minzoom: values.minZoom, maxzoom: values.maxZoom, bounds: values.bounds },
		},
		layers: [
			{ id: 'paper', type: 'background', paint: { 'background-color': token('--paper-sunken') } },
			{ id: 'fill', type: 'fill', ...layer, filter: regional, paint: { 'fill-color': ['to-color', lookUp(colours)], 'fill-antialias': false } },
			{ id: 'line', type: 'line', ...layer, filter: regional, paint: { 'line-color': token('--map-line'), 'line-width': ['interpolate', ['linear'], ['zoom'], 7, 0.3, 11, 1.2] } },
			{ id: 'missing', type: 'line', ...layer, filter: ['all', regional, ['==', lookUp(missing), true]] as unknown as FilterSpecification, paint: { 'line-color': token('--missing'), 'line-dasharray': [1, 2] } },
			{ id: 'uncertain', type: 'fill', ...layer, filter: ['all', regional, ['==', lookUp(hatched), true]] as unknown as FilterSpecification, paint: { 'fill-pattern': 'hatch' } },
			{ id: 'chosen', type: 'line', ...layer, filter: ['==', ['get', 'i'], -1], paint: { 'line-color': token('--ink'), 'line-width': 3 } },
		],
	}
}
