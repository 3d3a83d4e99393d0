import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '#database'
import { makeSampleFiles } from '../../../../regions/sample/index.ts'
import type { ManifestSource, RegionManifest } from './manifest.ts'

/** Where a region's source files come from: a folder, or the generator of the sample region. */
export interface SourceFiles {
	/** Size in bytes. Errors: `source_missing`. */
	size(source: ManifestSource): number
	open(source: ManifestSource): AsyncIterable<Uint8Array>
}

/** The files of a region. Errors: `source_folder_needed` when the region reads files and no folder was named. */
export function openSourceFiles(manifest: RegionManifest, folder: string | undefined): SourceFiles {
	const generated = manifest.generated ? new Map([...makeSampleFiles()].map(([name, text]) => [name, Buffer.from(text)])) : new Map<string, Buffer>()
	// A copy of the sample may have sources of files beside those that are made.
	if (!folder && manifest.sources.some(({ file }) => !generated.has(file))) throw new Refusal('source_folder_needed', { region: manifest.key })
	return {
		size(source) {
			const bytes = generated.get(source.file)
			if (bytes) return bytes.length
			const path = join(folder!, source.file)
			const status = statSync(path, { throwIfNoEntry: false })
			if (!status?.isFile()) throw new Refusal('source_missing', { file: path, source: source.key, url: source.url ?? '' })
			return status.size
		},
		open: (source) => (generated.has(source.file) ? once(generated.get(source.file)!) : createReadStream(join(folder!, source.file), { highWaterMark: 1 << 20 })),
	}
}

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
	yield bytes
}

/** All bytes of a stream at once, for formats that need them together. */
export async function readWhole(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
	const pieces: Uint8Array[] = []
	for await (const piece of stream) pieces.push(piece)
	return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
}

/** Compares a source with the checksum its manifest pins. Errors: `source_missing`, `source_checksum`. Returns its size in bytes. */
export async function verifySource(files: SourceFiles, source: ManifestSource, onBytes: (bytes: number) => Promise<void>): Promise<number> {
	const size = files.size(source)
	const hash = createHash('sha256')
	let done = 0
	for await (const piece of files.open(source)) {
		hash.update(piece)
		done += piece.length
		await onBytes(done)
	}
	const found = hash.digest('hex')
	if (found !== source.sha256) throw new Refusal('source_checksum', { file: source.file, expected: source.sha256.slice(0, 12), found: found.slice(0, 12) })
	return size
}
