import { listRegionKeys, readRegion } from '#atlas/server'
import type { Command } from '../command.ts'
import { terminalLocale } from '../sentence.ts'
import { REGIONS_FOLDER } from '../regions-folder.ts'

export const regionListCommand: Command = {
	name: 'region list',
	summary: 'List the regions that have a manifest.',
	help: `Usage: ./throughline region list

Prints each region's key, name, number of counties and sources, and what it is.`,
	async run() {
		for (const key of listRegionKeys(REGIONS_FOLDER)) {
			const { manifest } = readRegion(REGIONS_FOLDER, key)
			const locale = terminalLocale()
			console.log(`${key.padEnd(16)}${manifest.name[locale]}: ${Object.keys(manifest.counties).length} counties, ${manifest.sources.length} sources`)
			console.log(`${''.padEnd(16)}${manifest.about[locale]}`)
		}
		return 0
	},
}
