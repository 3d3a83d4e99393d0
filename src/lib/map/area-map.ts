import type { Map as MapLibre } from 'maplibre-gl'
import type { Corner } from '#atlas'
import { openBaseMap, tokenOf, type MapFrame, type MapWords } from './base-map.ts'
import { addCrossHair, isArrow, type CrossHair } from './cross-hair.ts'
import { addOutlineLayers, reachesFirst, showOutline, type DrawnOutline } from './draw-area.ts'
import { pickLayers, placeAtPixel, showPicked } from './pick-places.ts'

/** What `/areas/new/map.json` answers: the region's places, column by column in one order. */
export interface AreaMapPlaces extends MapFrame {
	ordinals: number[]
	geoids: string[]
	names: string[]
	counties: string[]
}

interface Listeners {
	/** A spot was tapped, or Enter pressed on the cross-hair. `joins`: it is the first corner. */
	onSpot(spot: { corner: Corner; place: number | undefined; joins: boolean }): void
	/** The cross-hair moved over a place: its index in the columns, undefined outside of all. */
	onHover(place: number | undefined): void
	/** Backspace or Delete was pressed. */
	onBack(): void
}

export interface AreaMap {
	onKey(event: KeyboardEvent): void
	/** Draws what is picked (indices in the columns) and the outline as it stands. */
	show(picked: readonly number[], outline: DrawnOutline): void
	remove(): void
}

/** Opens a map on which places are picked and outlines drawn; it keeps no state of what is made. Errors: when WebGL cannot start. */
export async function openAreaMap(container: HTMLElement, places: AreaMapPlaces, words: MapWords, listeners: Listeners): Promise<AreaMap> {
	const token = tokenOf(container)
	const map = await openBaseMap(container, places, words, pickLayers(places.ordinals, token))
	// Two quick taps are two corners.
	map.doubleClickZoom.disable()
	addOutlineLayers(map, token)
	const indexOf = new Map(places.ordinals.map((ordinal, index) => [ordinal, index]))
	const indexAt = (point: { x: number; y: number }) => indexOf.get(placeAtPixel(map, [point.x, point.y]) ?? -1)
	let corners: readonly Corner[] = []
	const spot = (point: { x: number; y: number }) => {
		const { lng, lat } = map.unproject([point.x, point.y])
		listeners.onSpot({ corner: [lng, lat], place: indexAt(point), joins: reachesFirst(map, corners, point) })
	}
	const hair = addCrossHair(container)
	map.on('click', ({ point }) => {
		hair.hide()
		spot(point)
	})
	map.getCanvas().style.cursor = 'crosshair'
	return {
		onKey: keysOf(map, hair, { spot, hover: (point) => listeners.onHover(indexAt(point)), back: listeners.onBack }),
		show(picked, outline) {
			corners = outline.closed ? [] : outline.corners
			showPicked(map, picked.map((index) => places.ordinals[index]!))
			showOutline(map, outline)
		},
		remove: () => map.remove(),
	}
}

interface KeyActions {
	spot(point: { x: number; y: number }): void
	hover(point: { x: number; y: number }): void
	back(): void
}

/** Arrows move the cross-hair (Shift: finely), Enter and the space bar use it, Backspace takes back, + and - zoom. */
function keysOf(map: MapLibre, hair: CrossHair, { spot, hover, back }: KeyActions): (event: KeyboardEvent) => void {
	return (event) => {
		if (event.target instanceof HTMLButtonElement || event.ctrlKey || event.metaKey || event.altKey) return
		if (isArrow(event.key)) {
			const beyond = hair.move(event.key, event.shiftKey)
			if (beyond[0] !== 0 || beyond[1] !== 0) map.panBy(beyond, { animate: false })
			hover(hair.at()!)
		} else if ((event.key === 'Enter' || event.key === ' ') && hair.at()) spot(hair.at()!)
		else if (event.key === 'Backspace' || event.key === 'Delete') back()
		else if (event.key === '+' || event.key === '=') map.zoomIn()
		else if (event.key === '-') map.zoomOut()
		else if (event.key !== 'Enter' && event.key !== ' ') return
		event.preventDefault()
	}
}
