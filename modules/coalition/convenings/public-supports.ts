import { isSmall } from '@throughline/disclosure'
import type { Support } from './convening.ts'

export interface SupportCounts {
	kind: Support
	requested: number
	askedThere: number
	delivered: number | undefined
}

/**
 * What everybody may read of the supports of a convening. A kind is shown whole or not at all: where any of its numbers, or what is left over
 * between them, is 1 to 10, no number of it is told, so that nothing follows by subtraction.
 */
export function publicSupports<T extends SupportCounts>(lines: readonly T[]): { shown: T[]; hidden: Support[] } {
	const isHidden = ({ requested, askedThere, delivered }: SupportCounts) => {
		const asked = requested + askedThere
		return [requested, askedThere, asked, ...(delivered === undefined ? [] : [delivered, Math.abs(asked - delivered)])].some((count) => isSmall(count))
	}
	return { shown: lines.filter((line) => !isHidden(line)), hidden: lines.filter(isHidden).map(({ kind }) => kind) }
}
