import { parseArgs } from 'node:util'
import { listRegionKeys, readRegion } from '#atlas/server'
import type { Command } from '../command.ts'
import { sentence, terminalLocale } from '../sentence.ts'
import { REGIONS_FOLDER } from '../regions-folder.ts'

export const regionListCommand: Command = {
	name: 'region list',
	async run(args) {
		parseArgs({ args, options: {} })
		for (const key of listRegionKeys(REGIONS_FOLDER)) {
			const { manifest } = readRegion(REGIONS_FOLDER, key)
			const locale = terminalLocale()
			console.log(`${key.padEnd(16)}${manifest.name[locale]}: ${sentence('region_size', { counties: Object.keys(manifest.counties).length, sources: manifest.sources.length })}`)
			console.log(`${''.padEnd(16)}${manifest.about[locale]}`)
		}
		return 0
	},
}
