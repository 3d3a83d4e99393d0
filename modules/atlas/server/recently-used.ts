/** Values held in memory by a key, up to a weight of them all together; what was used least recently leaves first. */
export class RecentlyUsed<Value> {
	private readonly entries = new Map<string, Value>()
	private readonly limit: number
	private readonly weigh: (value: Value) => number
	private weight = 0

	/** `weigh` must give the same weight for the same value, always. */
	constructor(limit: number, weigh: (value: Value) => number) {
		this.limit = limit
		this.weigh = weigh
	}

	find(key: string): Value | undefined {
		const value = this.entries.get(key)
		if (value === undefined) return undefined
		this.entries.delete(key)
		this.entries.set(key, value)
		return value
	}

	/** Keeps a value unless there is one of that key. */
	keep(key: string, value: Value): void {
		if (this.entries.has(key)) return
		this.entries.set(key, value)
		this.weight += this.weigh(value)
		for (const [oldest, entry] of this.entries) {
			if (this.weight <= this.limit) break
			this.entries.delete(oldest)
			this.weight -= this.weigh(entry)
		}
	}
}
