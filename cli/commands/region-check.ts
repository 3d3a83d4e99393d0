import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openSourceFiles, readRegion, verifySource } from '#atlas/server'
import type { Command } from '../command.ts'
import { REGIONS_FOLDER } from '../regions-folder.ts'
import { sentence, sentenceOfRefusal } from '../sentence.ts'

export const regionCheckCommand: Command = {
	name: 'region check',
	summary: "Compare a region's source files with the checksums of its manifest.",
	help: `Usage: ./throughline region check REGION [--data DIR]

Reads the manifest and every source file and says for each whether its SHA-256 is the pinned one.
Needs no database and changes nothing. Exit code 1 when anything differs or is missing.

  ./throughline region check metro-atlanta --data ../shared/data`,
	async run(args) {
		const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { data: { type: 'string' } } })
		const { manifest } = readRegion(REGIONS_FOLDER, positionals[0] ?? 'sample')
		const files = openSourceFiles(manifest, values.data && resolve(values.data))
		let faults = 0
		for (const source of manifest.sources) {
			try {
				const bytes = await verifySource(files, source, async () => undefined)
				console.log(sentence('region_source_right', { source: source.key, file: source.file, kilobytes: Math.ceil(bytes / 1000) }))
			} catch (cause) {
				const said = sentenceOfRefusal(cause)
				if (!said) throw cause
				faults++
				console.error(said)
			}
		}
		console.log(sentence(faults === 0 ? 'region_check_right' : 'region_check_wrong', { faults, sources: manifest.sources.length }))
		return faults === 0 ? 0 : 1
	},
}
