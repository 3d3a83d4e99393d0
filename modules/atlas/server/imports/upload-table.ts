import { gather, gunzipStream, readGeoJson, readShapefile, readTable, readTopoJson, type PolygonLayer, type Table } from '@throughline/geo'

/** What unpacked bytes of one upload may be at most: what the job thread holds in memory. */
const MAX_LAYER_BYTES = 200_000_000
const BATCH_ROWS = 1000

/**
 * Opens an upload as a table: CSV, TSV, XLSX and Parquet (also gzipped), or the attributes of a layer (GeoJSON, TopoJSON, zipped
 * shapefile). Errors: the refusals of the readers, with the file's name.
 */
export async function openUploadTable(bytes: AsyncIterable<Uint8Array>, fileName: string): Promise<Table> {
	const ending = /\.(geojson|json|topojson|zip)(?:\.gz)?$/i.exec(fileName)?.[1]?.toLowerCase()
	if (!ending) return readTable(bytes, { fileName, maxBytes: MAX_LAYER_BYTES })
	const unpacked = fileName.toLowerCase().endsWith('.gz') ? gunzipStream(bytes, { fileName, maxBytes: MAX_LAYER_BYTES }) : bytes
	return attributesOf(readLayer(await gather(unpacked, fileName, MAX_LAYER_BYTES), ending, fileName), fileName)
}

function readLayer(bytes: Uint8Array, ending: string, fileName: string): PolygonLayer {
	if (ending === 'zip') return readShapefile(bytes, { fileName })
	const isTopology = ending === 'topojson' || /^\s*\{\s*"type"\s*:\s*"Topology"/.test(new TextDecoder().decode(bytes.subarray(0, 200)))
	return isTopology ? readTopoJson(bytes, { fileName, maxBytes: MAX_LAYER_BYTES }) : readGeoJson(bytes, { fileName, maxBytes: MAX_LAYER_BYTES })
}

/** The attributes of a layer's features as a table; the first feature is row 1. */
function attributesOf(layer: PolygonLayer, fileName: string): Table {
	const columns = [...layer.properties.keys()]
	const values = [...layer.properties.values()]
	async function* batches() {
		for (let first = 0; first < layer.featureCount; first += BATCH_ROWS) {
			const features = Array.from({ length: Math.min(BATCH_ROWS, layer.featureCount - first) }, (_, i) => first + i)
			yield { rows: features.map((feature) => values.map((column) => String(column[feature] ?? ''))), rowNumbers: features.map((feature) => feature + 1) }
		}
	}
	return { fileName, columns, batches: batches() }
}
