import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openSourceFiles, readRegion, verifySource } from '#atlas/server'
import type { Command } from '../command.ts'
import { regionFolders } from '../regions-folder.ts'
import { sentence, sentenceOfRefusal } from '../sentence.ts'

export const regionCheckCommand: Command = {
	name: 'region check',
	async run(args) {
		const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { data: { type: 'string' }, regions: { type: 'string' } } })
		const { manifest, filesFolder } = readRegion(regionFolders(values.regions), positionals[0] ?? 'sample')
		const files = openSourceFiles(manifest, values.data ? resolve(values.data) : filesFolder)
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
