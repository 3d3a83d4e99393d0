const TERMS = 120

/**
 * Two-sided p-value of a standard normal z: the chance of a value at least as far from 0. In [0, 1]; missing for a missing z.
 * Relative error below 1e-12 (series below |z| = 3, continued fraction above; Abramowitz and Stegun 26.2.10 and 26.2.14).
 */
export function twoSidedPValue(z: number): number {
	const x = Math.abs(z)
	if (x !== x) return NaN
	return x < 3 ? 1 - 2 * areaFromCentre(x) : 2 * tail(x)
}

/** Area under the density between 0 and x: φ(x) · Σ x^(2n+1) / (1·3·5…(2n+1)). */
function areaFromCentre(x: number): number {
	let term = x
	let sum = x
	for (let n = 1; n < TERMS; n++) {
		term *= (x * x) / (2 * n + 1)
		sum += term
	}
	return density(x) * sum
}

/** Area beyond x: φ(x) / (x + 1 / (x + 2 / (x + 3 / …))), from the inside out. */
function tail(x: number): number {
	if (x === Infinity) return 0
	let fraction = x
	for (let n = TERMS; n > 0; n--) fraction = x + n / fraction
	return density(x) / fraction
}

function density(x: number): number {
	return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
}
