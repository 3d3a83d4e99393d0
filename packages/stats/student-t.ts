const MOST_STEPS = 400
const PRECISE = 1e-15

/** Coefficients of the Lanczos approximation with g = 7 and nine terms. */
const LANCZOS = [0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7]

/** Natural logarithm of the gamma function of x > 0. */
function logGamma(x: number): number {
	const z = x - 1
	const sum = LANCZOS.reduce((total, coefficient, n) => (n === 0 ? coefficient : total + coefficient / (z + n)), 0)
	const t = z + 7.5
	return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum)
}

/** Regularized incomplete beta function by its continued fraction (Abramowitz and Stegun 26.5.8, evaluated after Lentz). */
function incompleteBeta(x: number, a: number, b: number): number {
	if (x <= 0) return 0
	if (x >= 1) return 1
	if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
	const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x)) / a
	const away = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value)
	let c = 1
	let d = 1 / away(1 - ((a + b) * x) / (a + 1))
	let fraction = d
	for (let m = 1; m < MOST_STEPS; m++) {
		const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
		d = 1 / away(1 + even * d)
		c = away(1 + even / c)
		fraction *= d * c
		const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
		d = 1 / away(1 + odd * d)
		c = away(1 + odd / c)
		fraction *= d * c
		if (Math.abs(d * c - 1) < PRECISE) break
	}
	return front * fraction
}

/** Chance that Student's t with so many degrees of freedom (more than 0, whole or not) is at most t. Absolute error below 1e-12. */
export function studentT(t: number, degreesOfFreedom: number): number {
	const half = incompleteBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5) / 2
	return t < 0 ? half : 1 - half
}

/** The t of Student's distribution below which a share lies, 0 < share < 1, by halving. Relative error below 1e-9 for shares up to 0.9999. */
export function studentTQuantile(share: number, degreesOfFreedom: number): number {
	if (!(share > 0 && share < 1 && degreesOfFreedom > 0)) return NaN
	if (share < 0.5) return -studentTQuantile(1 - share, degreesOfFreedom)
	let [low, high] = [0, 1]
	while (studentT(high, degreesOfFreedom) < share) high *= 2
	for (let step = 0; step < 80; step++) {
		const middle = (low + high) / 2
		if (studentT(middle, degreesOfFreedom) < share) low = middle
		else high = middle
	}
	return (low + high) / 2
}

/** A mean of a sample, as Welch's interval needs it. */
export interface SampleMean {
	mean: number
	standardDeviation: number
	/** Observations, at least 2. */
	count: number
}

/**
 * Difference of two means, the second less the first, with the half-width of its interval for unequal variances (B. L. Welch, The generalization
 * of "Student's" problem when several different population variances are involved, Biometrika 34, 1947) and its degrees of freedom. `level` is
 * the share of such intervals that hold the true difference, 0.95 for 95 %.
 */
export function welchInterval(first: SampleMean, second: SampleMean, level: number): { difference: number; margin: number; degreesOfFreedom: number } {
	const [a, b] = [first.standardDeviation ** 2 / first.count, second.standardDeviation ** 2 / second.count]
	const degreesOfFreedom = a + b === 0 ? Math.min(first.count, second.count) - 1 : (a + b) ** 2 / (a ** 2 / (first.count - 1) + b ** 2 / (second.count - 1))
	return { difference: second.mean - first.mean, margin: studentTQuantile((1 + level) / 2, degreesOfFreedom) * Math.sqrt(a + b), degreesOfFreedom }
}
