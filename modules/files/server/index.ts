export { FILE_MEGABYTES, findFile, findOwnFile, keepFile, requireFile, useFilePublicly } from './files.ts'
export { kindOf, MEDIA_TYPES, type FileKind } from './file-kind.ts'
export type { FileTables } from './file-tables.ts'
