import { Refusal } from '#database'

/** A file as a form sent it. */
export interface UploadedFile {
	name: string
	/** Its bytes in order, as they came in. */
	pieces: Uint8Array[]
	size: number
}

/** The form around the file: boundary, headers, the last line. */
const FORM_BYTES = 4096

/**
 * Reads a form (RFC 7578) whose only field is one file, as it comes in: the library's reader takes it at once and holds up everybody for
 * as long as that lasts. The length a browser states is checked before anything is read; undefined when the form is none of these or no
 * file was chosen. Errors: `import_file_too_large`.
 */
export async function readUploadedFile(request: Request, limitMegabytes: number): Promise<UploadedFile | undefined> {
	const length = Number(request.headers.get('content-length') ?? NaN)
	if (length > limitMegabytes * 1e6 + FORM_BYTES) throw new Refusal('import_file_too_large', { megabytes: limitMegabytes })
	const boundary = /^multipart\/form-data;.*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(request.headers.get('content-type') ?? '')
	if (!Number.isFinite(length) || !boundary || !request.body) return undefined
	const pieces: Buffer[] = []
	for await (const piece of request.body) pieces.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength))
	return takeFile(pieces, boundary[1] ?? boundary[2]!)
}

function takeFile(pieces: Buffer[], boundary: string): UploadedFile | undefined {
	const head = takeHead(pieces)
	const tail = takeTail(pieces, Buffer.byteLength(`\r\n--${boundary}--\r\n`))
	const named = head && /^content-disposition: form-data;.*?; filename="([^"]*)"/im.exec(head)
	if (!head?.startsWith(`--${boundary}\r\n`) || tail !== `\r\n--${boundary}--\r\n` || !named?.[1]) return undefined
	const name = named[1].replace(/%22/g, '"').replace(/%0D|%0A/gi, ' ')
	return { name, pieces, size: pieces.reduce((sum, piece) => sum + piece.length, 0) }
}

/** Cuts off what stands before the file: the boundary and the headers up to an empty line. */
function takeHead(pieces: Buffer[]): string | undefined {
	let head = Buffer.alloc(0)
	while (pieces.length > 0 && head.length < FORM_BYTES) {
		head = Buffer.concat([head, pieces.shift()!])
		const end = head.indexOf('\r\n\r\n')
		if (end < 0) continue
		pieces.unshift(head.subarray(end + 4))
		return head.toString('utf8', 0, end + 4)
	}
	return undefined
}

/** Cuts off the last bytes. */
function takeTail(pieces: Buffer[], bytes: number): string {
	let tail = Buffer.alloc(0)
	while (pieces.length > 0 && tail.length < bytes) tail = Buffer.concat([pieces.pop()!, tail])
	const rest = tail.subarray(0, Math.max(0, tail.length - bytes))
	if (rest.length > 0) pieces.push(rest)
	return tail.toString('latin1', rest.length)
}
