import { ReadRefusal } from '../read-refusal.ts'
import type { PropertyValue } from './polygon-layer.ts'

interface Field {
	name: string
	type: string
	offset: number
	length: number
}

/** The attribute table of a shapefile (dBASE III): fields of type C, N, F, L and D. */
export interface DbfTable {
	recordCount: number
	fieldNames: string[]
	/** The values of a record in field order; blank numbers, dates and truth values are null. */
	record(index: number): [string, PropertyValue][]
}

/** Opens a .dbf. `codePage` is the text of the .cpg, if there is one. Throws `dbf_truncated`, `dbf_damaged`. */
export function openDbf(bytes: Uint8Array, options: { fileName: string; codePage?: string }): DbfTable {
	const file = options.fileName
	if (bytes.length < 33) throw new ReadRefusal('dbf_truncated', { file, row: 0, rows: 0 })
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
	const recordCount = view.getUint32(4, true)
	const headerLength = view.getUint16(8, true)
	const recordLength = view.getUint16(10, true)
	const fields = readFields(bytes, Math.min(headerLength, bytes.length))
	const width = fields.reduce((sum, field) => sum + field.length, 1)
	if (fields.length === 0 || width > recordLength) throw new ReadRefusal('dbf_damaged', { file })
	const whole = Math.floor((bytes.length - headerLength) / recordLength)
	if (whole < recordCount) throw new ReadRefusal('dbf_truncated', { file, row: Math.max(0, whole) + 1, rows: recordCount })
	const decoder = decoderFor(options.codePage, view.getUint8(29), bytes.subarray(headerLength))
	return {
		recordCount,
		fieldNames: fields.map((field) => field.name),
		record(index) {
			const start = headerLength + index * recordLength
			return fields.map((field) => {
				const at = start + field.offset
				return [field.name, valueOf(field.type, decoder.decode(bytes.subarray(at, at + field.length)))]
			})
		},
	}
}

function readFields(bytes: Uint8Array, end: number): Field[] {
	const fields: Field[] = []
	let offset = 1
	for (let at = 32; at + 32 <= end && bytes[at] !== 0x0d; at += 32) {
		const name = new TextDecoder('latin1').decode(bytes.subarray(at, at + 11)).split('\0')[0]!.trim()
		const field = { name, type: String.fromCharCode(bytes[at + 11]!), offset, length: bytes[at + 16]! }
		fields.push(field)
		offset += field.length
	}
	return fields
}

/** By the .cpg, else the language byte, else UTF-8 when the whole table is valid UTF-8, else windows-1252. */
function decoderFor(codePage: string | undefined, language: number, records: Uint8Array): TextDecoder {
	const named = codePage?.trim().toLowerCase().replace(/^(ansi|cp|windows)[ -]?/, '')
	if (named === '65001' || named?.startsWith('utf')) return new TextDecoder('utf-8')
	if (named && /^125\d$/.test(named)) return new TextDecoder(`windows-${named}`)
	if (named && /^(iso[- ]?)?8859[- ]?\d+$/.test(named)) return new TextDecoder(`iso-8859-${/(\d+)$/.exec(named.replace('8859', ''))![1]}`)
	if (language === 0x03 || language === 0x57) return new TextDecoder('windows-1252')
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(records)
		return new TextDecoder('utf-8')
	} catch {
		return new TextDecoder('windows-1252')
	}
}

function valueOf(type: string, text: string): PropertyValue {
	const value = text.replace(/\0.*$/s, '').trim()
	if (type === 'C') return value
	if (value === '') return null
	if (type === 'N' || type === 'F') return Number.isFinite(Number(value)) ? Number(value) : null
	if (type === 'L') return /^[TtYy]$/.test(value) ? true : /^[FfNn]$/.test(value) ? false : null
	if (type === 'D' && /^\d{8}$/.test(value)) return `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6)}`
	return value
}
