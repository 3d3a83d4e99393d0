import { ReadRefusal } from '../read-refusal.ts'

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** The encoding that a byte order mark announces, or undefined. */
function encodingOfMark(bytes: Uint8Array): TextEncoding | undefined {
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
	return undefined
}

function asciiLength(bytes: Uint8Array): number {
	let length = 0
	while (length < bytes.length && bytes[length]! < 128) length++
	return length
}

function isUtf8(bytes: Uint8Array, more: boolean): boolean {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: more })
		return true
	} catch {
		return false
	}
}

/**
 * Decodes text that arrives in pieces. The encoding is the stated one, else that of the byte order mark, else UTF-8 when the
 * first piece with a non-ASCII byte is valid UTF-8 and windows-1252 when it is not.
 * Throws `text_encoding_broken` when a later piece contradicts the choice.
 */
export class TextStream {
	encoding: TextEncoding | undefined
	private decoder: TextDecoder | undefined
	private atStart = true
	/** Bytes that do not yet tell the encoding. */
	private held = new Uint8Array(0)
	private readonly fileName: string

	constructor(fileName: string, encoding?: TextEncoding) {
		this.fileName = fileName
		this.encoding = encoding
	}

	decode(piece: Uint8Array, row: () => number): string {
		const bytes = this.held.length > 0 ? Buffer.concat([this.held, piece]) : piece
		return this.read(bytes, row, 4)
	}

	finish(row: () => number): string {
		const rest = this.read(this.held, row, 0)
		return this.decoder ? rest + this.run(new Uint8Array(0), false, row) : rest
	}

	/** Decodes what is certain and holds back up to `enough` bytes that are not. */
	private read(bytes: Uint8Array, row: () => number, enough: number): string {
		this.held = new Uint8Array(0)
		if (this.atStart && bytes.length < enough) return this.hold(bytes, 0)
		if (this.atStart) this.encoding ??= encodingOfMark(bytes)
		this.atStart = false
		if (!this.encoding?.startsWith('utf-16') && bytes.includes(0)) {
			throw new ReadRefusal('not_a_text_file', { file: this.fileName, row: row() })
		}
		if (this.encoding) return this.run(bytes, true, row)
		const certain = asciiLength(bytes)
		if (certain === bytes.length || certain > bytes.length - enough) return this.hold(bytes, certain)
		this.encoding = isUtf8(bytes, enough > 0) ? 'utf-8' : 'windows-1252'
		return this.run(bytes, true, row)
	}

	private hold(bytes: Uint8Array, from: number): string {
		this.held = Uint8Array.from(bytes.subarray(from))
		return new TextDecoder('latin1').decode(bytes.subarray(0, from))
	}

	private run(bytes: Uint8Array, stream: boolean, row: () => number): string {
		this.decoder ??= new TextDecoder(this.encoding, { fatal: true })
		try {
			return this.decoder.decode(bytes, { stream })
		} catch (cause) {
			throw new ReadRefusal('text_encoding_broken', { file: this.fileName, row: row(), encoding: this.encoding! }, { cause })
		}
	}
}
