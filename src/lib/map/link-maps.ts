import type { MapHandle } from './choropleth.ts'

/** Lets maps of the same size and places move together: what a person does to one happens to all others. */
export function linkMaps(handles: readonly Pick<MapHandle, 'onMove' | 'follow'>[]): void {
	for (const handle of handles) {
		handle.onMove((camera) => {
			for (const other of handles) if (other !== handle) other.follow(camera)
		})
	}
}
