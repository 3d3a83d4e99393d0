/** A seeded stream of numbers in [0, 1): sfc32 (Chris Doty-Humphrey, PractRand), seeded through FNV-1a and warmed up. */
export function seededRandom(seed: string): () => number {
	let hash = 2166136261
	for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 16777619)
	let [a, b, c, d] = [hash, hash ^ 0x9e3779b9, hash ^ 0x243f6a88, 1]
	const next = () => {
		const t = (((a + b) | 0) + d) | 0
		d = (d + 1) | 0
		a = b ^ (b >>> 9)
		b = (c + (c << 3)) | 0
		c = (c << 21) | (c >>> 11)
		c = (c + t) | 0
		return (t >>> 0) / 4294967296
	}
	for (let i = 0; i < 15; i++) next()
	return next
}

/** A standard normal draw by the polar method of Marsaglia. */
export function normal(random: () => number): number {
	for (;;) {
		const [u, v] = [2 * random() - 1, 2 * random() - 1]
		const s = u * u + v * v
		if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s)
	}
}
