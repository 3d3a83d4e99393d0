export { FILE_MEGABYTES, findFile, findOwnFile, keepFile, listExtensions, requireFile, useFilePublicly } from './files.ts'
export { EXTENSIONS, kindOf, MEDIA_TYPES, type FileKind } from './file-kind.ts'
export type { FileTables } from './file-tables.ts'
