import { ReadRefusal } from '../read-refusal.ts'

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** The encoding that a byte order mark announces, or undefined. */
function encodingOfMark(bytes: Uint8Array): TextEncoding | undefined {
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
	return undefined
}

function isAscii(bytes: Uint8Array): boolean {
	for (let i = 0; i < bytes.length; i++) if (bytes[i]! > 127) return false
	return true
}

function isUtf8(bytes: Uint8Array): boolean {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
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
	private readonly fileName: string

	constructor(fileName: string, encoding?: TextEncoding) {
		this.fileName = fileName
		this.encoding = encoding
	}

	decode(bytes: Uint8Array, row: () => number): string {
		if (this.atStart && bytes.length > 0) {
			this.encoding ??= encodingOfMark(bytes)
			this.atStart = false
		}
		if (!this.encoding?.startsWith('utf-16') && bytes.includes(0)) {
			throw new ReadRefusal('not_a_text_file', { file: this.fileName, row: row() })
		}
		if (!this.encoding && isAscii(bytes)) return new TextDecoder('latin1').decode(bytes)
		this.encoding ??= isUtf8(bytes) ? 'utf-8' : 'windows-1252'
		return this.run(bytes, true, row)
	}

	finish(row: () => number): string {
		return this.decoder ? this.run(new Uint8Array(0), false, row) : ''
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
