/** What may be attached. */
export type FileKind = 'pdf' | 'png' | 'jpeg' | 'webp' | 'text' | 'html' | 'csv'

/** Media type of each kind, as it is served. */
export const MEDIA_TYPES: Record<FileKind, string> = {
	pdf: 'application/pdf', png: 'image/png', jpeg: 'image/jpeg', webp: 'image/webp',
	text: 'text/plain; charset=utf-8', html: 'text/html; charset=utf-8', csv: 'text/csv; charset=utf-8',
}

/** What the name of a file of each kind ends with. */
export const EXTENSIONS: Record<FileKind, string> = { pdf: 'pdf', png: 'png', jpeg: 'jpg', webp: 'webp', text: 'txt', html: 'html', csv: 'csv' }

const SIGNATURES: readonly [FileKind, RegExp][] = [['pdf', /^%PDF-/], ['png', /^\x89PNG\r\n\x1a\n/], ['jpeg', /^\xff\xd8\xff/], ['webp', /^RIFF[^]{4}WEBP/]]
const MARKUP = /^\s*(<!doctype html|<html|<!--|<head|<body|<\?xml)/i
// XML runs in a browser like a page, but a page it is not.
const OTHER_MARKUP = /<(svg|rss|feed)\b/i

/** The kind of a file by what it holds, whatever it is called; its name tells a table from a text. Undefined for everything else. */
export function kindOf(content: Uint8Array, name: string): FileKind | undefined {
	const head = Buffer.from(content.buffer, content.byteOffset, Math.min(content.length, 1024)).toString('latin1')
	const signed = SIGNATURES.find(([, signature]) => signature.test(head))
	if (signed) return signed[0]
	if (!isText(content)) return undefined
	if (MARKUP.test(head.replace(/^\xef\xbb\xbf/, ''))) return OTHER_MARKUP.test(head) && !/<html/i.test(head) ? undefined : 'html'
	return /\.csv$/i.test(name) ? 'csv' : 'text'
}

/** Control characters besides tab, line ends and form feed. */
const isControl = (byte: number) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13

/** UTF-8 without the signs that no text has. */
function isText(content: Uint8Array): boolean {
	if (content.length === 0 || content.some(isControl)) return false
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(content)
		return true
	} catch {
		return false
	}
}
