import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { migrate, openDatabase, prepareDataDirectory, requireSameRegion, claimRegion, type CoreTables, type OpenDatabase } from '#database'
import { loadRegion, openSourceFiles, readRegion, type AtlasTables } from '#atlas/server'
import { whereabouts, type Command } from '../command.ts'
import { progressLine } from '../progress-line.ts'
import { sentence } from '../sentence.ts'
import { regionFolders } from '../regions-folder.ts'

export const regionLoadCommand: Command = {
	name: 'region load',
	async run(args) {
		const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { data: { type: 'string' }, regions: { type: 'string' }, 'data-dir': { type: 'string' } } })
		const region = positionals[0] ?? 'sample'
		// Before anything is made: is there such a region, and are its files named?
		const folders = regionFolders(values.regions)
		const { manifest, filesFolder } = readRegion(folders, region)
		openSourceFiles(manifest, values.data ? resolve(values.data) : filesFolder)
		const where = whereabouts(values['data-dir'], region)
		if (!where.databaseUrl) requireSameRegion(prepareDataDirectory(where.dataDirectory), region)
		const open: OpenDatabase<AtlasTables & CoreTables> = await openDatabase(where)
		const line = progressLine()
		try {
			await migrate(open.database)
			await claimRegion(open.database, region, where.databaseUrl ? undefined : prepareDataDirectory(where.dataDirectory))
			await loadRegion({
				database: open.database,
				regionsFolder: folders,
				region,
				dataFolder: values.data && resolve(values.data),
				now: () => new Date(),
				report: async (step, done, total) => line.show(`${step} ${Math.floor((100 * done) / Math.max(1, total))} %`),
			})
			line.clear()
			console.log(sentence('region_loaded', { region }))
			return 0
		} finally {
			line.clear()
			await open.close()
		}
	},
}
