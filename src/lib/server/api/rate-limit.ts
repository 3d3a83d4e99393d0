export interface Allowance {
	allowed: boolean
	limit: number
	remaining: number
	/** Seconds until the count begins anew. */
	resetSeconds: number
}

const WINDOW_SECONDS = 60

/** Counts requests by address in windows of a minute. At most `size` addresses are remembered; the one unseen for longest is forgotten first. */
export class RateLimit {
	private readonly counts = new Map<string, { used: number; ends: number }>()
	private readonly limit: number
	private readonly size: number

	constructor(limit: number, size = 20_000) {
		this.limit = limit
		this.size = size
	}

	/** Counts one request of an address at a moment in milliseconds. */
	take(address: string, now: number): Allowance {
		const key = networkOf(address)
		const known = this.counts.get(key)
		const count = known && known.ends > now ? known : { used: 0, ends: now + WINDOW_SECONDS * 1000 }
		count.used++
		this.counts.delete(key)
		this.counts.set(key, count)
		if (this.counts.size > this.size) this.counts.delete(this.counts.keys().next().value!)
		return {
			allowed: count.used <= this.limit,
			limit: this.limit,
			remaining: Math.max(0, this.limit - count.used),
			resetSeconds: Math.ceil((count.ends - now) / 1000),
		}
	}

	/** Whether an address has used up its minute, without counting anything. */
	isSpent(address: string, now: number): boolean {
		const known = this.counts.get(networkOf(address))
		return known !== undefined && known.ends > now && known.used >= this.limit
	}

	/** How many addresses are remembered. */
	get remembered(): number {
		return this.counts.size
	}
}

/** An IPv4 address as it is; of an IPv6 address the /64, which one household or office has whole. */
function networkOf(address: string): string {
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
	if (mapped) return mapped[1]!
	if (!address.includes(':')) return address
	const [head = '', tail] = address.split('%')[0]!.split('::')
	const groups = head.split(':').filter(Boolean)
	const after = tail === undefined ? 0 : tail.split(':').filter(Boolean).length
	const filled = tail === undefined ? groups : [...groups, ...Array<string>(Math.max(0, 8 - groups.length - after)).fill('0'), ...tail.split(':').filter(Boolean)]
	return filled.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':')
}

/** The headers in which an answer tells how many requests are left (draft-ietf-httpapi-ratelimit-headers). */
export function rateHeaders({ limit, remaining, resetSeconds }: Allowance): Record<string, string> {
	return { 'ratelimit-policy': `"address";q=${limit};w=${WINDOW_SECONDS}`, ratelimit: `"address";r=${remaining};t=${resetSeconds}` }
}

/** What `THROUGHLINE_API_LIMIT` says: requests a minute from one address, 0 for no limit; anything but a whole number is the default. */
export function limitFromEnvironment(environment: Record<string, string | undefined> = process.env): number {
	const text = environment.THROUGHLINE_API_LIMIT ?? ''
	return /^\d{1,9}$/.test(text) ? Number(text) : 600
}
