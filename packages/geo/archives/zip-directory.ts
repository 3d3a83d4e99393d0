import { ReadRefusal, shownValue } from '../read-refusal.ts'

export interface ZipEntry {
	name: string
	method: number
	crc: number
	/** Unpacked size as declared; compared with the real one after unpacking. */
	size: number
	/** Where the packed bytes start and end in the archive. */
	start: number
	end: number
}

interface Directory {
	offset: number
	end: number
	count: number
}

/** The files of a zip archive, checked before anything is unpacked; folders are left out. */
export function listZipEntries(bytes: Uint8Array, file: string, maxEntries: number): ZipEntry[] {
	if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw new ReadRefusal('zip_not_an_archive', { file })
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
	const directory = findDirectory(view, file)
	if (directory.count > maxEntries) throw new ReadRefusal('zip_too_many_entries', { file, entries: directory.count, limit: maxEntries })
	const entries: ZipEntry[] = []
	let at = directory.offset
	for (let i = 0; i < directory.count; i++) {
		if (at + 46 > directory.end || view.getUint32(at, true) !== 0x02014b50) throw damaged(file, `#${i + 1}`)
		const nameEnd = at + 46 + view.getUint16(at + 28, true)
		if (nameEnd > directory.end) throw damaged(file, `#${i + 1}`)
		const name = decodeName(bytes.subarray(at + 46, nameEnd))
		const entry = readEntry(view, at, name, file)
		if (!name.endsWith('/')) entries.push(entry)
		at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
	}
	checkOverlaps(entries, directory.offset, file)
	return entries
}

function damaged(file: string, entry: string): ReadRefusal {
	return new ReadRefusal('zip_damaged', { file, entry })
}

/** The end record stands in the last 65,557 bytes; an archive without it was cut off. */
function findDirectory(view: DataView, file: string): Directory {
	const last = view.byteLength - 22
	for (let at = last; at >= Math.max(0, last - 65_535); at--) {
		if (view.getUint32(at, true) !== 0x06054b50) continue
		const count = view.getUint16(at + 10, true)
		const size = view.getUint32(at + 12, true)
		const offset = view.getUint32(at + 16, true)
		if (offset + size > at || view.getUint16(at + 4, true) !== 0) throw damaged(file, '-')
		return { offset, end: at, count }
	}
	throw new ReadRefusal('zip_truncated', { file })
}

function decodeName(bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
	} catch {
		return new TextDecoder('latin1').decode(bytes)
	}
}

function readEntry(view: DataView, at: number, name: string, file: string): ZipEntry {
	const place = { file, entry: shownValue(name) }
	const isLink = (view.getUint32(at + 38, true) >>> 16 & 0xf000) === 0xa000
	const isUnsafe = name === '' || /(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[A-Za-z]:|\\|[\u0000-\u001f]/.test(name)
	if (isLink || isUnsafe) throw new ReadRefusal('zip_unsafe_entry', place)
	if (view.getUint16(at + 8, true) & 1) throw new ReadRefusal('zip_encrypted', place)
	const method = view.getUint16(at + 10, true)
	const packedSize = view.getUint32(at + 20, true)
	const local = view.getUint32(at + 42, true)
	if ((method !== 0 && method !== 8) || local + 30 > view.byteLength) throw damaged(file, place.entry)
	if (view.getUint32(local, true) !== 0x04034b50) throw damaged(file, place.entry)
	const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
	if (start + packedSize > view.byteLength) throw new ReadRefusal('zip_truncated', { file })
	return { name, method, crc: view.getUint32(at + 16, true), size: view.getUint32(at + 24, true), start, end: start + packedSize }
}

/** Entries that share bytes are the mark of a bomb; honest archives have none. */
function checkOverlaps(entries: ZipEntry[], directoryOffset: number, file: string): void {
	const names = new Set<string>()
	let free = 0
	for (const entry of [...entries].sort((a, b) => a.start - b.start)) {
		const place = { file, entry: shownValue(entry.name) }
		if (entry.start < free || entry.end > directoryOffset || names.has(entry.name)) throw new ReadRefusal('zip_overlap', place)
		free = entry.end
		names.add(entry.name)
	}
}
