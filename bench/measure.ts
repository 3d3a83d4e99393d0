/** One row of docs/performance.md: our time beside a named peer's, both in milliseconds and in the same run. */
export interface Benchmark {
	name: string
	peer: string
	run(): Promise<{ oursMs: number; peerMs: number | undefined; note?: string }>
}

/** Median of `repeats` runs in milliseconds, after one run that warms up. */
export function timed(work: () => unknown, repeats = 3): number {
	work()
	const times = Array.from({ length: repeats }, () => {
		const start = performance.now()
		work()
		return performance.now() - start
	})
	return times.sort((a, b) => a - b)[repeats >> 1]!
}
