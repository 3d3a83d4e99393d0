/** Work that several ask for at the same time is done once; who asks after it has ended begins it anew. */
export class SharedWork<Value> {
	private readonly running = new Map<string, Promise<Value>>()

	do(key: string, work: () => Promise<Value>): Promise<Value> {
		const known = this.running.get(key)
		if (known) return known
		const own = work().finally(() => this.running.delete(key))
		this.running.set(key, own)
		return own
	}
}
