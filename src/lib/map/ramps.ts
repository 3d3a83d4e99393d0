type Papers = { light: readonly string[]; dark: readonly string[] }

/** The sequential ramp of both papers, from little to much in even steps of lightness; tokens.css holds the same colours for pages. */
export const RAMP = {
	light: ['#e4eee9', '#b1d0cb', '#7fb2b0', '#529395', '#2d737a', '#10535e', '#07343f'],
	dark: ['#233634', '#2b5554', '#377574', '#4b9692', '#72b6ad', '#a1d4c8', '#d3f2e4'],
} as const satisfies Papers

/** The diverging ramp of both papers: the better side, the middle, the worse side; blue against brown, which every kind of sight tells apart. */
export const SPLIT = {
	light: ['#0a4a5c', '#328294', '#85b9c0', '#efeadd', '#dba369', '#af621b', '#6e3200'],
	dark: ['#9be4ef', '#58a9b5', '#2f6e7b', '#34322d', '#8a5420', '#cd863f', '#ffc583'],
} as const satisfies Papers

/** Nine colours for two measures, three steps of the first within three steps of the second: neither, brown for the first, blue for the second, both. */
export const PAIR = {
	light: ['#ece8de', '#dfae6b', '#b9680e', '#93bcc9', '#8f8a78', '#8a5526', '#2d7f9b', '#2f5f74', '#2b2a33'],
	dark: ['#2d2b28', '#7d5420', '#d0872b', '#2a5f70', '#7a7768', '#dcae72', '#3f9fc0', '#8fbdc8', '#f3efe4'],
} as const satisfies Papers

/** Where nothing can be said of a difference. */
export const UNSURE = { light: ['#bfb8a9'], dark: ['#6a655c'] } as const satisfies Papers

/** Colours of maps by the beginning of their names: `ramp-0`, `split-6`, `pair-4`, `unsure-0`. */
export const PALETTES = { ramp: RAMP, split: SPLIT, pair: PAIR, unsure: UNSURE } as const satisfies Record<string, Papers>

const STEPS: readonly (readonly number[])[] = [[], [3], [0, 6], [0, 3, 6], [0, 2, 4, 6], [0, 1, 3, 5, 6], [0, 1, 2, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6]]

/** Colours of `count` classes, 1 to 7, out of the sequential ramp: the ends first, so that few classes differ strongly. */
export function rampIndex(classIndex: number, count: number): number {
	return STEPS[Math.min(count, 7)]![classIndex] ?? 6
}
