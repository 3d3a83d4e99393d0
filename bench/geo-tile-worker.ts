import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { buildBlock, type TileBlock, type TileOptions, type TileSource } from '@throughline/geo'

export interface TileWork {
	source: TileSource
	plan: TileBlock[]
	options: Omit<TileOptions, 'propertiesOf'>
	/** First number of the GEOIDs, which run on from there. */
	firstGeoid: number
	/** One shared number: the next block of the plan to take. */
	next: Int32Array
}

/** What a worker made of one block: the bytes of its tiles, handed over without copying. */
export interface TileBatch {
	tiles: Uint8Array[]
}

function work(): void {
	const { source, plan, options, firstGeoid, next } = workerData as TileWork
	const propertiesOf = (feature: number) => ({ GEOID: String(firstGeoid + feature) })
	for (let at = Atomics.add(next, 0, 1); at < plan.length; at = Atomics.add(next, 0, 1)) {
		const tiles = Array.from(buildBlock(source, plan[at]!, { ...options, propertiesOf }), ({ data }) => data)
		parentPort!.postMessage({ tiles } satisfies TileBatch, tiles.map(({ buffer }) => buffer as ArrayBuffer))
	}
}

if (!isMainThread && parentPort) work()
