/** Neither, only the first, only the second, both: told apart without red and green, and in grey print by their lightness. */
export const AGREEMENT_COLOURS = {
	light: ['#ece8de', '#d99a3d', '#6fa8b5', '#07343f'],
	dark: ['#2b2926', '#b7791f', '#3f7f8d', '#c9ecdd'],
} as const
