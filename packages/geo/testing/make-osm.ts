import { deflateSync } from 'node:zlib'
import { PbfWriter } from 'pbf'

export interface OsmParts {
	nodes: { id: number; longitude: number; latitude: number; tags?: Record<string, string> }[]
	ways: { id: number; tags: Record<string, string>; refs: number[] }[]
	/** Written one by one and not as dense nodes. */
	plainNodes?: boolean
	/** Blocks as they are, or packed with zlib (default). */
	packing?: 'zlib' | 'raw' | 'lz4'
	features?: string[]
}

const GRANULARITY = 100
const units = (degrees: number) => Math.round((degrees * 1e9) / GRANULARITY)

/** Bytes of a small OpenStreetMap extract (.osm.pbf): a header, a block of nodes and a block of ways. */
export function makeOsm({ nodes, ways, plainNodes = false, packing = 'zlib', features = ['OsmSchema-V0.6', 'DenseNodes'] }: OsmParts): Uint8Array {
	const header = new PbfWriter()
	for (const feature of features) header.writeStringField(4, feature)
	return Buffer.concat([
		block('OSMHeader', header.finish(), 'raw'),
		block('OSMData', primitiveBlock(nodes.map(({ tags }) => tags ?? {}), (group, indexOf) => (plainNodes ? writeNodes : writeDense)(group, nodes, indexOf)), packing),
		block('OSMData', primitiveBlock(ways.map(({ tags }) => tags), (group, indexOf) => writeWays(group, ways, indexOf)), packing),
	])
}

/** A block with its head, as it stands in a file. */
export function block(kind: string, content: Uint8Array, packing: 'zlib' | 'raw' | 'lz4' = 'zlib'): Uint8Array {
	const blob = new PbfWriter()
	if (packing === 'raw') blob.writeBytesField(1, content)
	else {
		blob.writeVarintField(2, content.length)
		blob.writeBytesField(packing === 'zlib' ? 3 : 6, deflateSync(content))
	}
	const body = blob.finish()
	const head = new PbfWriter()
	head.writeStringField(1, kind)
	head.writeVarintField(3, body.length)
	const bytes = head.finish()
	const size = Buffer.alloc(4)
	size.writeUInt32BE(bytes.length)
	return Buffer.concat([size, bytes, body])
}

type IndexOf = (text: string) => number

function primitiveBlock(tags: Record<string, string>[], write: (group: PbfWriter, indexOf: IndexOf) => void): Uint8Array {
	const texts = ['', ...new Set(tags.flatMap((own) => Object.entries(own).flat()))]
	const writer = new PbfWriter()
	writer.writeMessage(1, (_, table) => texts.forEach((text) => table.writeBytesField(1, Buffer.from(text))), null)
	writer.writeMessage(2, (_, group) => write(group, (text) => texts.indexOf(text)), null)
	writer.writeVarintField(17, GRANULARITY)
	return writer.finish()
}

const steps = (values: number[]) => values.map((value, i) => value - (i === 0 ? 0 : values[i - 1]!))

function writeDense(group: PbfWriter, nodes: OsmParts['nodes'], indexOf: IndexOf): void {
	group.writeMessage(2, (_, dense) => {
		dense.writePackedSVarint(1, steps(nodes.map(({ id }) => id)))
		dense.writePackedSVarint(8, steps(nodes.map(({ latitude }) => units(latitude))))
		dense.writePackedSVarint(9, steps(nodes.map(({ longitude }) => units(longitude))))
		dense.writePackedVarint(10, nodes.flatMap(({ tags }) => [...Object.entries(tags ?? {}).flat().map(indexOf), 0]))
	}, null)
}

function writeNodes(group: PbfWriter, nodes: OsmParts['nodes'], indexOf: IndexOf): void {
	for (const { id, longitude, latitude, tags = {} } of nodes) {
		group.writeMessage(1, (_, node) => {
			node.writeSVarintField(1, id)
			node.writePackedVarint(2, Object.keys(tags).map(indexOf))
			node.writePackedVarint(3, Object.values(tags).map(indexOf))
			node.writeSVarintField(8, units(latitude))
			node.writeSVarintField(9, units(longitude))
		}, null)
	}
}

function writeWays(group: PbfWriter, ways: OsmParts['ways'], indexOf: IndexOf): void {
	for (const { id, tags, refs } of ways) {
		group.writeMessage(3, (_, way) => {
			way.writeVarintField(1, id)
			way.writePackedVarint(2, Object.keys(tags).map(indexOf))
			way.writePackedVarint(3, Object.values(tags).map(indexOf))
			way.writePackedSVarint(8, steps(refs))
		}, null)
	}
}
