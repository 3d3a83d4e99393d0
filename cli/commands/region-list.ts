import { parseArgs } from 'node:util'
import { listRegionKeys, readManifestFile, readRegion, type RegionFolders } from '#atlas/server'
import type { Command } from '../command.ts'
import { sentence, sentenceOfRefusal, terminalLocale } from '../sentence.ts'
import { regionFolders } from '../regions-folder.ts'

export const regionListCommand: Command = {
	name: 'region list',
	async run(args) {
		const { values } = parseArgs({ args, options: { regions: { type: 'string' } } })
		const folders = regionFolders(values.regions)
		const locale = terminalLocale()
		for (const key of listRegionKeys(folders)) {
			const { manifest, folder } = readManifestFile(folders, key)
			console.log(`${key.padEnd(16)}${manifest.name[locale]}: ${sentence('region_size', { counties: Object.keys(manifest.counties).length, sources: manifest.sources.length })}`)
			console.log(`${''.padEnd(16)}${manifest.about[locale]}`)
			const open = whyNotFetched(folders, key)
			if (open) console.log(`${''.padEnd(16)}${open}`)
			if (folder === folders[0]) console.log(`${''.padEnd(16)}${sentence('region_own', { folder })}`)
		}
		return 0
	},
}

/** The sentence that says what a region still lacks; every other fault of its manifest is an error. */
function whyNotFetched(folders: RegionFolders, key: string): string | undefined {
	try {
		readRegion(folders, key)
		return undefined
	} catch (cause) {
		if ((cause as { code?: string }).code === 'region_not_fetched') return sentenceOfRefusal(cause)
		throw cause
	}
}
