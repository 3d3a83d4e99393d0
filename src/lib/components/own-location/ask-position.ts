/** Why a place could not be found from the device's position; `messages` hold a sentence for each under `location_…`. */
export type LocationFault = 'denied' | 'unavailable' | 'timeout' | 'insecure' | 'outside' | 'failed'

/** Where the device says it is, in degrees, and how far that may be off. */
export interface Position {
	longitude: number
	latitude: number
	accuracyMeters: number
}

const LONGEST_WAIT = 20_000
/** A position of this age still does. */
const MILLISECONDS_FRESH = 60_000
const FAULTS: Record<number, LocationFault> = { 1: 'denied', 2: 'unavailable', 3: 'timeout' }

/** Asks the browser, which asks the person. Gives the position, or why there is none. */
export function askPosition(): Promise<Position | LocationFault> {
	if (!window.isSecureContext || !('geolocation' in navigator)) return Promise.resolve('insecure')
	return new Promise((resolve) => {
		navigator.geolocation.getCurrentPosition(
			({ coords }) => resolve({ longitude: coords.longitude, latitude: coords.latitude, accuracyMeters: coords.accuracy }),
			({ code }) => resolve(FAULTS[code] ?? 'unavailable'),
			{ enableHighAccuracy: true, timeout: LONGEST_WAIT, maximumAge: MILLISECONDS_FRESH },
		)
	})
}
