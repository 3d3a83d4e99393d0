/** Pixels that an arrow moves the cross-hair, and with Shift. */
const STEP = 24
const FINE_STEP = 4
/** Nearer to the edge than this the map moves instead. */
const MARGIN = 40

export interface CrossHair {
	/** Where it stands, in pixels from the map's top left; undefined before the first arrow. */
	at(): { x: number; y: number } | undefined
	/** Moves by one step and returns how many pixels the map has to move so that it stays in sight. */
	move(key: string, fine: boolean): [number, number]
	hide(): void
}

const DIRECTIONS: Record<string, [number, number]> = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }

/** Whether a key moves a cross-hair. */
export function isArrow(key: string): boolean {
	return key in DIRECTIONS
}

/** Puts a cross-hair for the keyboard over a map; it begins in the middle. */
export function addCrossHair(container: HTMLElement): CrossHair {
	const mark = document.createElement('div')
	mark.className = 'cross-hair'
	mark.hidden = true
	container.append(mark)
	let place: { x: number; y: number } | undefined
	return {
		at: () => (mark.hidden ? undefined : place),
		move(key, fine) {
			const [dx, dy] = DIRECTIONS[key]!
			const step = fine ? FINE_STEP : STEP
			const [width, height] = [container.clientWidth, container.clientHeight]
			const wanted = place && !mark.hidden ? { x: place.x + dx * step, y: place.y + dy * step } : { x: width / 2, y: height / 2 }
			place = { x: Math.min(width - MARGIN, Math.max(MARGIN, wanted.x)), y: Math.min(height - MARGIN, Math.max(MARGIN, wanted.y)) }
			mark.hidden = false
			mark.style.transform = `translate(${place.x}px, ${place.y}px)`
			return [wanted.x - place.x, wanted.y - place.y]
		},
		hide: () => void (mark.hidden = true),
	}
}
