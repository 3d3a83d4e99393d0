import { existsSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { CoreTables } from '#database'
import { createTestDatabase } from '#database/testing'
import { findAreaProfile, findGeography, findPlaceShapes, findRegion, loadRegion, makeArea, readOutlines, type AtlasTables } from '#atlas/server'
import { joinLayers, overlayAreas, readGeoJson, type PolygonLayer } from '@throughline/geo'
import { timed, type Benchmark } from './measure.ts'

const ROOT = join(import.meta.dirname, '..')
const DATA = join(process.env.THROUGHLINE_SHARED ?? join(ROOT, '../shared'), 'data')
const CORNERS = 19_000
const RUNS = 3

/** An outline with a wavy border around the middle of Georgia; each `turn` is another one. */
function outline(turn: number): PolygonLayer {
	const ring = Array.from({ length: CORNERS }, (_, i) => {
		const [angle, reach] = [(2 * Math.PI * i) / CORNERS, 2.4 + 0.05 * Math.sin((400 * Math.PI * i) / CORNERS + turn)]
		return [-83.4 + reach * Math.cos(angle), 32.7 + reach * Math.sin(angle)]
	})
	return readGeoJson(Buffer.from(JSON.stringify({ type: 'Polygon', coordinates: [[...ring, ring[0]]] })), { fileName: 'outline' })
}

/** The longest wait of the event loop while `work` runs, in milliseconds. */
async function longestWait(work: () => Promise<unknown>): Promise<number> {
	const delay = monitorEventLoopDelay({ resolution: 1 })
	delay.enable()
	await pause(20)
	delay.reset()
	await work()
	await pause(20)
	delay.disable()
	return delay.max / 1e6
}

async function run() {
	const open = await createTestDatabase<AtlasTables & CoreTables>()
	try {
		await loadRegion({ database: open.database, regionsFolder: join(ROOT, 'regions'), region: 'metro-atlanta', dataFolder: DATA, now: () => new Date(), report: async () => undefined })
		const geography = (await findGeography(open.database, 'tract-2020'))!
		const waits: number[] = []
		let wholeMs = 0
		for (let turn = 0; turn <= RUNS; turn++) {
			const content = { kind: 'drawn' as const, layer: outline(turn) }
			const began = performance.now()
			waits.push(await longestWait(async () => {
				const id = await open.database.transaction().execute((writer) => makeArea(writer, 'visitor', geography, { name: `Turn ${turn}`, content }, new Date()))
				await findAreaProfile(open.database, id)
			}))
			wholeMs = performance.now() - began - 40
		}
		const { loadedAt } = (await findRegion(open.database))!
		const layers: PolygonLayer[] = []
		for await (const { layer } of readOutlines(open.database, await findPlaceShapes(open.database, geography.key, loadedAt), geography.places.map(({ ordinal }) => ordinal))) layers.push(layer)
		const tracts = joinLayers(layers)
		const oursMs = waits.slice(1).sort((a, b) => a - b)[RUNS >> 1]!
		return { oursMs, peerMs: timed(() => overlayAreas(tracts, outline(0)), RUNS), note: `real tracts of Georgia; ours: making the area and its profile of 26 measures, ${wholeMs.toFixed(0)} ms in all` }
	} finally {
		await open.close()
	}
}

export const benchmarks: Benchmark[] = existsSync(DATA)
	? [{ name: `longest wait of the event loop while an outline of ${CORNERS.toLocaleString('en')} corners is weighed against 2,791 tracts`, peer: 'the same overlay in one turn, without a profile', run }]
	: []
