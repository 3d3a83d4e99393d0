import { Z_90 } from './acs-moe.ts'

/**
 * Wilson's score interval of a share: (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n), in [0, 1]. `z` 1.645 is 90 percent, the confidence of
 * ACS margins. NaN without anybody. Source: Wilson 1927.
 */
export function wilsonInterval(count: number, total: number, z = Z_90): { low: number; high: number } {
	if (total === 0) return { low: NaN, high: NaN }
	const share = count / total
	const middle = share + (z * z) / (2 * total)
	const spread = z * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total))
	const scale = 1 + (z * z) / total
	return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) }
}
