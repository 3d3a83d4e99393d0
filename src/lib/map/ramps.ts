/** The sequential ramp of both papers, from little to much; tokens.css holds the same colours for pages. */
export const RAMP = {
	light: ['#e4eee9', '#b5d3cd', '#7fb2b0', '#43898d', '#125b66', '#07343f'],
	dark: ['#233634', '#2b5453', '#377775', '#4f9c97', '#82c3b8', '#c9ecdd'],
} as const

/** Colours of `count` classes out of the ramp: the ends first, so that few classes differ strongly. */
export function rampIndex(classIndex: number, count: number): number {
	return count <= 1 ? 3 : Math.round((classIndex * 5) / (count - 1))
}
