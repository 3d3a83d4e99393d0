import { createReadStream } from 'node:fs'
import { gather, gunzipStream, readGeoJson, readShapefile, readTopoJson, type PolygonLayer } from '@throughline/geo'
import { Refusal } from '#database'
import { systemReason } from './system-reason.ts'

/** What a person's own machine may be asked to hold: every block of the largest state, and more. */
const LIMITS = { maxFeatures: 2_000_000, maxVertices: 100_000_000, maxFeatureVertices: 10_000_000 }
const MAX_BYTES = 2_000_000_000

/**
 * Reads a layer of areas by the ending of its name: .geojson or .json, .topojson (both also gzipped), .zip for a shapefile. A name after
 * `#` chooses one of several layers in the file. Errors: Refusal or ReadRefusal with the file's name.
 */
export async function readLayerFile(option: string): Promise<PolygonLayer> {
	const [, file, layer] = /^(.*?)(?:#([^#/\\]*))?$/s.exec(option)!
	const ending = /\.(geojson|json|topojson|zip)(?:\.gz)?$/i.exec(file!)?.[1]?.toLowerCase()
	if (!ending) throw new Refusal('apportion_layer_unknown', { file: file! })
	const bytes = await readBytes(file!)
	const options = { fileName: file!, ...LIMITS, maxBytes: MAX_BYTES }
	if (ending === 'zip') return readShapefile(bytes, { ...options, maxOutputBytes: MAX_BYTES, ...(layer && { layer }) })
	if (ending === 'topojson' || isTopology(bytes)) return readTopoJson(bytes, { ...options, ...(layer && { object: layer }) })
	return readGeoJson(bytes, options)
}

async function readBytes(file: string): Promise<Uint8Array> {
	try {
		const stream = createReadStream(file)
		return await gather(file.endsWith('.gz') ? gunzipStream(stream, { fileName: file, maxBytes: MAX_BYTES }) : stream, file, MAX_BYTES)
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).syscall === undefined) throw cause
		throw new Refusal('index_file_unreadable', { file, reason: systemReason(cause) }, { cause })
	}
}

function isTopology(bytes: Uint8Array): boolean {
	return /^\s*\{\s*"type"\s*:\s*"Topology"/.test(new TextDecoder().decode(bytes.subarray(0, 100)))
}
