import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipPart {
	name: string
	content: Uint8Array | string
	/** Overrides for dishonest archives. */
	stored?: boolean
	packed?: Uint8Array
	size?: number
	crc?: number
	flags?: number
	externalAttributes?: number
	/** Points the directory at the data of an earlier part. */
	sameDataAs?: number
}

/** Bytes of a zip archive with the given parts, honest or not. */
export function makeZip(parts: ZipPart[], { declaredEntries = parts.length } = {}): Uint8Array {
	const pieces: Buffer[] = []
	const directory: Buffer[] = []
	const offsets: number[] = []
	let offset = 0
	for (const part of parts) {
		const content = Buffer.from(part.content)
		const packed = Buffer.from(part.packed ?? (part.stored ? content : deflateRawSync(content)))
		const name = Buffer.from(part.name)
		const fields = (central: boolean): Buffer => {
			const head = Buffer.alloc(central ? 46 : 30)
			head.writeUInt32LE(central ? 0x02014b50 : 0x04034b50, 0)
			const at = central ? 6 : 4
			head.writeUInt16LE(20, at)
			head.writeUInt16LE(part.flags ?? 0, at + 2)
			head.writeUInt16LE(part.stored ? 0 : 8, at + 4)
			head.writeUInt32LE(part.crc ?? crc32(content), at + 10)
			head.writeUInt32LE(packed.length, at + 14)
			head.writeUInt32LE(part.size ?? content.length, at + 18)
			head.writeUInt16LE(name.length, at + 22)
			if (central) {
				head.writeUInt32LE(part.externalAttributes ?? 0, 38)
				head.writeUInt32LE(part.sameDataAs === undefined ? offset : offsets[part.sameDataAs]!, 42)
			}
			return Buffer.concat([head, name])
		}
		offsets.push(offset)
		directory.push(fields(true))
		if (part.sameDataAs !== undefined) continue
		pieces.push(fields(false), packed)
		offset += 30 + name.length + packed.length
	}
	const listing = Buffer.concat(directory)
	const end = Buffer.alloc(22)
	end.writeUInt32LE(0x06054b50, 0)
	end.writeUInt16LE(declaredEntries, 8)
	end.writeUInt16LE(declaredEntries, 10)
	end.writeUInt32LE(listing.length, 12)
	end.writeUInt32LE(offset, 16)
	return Buffer.concat([...pieces, listing, end])
}
