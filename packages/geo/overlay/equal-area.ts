const RADIANS = Math.PI / 180
/** WGS 84: equatorial radius in metres and square of the eccentricity. */
const EQUATOR = 6_378_137
const E2 = 0.0818191908426215 ** 2
/** (k + 1) / (2k + 1) · e²ᵏ: the power series of the authalic q; the next term is below 1e-16. */
const SERIES = Float64Array.from({ length: 8 }, (_, k) => ((k + 1) / (2 * k + 1)) * E2 ** k)

/** Metres east of the meridian of Greenwich in Lambert's cylindrical equal-area projection. */
export function equalAreaX(longitude: number): number {
	return longitude * RADIANS * EQUATOR
}

/**
 * Metres north of the equator in Lambert's cylindrical equal-area projection of the WGS 84 ellipsoid (Snyder 1987, equations 3-12
 * and 10-15, the logarithm as its series): areas in this plane are areas on the ellipsoid.
 */
export function equalAreaY(latitude: number): number {
	const s = Math.sin(latitude * RADIANS)
	const ss = s * s
	let sum = 0
	for (let k = SERIES.length - 1; k >= 0; k--) sum = sum * ss + SERIES[k]!
	return EQUATOR * (1 - E2) * s * sum
}
