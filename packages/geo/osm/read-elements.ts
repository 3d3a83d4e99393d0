import { PbfReader } from 'pbf'

/** What is told of a block's elements; a listener that is absent is not decoded for. */
export interface ElementListeners {
	/** Every node: identifier and degrees. */
	node?: (id: number, longitude: number, latitude: number) => void
	/** Nodes that have the tag `nodeKey`. */
	taggedNode?: (tags: ReadonlyMap<string, string>, longitude: number, latitude: number) => void
	nodeKey?: string
	/** Ways that have the tag `wayKey`; `refs` are identifiers of nodes in order. */
	way?: (tags: ReadonlyMap<string, string>, refs: readonly number[]) => void
	wayKey?: string
}

interface Block {
	texts: Uint8Array[]
	groups: Uint8Array[]
	granularity: number
	latitudeOffset: number
	longitudeOffset: number
}

const NANO = 1e-9
const TEXT = new TextDecoder()

/** Reads the nodes and ways of one data block of an OpenStreetMap extract. Throws what the reader of protocol buffers throws on wrong bytes. */
export function readElements(bytes: Uint8Array, listeners: ElementListeners): void {
	const block: Block = { texts: [], groups: [], granularity: 100, latitudeOffset: 0, longitudeOffset: 0 }
	new PbfReader(bytes).readFields((tag, into, reader) => {
		if (tag === 1) new PbfReader(reader.readBytes()).readFields((field, texts, table) => void (field === 1 && texts.push(table.readBytes())), into.texts)
		else if (tag === 2) into.groups.push(reader.readBytes())
		else if (tag === 17) into.granularity = reader.readVarint()
		else if (tag === 19) into.latitudeOffset = reader.readVarint(true)
		else if (tag === 20) into.longitudeOffset = reader.readVarint(true)
	}, block)
	const elements = new BlockElements(block, listeners)
	for (const group of block.groups) elements.read(group)
}

class BlockElements {
	private readonly block: Block
	private readonly listeners: ElementListeners
	private readonly nodeKeyIndex: number
	private readonly wayKeyIndex: number

	constructor(block: Block, listeners: ElementListeners) {
		this.block = block
		this.listeners = listeners
		this.nodeKeyIndex = this.indexOf(listeners.taggedNode && listeners.nodeKey)
		this.wayKeyIndex = this.indexOf(listeners.way && listeners.wayKey)
	}

	read(group: Uint8Array): void {
		const wantsNodes = this.listeners.node !== undefined || this.nodeKeyIndex > 0
		new PbfReader(group).readFields((tag, elements, reader) => {
			if (tag === 1 && wantsNodes) elements.readNode(reader.readBytes())
			else if (tag === 2 && wantsNodes) elements.readDense(reader.readBytes())
			else if (tag === 3 && elements.wayKeyIndex > 0) elements.readWay(reader.readBytes())
		}, this as BlockElements)
	}

	private readNode(bytes: Uint8Array): void {
		const node = { id: 0, keys: [] as number[], values: [] as number[], latitude: 0, longitude: 0 }
		new PbfReader(bytes).readFields((tag, into, reader) => {
			if (tag === 1) into.id = reader.readSVarint()
			else if (tag === 2) reader.readPackedVarint(into.keys)
			else if (tag === 3) reader.readPackedVarint(into.values)
			else if (tag === 8) into.latitude = reader.readSVarint()
			else if (tag === 9) into.longitude = reader.readSVarint()
		}, node)
		this.tell(node.id, node.longitude, node.latitude, node.keys, node.values)
	}

	private readDense(bytes: Uint8Array): void {
		const dense = { ids: [] as number[], latitudes: [] as number[], longitudes: [] as number[], tags: [] as number[] }
		new PbfReader(bytes).readFields((tag, into, reader) => {
			if (tag === 1) reader.readPackedSVarint(into.ids)
			else if (tag === 8) reader.readPackedSVarint(into.latitudes)
			else if (tag === 9) reader.readPackedSVarint(into.longitudes)
			else if (tag === 10) reader.readPackedVarint(into.tags)
		}, dense)
		if (dense.latitudes.length !== dense.ids.length || dense.longitudes.length !== dense.ids.length) throw new RangeError('dense nodes of unequal length')
		let [id, latitude, longitude, at] = [0, 0, 0, 0]
		for (let i = 0; i < dense.ids.length; i++) {
			id += dense.ids[i]!
			latitude += dense.latitudes[i]!
			longitude += dense.longitudes[i]!
			const [keys, values]: [number[], number[]] = [[], []]
			for (; at < dense.tags.length && dense.tags[at] !== 0; at += 2) {
				keys.push(dense.tags[at]!)
				values.push(dense.tags[at + 1]!)
			}
			at++
			this.tell(id, longitude, latitude, keys, values)
		}
	}

	private readWay(bytes: Uint8Array): void {
		const way = { keys: [] as number[], values: [] as number[], refs: [] as number[] }
		new PbfReader(bytes).readFields((tag, into, reader) => {
			if (tag === 2) reader.readPackedVarint(into.keys)
			else if (tag === 3) reader.readPackedVarint(into.values)
			else if (tag === 8) reader.readPackedSVarint(into.refs)
		}, way)
		if (!way.keys.includes(this.wayKeyIndex)) return
		let ref = 0
		this.listeners.way!(this.tagsOf(way.keys, way.values), way.refs.map((step) => (ref += step)))
	}

	private tell(id: number, longitude: number, latitude: number, keys: number[], values: number[]): void {
		const { granularity, latitudeOffset, longitudeOffset } = this.block
		const [x, y] = [NANO * (longitudeOffset + granularity * longitude), NANO * (latitudeOffset + granularity * latitude)]
		this.listeners.node?.(id, x, y)
		if (this.nodeKeyIndex > 0 && keys.includes(this.nodeKeyIndex)) this.listeners.taggedNode!(this.tagsOf(keys, values), x, y)
	}

	private tagsOf(keys: number[], values: number[]): Map<string, string> {
		return new Map(keys.map((key, i) => [this.textOf(key), this.textOf(values[i]!)]))
	}

	private textOf(index: number): string {
		const text = this.block.texts[index]
		if (!text) throw new RangeError('a text beyond the table of texts')
		return TEXT.decode(text)
	}

	/** Where a key stands in the table of texts; 0, which is never used, when the block does not have it. */
	private indexOf(key: string | undefined): number {
		return key === undefined ? 0 : Math.max(0, this.block.texts.findIndex((text) => text.length === key.length && TEXT.decode(text) === key))
	}
}
