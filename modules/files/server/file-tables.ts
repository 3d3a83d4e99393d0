import type { FileKind } from './file-kind.ts'

/** Tables of schema `files`. */
export interface FileTables {
	'files.file': { sha256: Buffer; kind: FileKind; content: Buffer }
	'files.upload': { sha256: Buffer; account: string; name: string; at: Date }
	'files.public_use': { sha256: Buffer; record: string; at: Date }
}
