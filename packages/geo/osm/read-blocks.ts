import { inflateSync } from 'node:zlib'
import { PbfReader } from 'pbf'
import { ReadRefusal } from '../read-refusal.ts'

/** Limits that the format itself sets (OpenStreetMap wiki, PBF Format): 64 kB for the head of a block, 32 MB for its content. */
const LONGEST_HEAD = 64 * 1024
const LARGEST_BLOCK = 32 * 1024 * 1024
const KNOWN_FEATURES = new Set(['OsmSchema-V0.6', 'DenseNodes', 'HistoricalInformation'])

/** Hands out a stream's bytes in the lengths asked for; holds one length and one piece of the stream at most. */
class Pieces {
	private readonly stream: AsyncIterator<Uint8Array>
	private held: Uint8Array = new Uint8Array(0)

	constructor(stream: AsyncIterable<Uint8Array>) {
		this.stream = stream[Symbol.asyncIterator]()
	}

	/** The next bytes; fewer than asked for only where the stream ends. */
	async take(length: number): Promise<Uint8Array> {
		const parts: Uint8Array[] = []
		let missing = length
		while (missing > 0) {
			if (this.held.length === 0) {
				const next = await this.stream.next()
				if (next.done) break
				this.held = next.value
			}
			const part = this.held.subarray(0, missing)
			this.held = this.held.subarray(part.length)
			missing -= part.length
			parts.push(part)
		}
		return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
	}

	async close(): Promise<void> {
		await this.stream.return?.()
	}
}

/**
 * The data blocks of an OpenStreetMap extract (.osm.pbf), unpacked, one after another; one block is held at a time. Throws `osm_not_an_extract`,
 * `osm_truncated`, `osm_damaged`, `osm_feature_unknown`, `osm_packing_unknown`.
 */
export async function* readOsmBlocks(stream: AsyncIterable<Uint8Array>, fileName: string): AsyncGenerator<Uint8Array> {
	const pieces = new Pieces(stream)
	try {
		for (let block = 1; ; block++) {
			const place = { file: fileName, block }
			const size = await pieces.take(4)
			if (size.length === 0 && block > 1) return
			const length = size.length === 4 ? new DataView(size.buffer, size.byteOffset).getUint32(0) : 0
			if (block === 1 && !(length > 0 && length <= LONGEST_HEAD)) throw new ReadRefusal('osm_not_an_extract', { file: fileName })
			if (size.length < 4) throw new ReadRefusal('osm_truncated', place)
			if (length > LONGEST_HEAD) throw new ReadRefusal('osm_damaged', place)
			const head = await pieces.take(length)
			if (head.length < length) throw new ReadRefusal('osm_truncated', place)
			const { kind, bytes } = readHead(head, block, fileName)
			const blob = await pieces.take(bytes)
			if (blob.length < bytes) throw new ReadRefusal('osm_truncated', place)
			if (kind === 'OSMHeader') requireFeatures(unpack(blob, place), place)
			if (kind === 'OSMData') yield unpack(blob, place)
		}
	} finally {
		await pieces.close()
	}
}

function readHead(bytes: Uint8Array, block: number, file: string): { kind: string; bytes: number } {
	const head = { kind: '', bytes: -1 }
	guarded({ file, block }, () => new PbfReader(bytes).readFields((tag, into, reader) => {
		if (tag === 1) into.kind = reader.readString()
		else if (tag === 3) into.bytes = reader.readVarint()
	}, head))
	if (block === 1 && head.kind !== 'OSMHeader') throw new ReadRefusal('osm_not_an_extract', { file })
	if (!(head.bytes >= 0 && head.bytes <= LARGEST_BLOCK)) throw new ReadRefusal('osm_damaged', { file, block })
	return head
}

function unpack(blob: Uint8Array, place: { file: string; block: number }): Uint8Array {
	const found: { raw?: Uint8Array; zlib?: Uint8Array; other?: number } = {}
	guarded(place, () => new PbfReader(blob).readFields((tag, into, reader) => {
		if (tag === 1) into.raw = reader.readBytes()
		else if (tag === 3) into.zlib = reader.readBytes()
		else if (tag >= 4) into.other = tag
	}, found))
	if (found.raw) return found.raw
	if (found.zlib) return guarded(place, () => inflateSync(found.zlib!, { maxOutputLength: LARGEST_BLOCK }))
	if (found.other !== undefined) throw new ReadRefusal('osm_packing_unknown', place)
	throw new ReadRefusal('osm_damaged', place)
}

function requireFeatures(header: Uint8Array, place: { file: string; block: number }): void {
	const features: string[] = []
	guarded(place, () => new PbfReader(header).readFields((tag, into, reader) => {
		if (tag === 4) into.push(reader.readString())
	}, features))
	const unknown = features.find((feature) => !KNOWN_FEATURES.has(feature))
	if (unknown !== undefined) throw new ReadRefusal('osm_feature_unknown', { ...place, feature: unknown.slice(0, 60) })
}

/** What the reader of protocol buffers throws on wrong bytes means a damaged block. */
export function guarded<T>(place: { file: string; block: number }, work: () => T): T {
	try {
		return work()
	} catch (cause) {
		if (cause instanceof ReadRefusal) throw cause
		throw new ReadRefusal('osm_damaged', place, { cause })
	}
}
