import { makeZip } from './make-zip.ts'

export type ShapeRings = number[][][] | null

export interface ShapefileParts {
	shapes: ShapeRings[]
	/** 5 polygon, 15 with heights, 25 with measures. */
	type?: number
	fields: { name: string; type: string; length: number }[]
	records: string[][]
	prj?: string | undefined
	cpg?: string
	/** Language byte of the .dbf. */
	language?: number
	encoding?: BufferEncoding
	name?: string
}

export const WGS84 = 'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'

/** Bytes of a .shp. */
export function makeShp(shapes: ShapeRings[], type = 5): Buffer {
	const records = shapes.map((rings, i) => {
		const content = rings === null ? Buffer.alloc(4) : shapeContent(rings, type)
		const head = Buffer.alloc(8)
		head.writeInt32BE(i + 1, 0)
		head.writeInt32BE(content.length / 2, 4)
		return Buffer.concat([head, content])
	})
	const body = Buffer.concat(records)
	const header = Buffer.alloc(100)
	header.writeInt32BE(9994, 0)
	header.writeInt32BE((100 + body.length) / 2, 24)
	header.writeInt32LE(1000, 28)
	header.writeInt32LE(type, 32)
	return Buffer.concat([header, body])
}

function shapeContent(rings: number[][][], type: number): Buffer {
	const points = rings.flat()
	const extra = type === 5 ? 0 : 16 + 8 * points.length
	const content = Buffer.alloc(44 + 4 * rings.length + 16 * points.length + extra)
	content.writeInt32LE(type, 0)
	content.writeInt32LE(rings.length, 36)
	content.writeInt32LE(points.length, 40)
	let start = 0
	rings.forEach((ring, i) => {
		content.writeInt32LE(start, 44 + 4 * i)
		start += ring.length
	})
	points.forEach(([x, y], i) => {
		content.writeDoubleLE(x!, 44 + 4 * rings.length + 16 * i)
		content.writeDoubleLE(y!, 52 + 4 * rings.length + 16 * i)
	})
	return content
}

/** Bytes of a .dbf. */
export function makeDbf({ fields, records, language = 0, encoding = 'utf8' }: Pick<ShapefileParts, 'fields' | 'records' | 'language' | 'encoding'>): Buffer {
	const recordLength = fields.reduce((sum, field) => sum + field.length, 1)
	const header = Buffer.alloc(32 + 32 * fields.length + 1)
	header[0] = 3
	header.writeUInt32LE(records.length, 4)
	header.writeUInt16LE(header.length, 8)
	header.writeUInt16LE(recordLength, 10)
	header[29] = language
	fields.forEach((field, i) => {
		header.write(field.name, 32 + 32 * i, 'latin1')
		header.write(field.type, 43 + 32 * i, 'latin1')
		header[48 + 32 * i] = field.length
	})
	header[header.length - 1] = 0x0d
	const rows = records.map((values) => {
		const row = Buffer.alloc(recordLength, ' ')
		let at = 1
		values.forEach((value, i) => {
			Buffer.from(value, encoding).copy(row, at)
			at += fields[i]!.length
		})
		return row
	})
	return Buffer.concat([header, ...rows])
}

/** Bytes of a zipped shapefile; without `.prj` when `prj` is given as undefined. */
export function makeShapefile(parts: ShapefileParts): Uint8Array {
	const name = parts.name ?? 'tracts'
	const prj = 'prj' in parts ? parts.prj : WGS84
	return makeZip([
		{ name: `${name}.shp`, content: makeShp(parts.shapes, parts.type) },
		{ name: `${name}.dbf`, content: makeDbf(parts) },
		...(prj === undefined ? [] : [{ name: `${name}.prj`, content: prj }]),
		...(parts.cpg === undefined ? [] : [{ name: `${name}.cpg`, content: parts.cpg }]),
	])
}
