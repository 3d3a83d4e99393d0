export interface Moments {
	count: number
	mean: number
	/** Sample standard deviation (n − 1); NaN below two values. */
	standardDeviation: number
	/** Adjusted Fisher–Pearson skewness, as spreadsheets and COINr compute it; NaN below three values or without spread. */
	skewness: number
	/** Excess kurtosis, sample-adjusted; NaN below four values or without spread. */
	kurtosis: number
	minimum: number
	maximum: number
}

/** Count, mean, sample standard deviation, skewness, excess kurtosis and range of a column; missing values are left out. */
export function momentsOf(values: Float64Array): Moments {
	let count = 0
	let sum = 0
	let minimum = Infinity
	let maximum = -Infinity
	for (const value of values) {
		if (value !== value) continue
		count++
		sum += value
		if (value < minimum) minimum = value
		if (value > maximum) maximum = value
	}
	if (count === 0) return { count, mean: NaN, standardDeviation: NaN, skewness: NaN, kurtosis: NaN, minimum: NaN, maximum: NaN }
	const mean = sum / count
	const [second, third, fourth] = centralSums(values, mean)
	const standardDeviation = count > 1 ? Math.sqrt(second / (count - 1)) : NaN
	return { count, mean, standardDeviation, ...shape(count, second, third, fourth, standardDeviation), minimum, maximum }
}

function centralSums(values: Float64Array, mean: number): [number, number, number] {
	let [second, third, fourth] = [0, 0, 0]
	for (const value of values) {
		if (value !== value) continue
		const deviation = value - mean
		const square = deviation * deviation
		second += square
		third += square * deviation
		fourth += square * square
	}
	return [second, third, fourth]
}

function shape(n: number, second: number, third: number, fourth: number, sd: number): { skewness: number; kurtosis: number } {
	if (!(second > 0)) return { skewness: NaN, kurtosis: NaN }
	const skewness = n > 2 ? (n * third) / ((n - 1) * (n - 2) * sd ** 3) : NaN
	const kurtosis = n > 3
		? (n * (n + 1) * fourth) / ((n - 1) * (n - 2) * (n - 3) * sd ** 4) - (3 * (n - 1) ** 2) / ((n - 2) * (n - 3))
		: NaN
	return { skewness, kurtosis }
}
