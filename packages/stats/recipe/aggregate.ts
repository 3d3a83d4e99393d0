import { roundColumn } from '../rounding.ts'
import type { Composite } from './types.ts'

export interface Member {
	values: Float64Array
	weight: number
}

/**
 * Puts members together row by row. Without `minimumPresent` a missing member makes the result missing; with it, the members that are
 * there stand for the others (mean and geometric mean with their weights renormalised; a sum is scaled up to all weights).
 * Geometric: exp(Σ w ln x / Σ w); a zero gives 0, a negative value is missing.
 */
export function aggregateMembers(members: Member[], composite: Composite, rowCount: number, minimumPresent?: number): Float64Array {
	const allWeights = members.reduce((sum, { weight }) => sum + weight, 0)
	const least = Math.min(minimumPresent ?? members.length, members.length)
	const geometric = composite.aggregate === 'geometric'
	const result = new Float64Array(rowCount)
	for (let row = 0; row < rowCount; row++) {
		let [present, weights, sum] = [0, 0, 0]
		for (let index = 0; index < members.length; index++) {
			const { values, weight } = members[index]!
			const value = values[row]!
			if (value !== value) continue
			present++
			weights += weight
			sum += weight * (geometric ? Math.log(value) : value)
		}
		if (present < least || present === 0) result[row] = NaN
		else if (geometric) result[row] = Math.exp(sum / weights)
		else if (composite.aggregate === 'mean') result[row] = sum / weights
		else result[row] = present === members.length ? sum : sum * (allWeights / weights)
	}
	return roundColumn(result, composite.decimals)
}

/** How many members are missing in each row. */
export function countMissing(members: Float64Array[], rowCount: number): Float64Array {
	const counts = new Float64Array(rowCount)
	for (const values of members) for (let row = 0; row < rowCount; row++) if (values[row] !== values[row]) counts[row]!++
	return counts
}

/** Sum of 0/1 flags; missing when any of them is. */
export function sumFlags(flags: Float64Array[], rowCount: number): Float64Array {
	const sum = new Float64Array(rowCount)
	for (const values of flags) for (let row = 0; row < rowCount; row++) sum[row]! += values[row]!
	return sum
}
