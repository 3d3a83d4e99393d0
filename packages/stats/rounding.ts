/**
 * Rounds to a number of decimals, halves away from zero, as statistical agencies print their tables.
 * A relative allowance of 2⁻⁵⁰ keeps 0.285 × 100 from being read as 28.499999. NaN stays NaN. Limits: |value| below 10¹².
 */
export function roundTo(value: number, decimals: number): number {
	if (value !== value) return value
	const factor = 10 ** decimals
	const rounded = Math.floor(Math.abs(value) * factor * (1 + 2 ** -50) + 0.5) / factor
	return value < 0 ? -rounded : rounded
}

/** `roundTo` for a whole column, in a new Float64Array; returns the column itself when `decimals` is undefined. */
export function roundColumn(values: Float64Array, decimals: number | undefined): Float64Array {
	if (decimals === undefined) return values
	const factor = 10 ** decimals
	const result = new Float64Array(values.length)
	for (let row = 0; row < values.length; row++) {
		const value = values[row]!
		const rounded = Math.floor(Math.abs(value) * factor * (1 + 2 ** -50) + 0.5) / factor
		result[row] = value < 0 ? -rounded : rounded
	}
	return result
}

/**
 * Rounds down to a number of decimals: 0.897 at two decimals is 0.89, so that what is printed never claims a threshold that
 * the number itself misses (the Climate and Economic Justice Screening Tool prints its percentiles in this way).
 */
export function floorTo(value: number, decimals: number): number {
	const factor = 10 ** decimals
	return Math.floor(value * factor * (1 + 2 ** -50)) / factor
}
