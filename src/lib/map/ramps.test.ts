import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { PAIR, PALETTES, RAMP, rampIndex, SPLIT } from './ramps.ts'

type Triple = [number, number, number]
type Matrix = readonly [Triple, Triple, Triple]

/** Sight without one kind of cone, in linear light: Machado, Oliveira and Fernandes (2009), at full severity. */
const SIGHTS: Record<string, Matrix> = {
	usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
	deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
	protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
	tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}

const times = (matrix: Matrix, [a, b, c]: Triple) => matrix.map(([x, y, z]) => x * a + y * b + z * c) as Triple
const linear = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as Triple

/** Oklab of a colour as a sight receives it, times 100. */
function seen(hex: string, sight: Matrix): Triple {
	const light = times(sight, linear(hex)).map((part) => Math.min(1, Math.max(0, part))) as Triple
	const cones = times([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]], light).map(Math.cbrt) as Triple
	return times([[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099], [0.0259040371, 0.7827717662, -0.808675766]], cones).map((part) => 100 * part) as Triple
}

const distance = (a: Triple, b: Triple) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])

/** Lightness of a colour in grey print, 0 to 100 (CIE L*). */
function greyOf(hex: string): number {
	const [red, green, blue] = linear(hex)
	return 116 * Math.cbrt(0.2126 * red + 0.7152 * green + 0.0722 * blue) - 16
}

/** Smallest difference of neighbours along a ramp, or of any two where the colours have no order. */
function leastDifference(colours: readonly string[], sight: Matrix, neighbours: boolean): number {
	const all = colours.map((colour) => seen(colour, sight))
	return Math.min(...all.flatMap((a, i) => all.slice(i + 1, neighbours ? i + 2 : undefined).map((b) => distance(a, b))))
}

for (const paper of ['light', 'dark'] as const) {
	test(`on the ${paper} paper every sight tells the classes of every map apart`, () => {
		for (const [name, sight] of Object.entries(SIGHTS)) {
			assert.ok(leastDifference(RAMP[paper], sight, true) >= 9, `sequential, ${name}`)
			assert.ok(leastDifference(SPLIT[paper], sight, true) >= 16, `diverging, ${name}`)
			assert.ok(leastDifference(SPLIT[paper], sight, false) >= 11, `the two sides, ${name}`)
			assert.ok(leastDifference(PAIR[paper], sight, false) >= 8.5, `two measures, ${name}`)
		}
	})

	test(`on the ${paper} paper the sequential ramp keeps its order in grey print, by at least ten steps of lightness`, () => {
		const greys = RAMP[paper].map(greyOf)
		const steps = greys.slice(1).map((grey, i) => (grey - greys[i]!) * (paper === 'light' ? -1 : 1))
		assert.ok(steps.every((step) => step >= 10), steps.join())
	})
}

test('pages and pictures have the same colours', () => {
	const [light, dark] = readFileSync('src/lib/styles/tokens.css', 'utf8').split('@media (prefers-color-scheme: dark)') as [string, string]
	for (const [name, colours] of Object.entries(PALETTES)) {
		colours.light.forEach((colour, i) => assert.match(light, new RegExp(`--${name}-${i}: ${colour};`)))
		colours.dark.forEach((colour, i) => assert.match(dark, new RegExp(`--${name}-${i}: ${colour};`)))
	}
})

test('any number of classes from one to seven gets as many colours, the same ends and an ascending order', () => {
	for (let count = 2; count <= 7; count++) {
		const steps = Array.from({ length: count }, (_, i) => rampIndex(i, count))
		assert.deepEqual([steps[0], steps.at(-1), new Set(steps).size], [0, 6, count])
		assert.deepEqual(steps, [...steps].sort((a, b) => a - b))
	}
})
