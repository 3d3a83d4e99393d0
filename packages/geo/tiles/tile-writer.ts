/** Bytes of a protocol buffer that grow; they can be emptied and used again. */
export class ByteWriter {
	bytes: Uint8Array
	length = 0

	constructor(capacity = 65_536) {
		this.bytes = new Uint8Array(capacity)
	}

	reserve(more: number): void {
		if (this.length + more <= this.bytes.length) return
		const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + more))
		larger.set(this.bytes.subarray(0, this.length))
		this.bytes = larger
	}

	/** Needs up to five bytes, which the caller has reserved. */
	varint(value: number): void {
		while (value > 127) {
			this.bytes[this.length++] = (value & 127) | 128
			value >>>= 7
		}
		this.bytes[this.length++] = value
	}

	/** A field that holds bytes. */
	field(tag: number, content: Uint8Array): void {
		this.reserve(content.length + 10)
		this.varint(tag)
		this.varint(content.length)
		this.bytes.set(content, this.length)
		this.length += content.length
	}

	text(tag: number, text: string): void {
		this.field(tag, encodeText(text))
	}
}

const TEXT = new TextEncoder()
/** UTF-8; short ASCII texts, which is what keys are, without the cost of an encoder call. */
function encodeText(text: string): Uint8Array {
	if (text.length > 64) return TEXT.encode(text)
	const bytes = new Uint8Array(text.length)
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i)
		if (code > 127) return TEXT.encode(text)
		bytes[i] = code
	}
	return bytes
}

const MOVE_TO_ONE = (1 << 3) | 1
const LINE_TO = 2
const CLOSE_PATH = (1 << 3) | 7

/**
 * Writes one layer of a Mapbox Vector Tile 2.1. For each feature: `begin`, `ring` for each of its rings, `end`.
 */
export class TileLayerWriter {
	featureCount = 0
	private readonly features = new ByteWriter()
	private readonly values = new ByteWriter()
	private readonly geometry = new ByteWriter()
	private readonly keys = new Map<string, number>()
	private readonly texts = new Map<string, number>()
	private valueCount = 0
	private x = 0
	private y = 0

	/** Empties the writer for the next tile. */
	clear(): void {
		this.features.length = 0
		this.values.length = 0
		this.keys.clear()
		this.texts.clear()
		this.valueCount = 0
		this.featureCount = 0
	}

	begin(): void {
		this.geometry.length = 0
		this.x = 0
		this.y = 0
	}

	/** An open ring of at least three points in units of the zoom, moved to the tile and turned round when `isBackward`. */
	ring(values: Int32Array, start: number, end: number, originX: number, originY: number, isBackward: boolean): void {
		const writer = this.geometry
		writer.reserve(5 * (end - start) + 20)
		writer.varint(MOVE_TO_ONE)
		const step = isBackward ? -2 : 2
		let at = isBackward ? end - 2 : start
		this.step(values[at]! - originX, values[at + 1]! - originY)
		const more = (end - start) / 2 - 1
		writer.varint((more << 3) | LINE_TO)
		for (let left = more; left > 0; left--) {
			at += step
			this.step(values[at]! - originX, values[at + 1]! - originY)
		}
		writer.varint(CLOSE_PATH)
	}

	/** Writes the way to a point; most ways take one byte in each direction. */
	private step(x: number, y: number): void {
		const writer = this.geometry
		const dx = x - this.x
		const dy = y - this.y
		const zx = (dx << 1) ^ (dx >> 31)
		const zy = (dy << 1) ^ (dy >> 31)
		if (zx < 128 && zy < 128) {
			writer.bytes[writer.length] = zx
			writer.bytes[writer.length + 1] = zy
			writer.length += 2
		} else {
			writer.varint(zx)
			writer.varint(zy)
		}
		this.x = x
		this.y = y
	}

	get hasGeometry(): boolean {
		return this.geometry.length > 0
	}

	/** Ends a feature: its id is also its property `i`. Answers how many bytes it took, its values included. */
	end(id: number, properties: Record<string, string | number> | undefined): number {
		const before = this.features.length + this.values.length
		const tags = [this.keyOf('i'), this.addNumber(id)]
		for (const name in properties) {
			const value = properties[name]!
			tags.push(this.keyOf(name), typeof value === 'number' ? this.addNumber(value) : this.valueOf(value))
		}
		let tagBytes = 0
		for (const tag of tags) tagBytes += varintLength(tag)
		const size = 1 + varintLength(id) + 1 + varintLength(tagBytes) + tagBytes + 2 + 1 + varintLength(this.geometry.length) + this.geometry.length
		const writer = this.features
		writer.reserve(size + 10)
		writer.varint(0x12)
		writer.varint(size)
		writer.varint(0x08)
		writer.varint(id)
		writer.varint(0x12)
		writer.varint(tagBytes)
		for (const tag of tags) writer.varint(tag)
		writer.varint(0x18)
		writer.varint(3)
		writer.varint(0x22)
		writer.varint(this.geometry.length)
		writer.bytes.set(this.geometry.bytes.subarray(0, this.geometry.length), writer.length)
		writer.length += this.geometry.length
		this.featureCount++
		return this.features.length + this.values.length - before
	}

	/** The tile with this one layer. */
	take(name: string, extent: number): Uint8Array {
		const layer = new ByteWriter(this.features.length + this.values.length + 1024)
		layer.varint(0x78)
		layer.varint(2)
		layer.text(0x0a, name)
		append(layer, this.features)
		for (const key of this.keys.keys()) layer.text(0x1a, key)
		append(layer, this.values)
		layer.reserve(12)
		layer.varint(0x28)
		layer.varint(extent)
		const tile = new Uint8Array(layer.length + 1 + varintLength(layer.length))
		const head = new ByteWriter(16)
		head.varint(0x1a)
		head.varint(layer.length)
		tile.set(head.bytes.subarray(0, head.length))
		tile.set(layer.bytes.subarray(0, layer.length), head.length)
		return tile
	}

	private keyOf(name: string): number {
		let key = this.keys.get(name)
		if (key === undefined) this.keys.set(name, (key = this.keys.size))
		return key
	}

	private valueOf(text: string): number {
		const known = this.texts.get(text)
		if (known !== undefined) return known
		const content = encodeText(text)
		this.values.reserve(content.length + 20)
		this.values.varint(0x22)
		this.values.varint(1 + varintLength(content.length) + content.length)
		this.values.field(0x0a, content)
		this.texts.set(text, this.valueCount)
		return this.valueCount++
	}

	/** Whole numbers from 0 on are written as such, others as doubles. */
	private addNumber(value: number): number {
		const writer = this.values
		writer.reserve(20)
		writer.varint(0x22)
		if (Number.isInteger(value) && value >= 0 && value < 2 ** 32) {
			writer.varint(1 + varintLength(value))
			writer.varint(0x28)
			writer.varint(value)
		} else {
			writer.varint(9)
			writer.varint(0x19)
			new DataView(writer.bytes.buffer).setFloat64(writer.length, value, true)
			writer.length += 8
		}
		return this.valueCount++
	}
}

function append(writer: ByteWriter, other: ByteWriter): void {
	writer.reserve(other.length)
	writer.bytes.set(other.bytes.subarray(0, other.length), writer.length)
	writer.length += other.length
}

function varintLength(value: number): number {
	return value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x200000 ? 3 : value < 0x10000000 ? 4 : 5
}
