import type { Bilingual, Unit, Verdict } from '#atlas'
import type { ExpressionSpecification, FilterSpecification, LayerSpecification, Map as MapLibre, MapLayerMouseEvent } from 'maplibre-gl'
import { keyboardOf, openBaseMap, PLACES, tokenOf, type MapFrame, type MapWords } from './base-map.ts'
import { countyLines, type CountyOutlines } from './county-lines.ts'

/** What `/indicators/…/values.json` answers: columns in one order, one entry per place of the region. */
export interface MapValues extends MapFrame {
	placeCount: number
	/** Names of the classes' colours, such as `ramp-0`. */
	colours: string[]
	countyOutlines: CountyOutlines
	ordinals: number[]
	geoids: string[]
	names: string[]
	counties: string[]
	values: (number | null)[]
	margins: (number | null)[]
	classes: number[]
	unreliable: number[]
	centroids: [number, number][]
	/** Where the map compares with earlier years. */
	earlierVintage?: string
	earlierValues?: (number | null)[]
	changes?: (number | null)[]
	changeMargins?: (number | null)[]
	verdicts?: (Verdict | 'missing')[]
	/** Where the map shows a second measure. */
	other?: { name: Bilingual; unit: Unit; decimals: number }
	otherValues?: (number | null)[]
	otherMargins?: (number | null)[]
}

export interface MapHandle {
	onKey(event: KeyboardEvent): void
	/** Marks a place by its index in the columns, as pointing at it does. */
	choose(index: number): void
	/** Calls back whenever the map is moved or zoomed by a person. */
	onMove(listener: (camera: Camera) => void): void
	/** Moves to where another map of the same size is, without telling of it. */
	follow(camera: Camera): void
	remove(): void
}

/** Where a map looks: its middle in degrees and its zoom. */
export interface Camera {
	center: [number, number]
	zoom: number
}

interface Listeners {
	/** A place was pointed at, tapped or walked to: its index in the columns. */
	onChoose(index: number): void
	/** A place was asked for: Enter, or a second tap. */
	onOpen(index: number): void
}

/** Opens the interactive map in `container` and resolves when it has drawn. Errors: when WebGL cannot start. */
export async function openChoropleth(container: HTMLElement, values: MapValues, words: MapWords, listeners: Listeners): Promise<MapHandle> {
	const indexOf = new Map(values.ordinals.map((ordinal, index) => [ordinal, index]))
	const map = await openBaseMap(container, values, words, layersOf(values, container), { hatch: drawHatch(container) })
	drawCounties(map, values, container)
	let chosen: number | undefined
	const choose = (index: number) => {
		if (index === chosen) return
		chosen = index
		map.setFilter('chosen', ['==', ['get', 'i'], values.ordinals[index]!])
		listeners.onChoose(index)
	}
	listenToPointer(map, indexOf, choose, (index) => listeners.onOpen(index))
	const onKey = keyboardOf(map, { centroids: values.centroids, chosen: () => chosen, choose, open: (index) => listeners.onOpen(index) })
	return { onKey, choose, ...linkable(map), remove: () => map.remove() }
}

/** What lets two maps move together. */
function linkable(map: MapLibre): Pick<MapHandle, 'onMove' | 'follow'> {
	let following = false
	return {
		onMove: (listener) => void map.on('move', () => {
			// A change of the window moves a map too, and each map by itself.
			if (!following && map.isMoving()) listener({ center: map.getCenter().toArray(), zoom: map.getZoom() })
		}),
		follow(camera) {
			following = true
			map.jumpTo(camera)
			following = false
		},
	}
}

/** County borders over the places and under the outline of the chosen one. */
function drawCounties(map: MapLibre, { countyOutlines, bounds }: MapValues, container: HTMLElement): void {
	const coordinates = countyLines(countyOutlines, bounds)
	map.addSource('counties', { type: 'geojson', data: { type: 'MultiLineString', coordinates } })
	map.addLayer({ id: 'counties', type: 'line', source: 'counties', layout: { 'line-join': 'round' }, paint: { 'line-color': tokenOf(container)('--map-county'), 'line-width': ['interpolate', ['linear'], ['zoom'], 7, 1.2, 11, 2.4], 'line-opacity': 0.9 } }, 'chosen')
}

/** An 8-pixel tile of diagonal lines. */
function drawHatch(container: HTMLElement): ImageData {
	const canvas = new OffscreenCanvas(8, 8)
	const context = canvas.getContext('2d')!
	const token = tokenOf(container)
	context.lineWidth = 1.1
	// A dark and a light line side by side are seen on every class.
	for (const [name, offset] of [['--hatch', 0], ['--map-line', 1.6]] as const) {
		context.strokeStyle = token(name)
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
function layersOf(values: MapValues, container: HTMLElement): LayerSpecification[] {
	const token = tokenOf(container)
	const colours = new Array<string>(values.placeCount).fill('rgba(0,0,0,0)')
	const hatched = new Array<boolean>(values.placeCount).fill(false)
	const missing = new Array<boolean>(values.placeCount).fill(false)
	values.ordinals.forEach((ordinal, index) => {
		const key = values.classes[index]!
		if (key >= 0) colours[ordinal] = token(`--${values.colours[key]}`)
		else missing[ordinal] = key === -1
		hatched[ordinal] = key >= 0 && values.unreliable[index] === 1
	})
	const lookUp = (list: (string | boolean)[]) => ['at', ['get', 'i'], ['literal', list]] as unknown as ExpressionSpecification
	const regional = ['in', ['get', 'i'], ['literal', values.ordinals]] as unknown as FilterSpecification
	return [
		{ id: 'fill', type: 'fill', ...PLACES, filter: regional, paint: { 'fill-color': ['to-color', lookUp(colours)], 'fill-antialias': false } },
		{ id: 'line', type: 'line', ...PLACES, filter: regional, paint: { 'line-color': token('--map-line'), 'line-width': ['interpolate', ['linear'], ['zoom'], 7, 0.3, 11, 1.2] } },
		{ id: 'missing', type: 'line', ...PLACES, filter: ['all', regional, ['==', lookUp(missing), true]] as unknown as FilterSpecification, paint: { 'line-color': token('--missing'), 'line-dasharray': [1, 2] } },
		{ id: 'uncertain', type: 'fill', ...PLACES, filter: ['all', regional, ['==', lookUp(hatched), true]] as unknown as FilterSpecification, paint: { 'fill-pattern': 'hatch' } },
		{ id: 'chosen', type: 'line', ...PLACES, filter: ['==', ['get', 'i'], -1], paint: { 'line-color': token('--ink'), 'line-width': 3 } },
	]
}
