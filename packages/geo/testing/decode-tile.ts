export interface DecodedFeature {
	id: number
	properties: Record<string, string | number>
	/** Open rings, x and y interleaved, in units of the tile. */
	rings: number[][]
}

export interface DecodedLayer {
	name: string
	version: number
	extent: number
	features: DecodedFeature[]
}

type Field = { tag: number; value: number; bytes: Uint8Array }

/** The fields of a protocol buffer message, in order. */
function* fieldsOf(bytes: Uint8Array): Generator<Field> {
	let at = 0
	const varint = () => {
		let value = 0
		for (let factor = 1; ; factor *= 128) {
			const byte = bytes[at++]
			if (byte === undefined) throw new Error('message ends within a number')
			value += (byte & 127) * factor
			if (byte < 128) return value
		}
	}
	while (at < bytes.length) {
		const key = varint()
		const [tag, wire] = [key >> 3, key & 7]
		const length = wire === 2 ? varint() : wire === 1 ? 8 : 0
		const value = wire === 0 ? varint() : 0
		if (at + length > bytes.length) throw new Error('message ends within a field')
		yield { tag, value, bytes: bytes.subarray(at, at + length) }
		at += length
	}
}

function numbersOf(bytes: Uint8Array): number[] {
	const numbers: number[] = []
	let [value, factor] = [0, 1]
	for (const byte of bytes) {
		value += (byte & 127) * factor
		factor *= 128
		if (byte < 128) {
			numbers.push(value)
			;[value, factor] = [0, 1]
		}
	}
	return numbers
}

function ringsOf(commands: number[]): number[][] {
	const rings: number[][] = []
	let [x, y] = [0, 0]
	const unzigzag = (n: number) => (n % 2 === 0 ? n / 2 : -(n + 1) / 2)
	for (let at = 0; at < commands.length; ) {
		const [kind, count] = [commands[at]! & 7, commands[at]! >> 3]
		at++
		if (kind === 7) continue
		if (kind === 1) rings.push([])
		for (let i = 0; i < count; i++) {
			x += unzigzag(commands[at++]!)
			y += unzigzag(commands[at++]!)
			rings.at(-1)!.push(x, y)
		}
	}
	return rings
}

/** A plain reader of Mapbox Vector Tile 2.1, for tests: polygons only, text and number values. */
export function decodeTile(tile: Uint8Array): DecodedLayer[] {
	return [...fieldsOf(tile)].filter(({ tag }) => tag === 3).map(({ bytes }) => decodeLayer(bytes))
}

function decodeLayer(bytes: Uint8Array): DecodedLayer {
	const fields = [...fieldsOf(bytes)]
	const text = (field: Field) => new TextDecoder().decode(field.bytes)
	const keys = fields.filter(({ tag }) => tag === 3).map(text)
	const values = fields.filter(({ tag }) => tag === 4).map((field) => {
		const [value] = [...fieldsOf(field.bytes)]
		if (value!.tag === 1) return text(value!)
		return value!.tag === 3 ? new DataView(value!.bytes.slice().buffer).getFloat64(0, true) : value!.value
	})
	const features = fields.filter(({ tag }) => tag === 2).map(({ bytes: feature }) => {
		const parts = [...fieldsOf(feature)]
		const tags = numbersOf(parts.find(({ tag }) => tag === 2)?.bytes ?? new Uint8Array(0))
		const properties: Record<string, string | number> = {}
		for (let i = 0; i < tags.length; i += 2) properties[keys[tags[i]!]!] = values[tags[i + 1]!]!
		const rings = ringsOf(numbersOf(parts.find(({ tag }) => tag === 4)!.bytes))
		return { id: parts.find(({ tag }) => tag === 1)!.value, properties, rings }
	})
	const number = (wanted: number) => fields.find(({ tag }) => tag === wanted)!.value
	return { name: text(fields.find(({ tag }) => tag === 1)!), version: number(15), extent: number(5), features }
}

/** Twice the signed area of an open ring; positive for outer rings of a tile. */
export function doubleAreaOf(ring: number[]): number {
	let sum = 0
	for (let i = 0; i < ring.length; i += 2) {
		const j = (i + 2) % ring.length
		sum += ring[i]! * ring[j + 1]! - ring[j]! * ring[i + 1]!
	}
	return sum
}
