import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { checkBackup, openDatabase, openDatabaseForServer, Refusal, requireDatabase, restoreBackup, writeBackup, type CoreTables } from '#database'
import { whereabouts, whereOptions, type Command } from '../command.ts'
import { sentence } from '../sentence.ts'

export const backupCommand: Command = {
	name: 'backup',
	async run(args) {
		const { file, where } = parse(args, 'backup')
		requireDatabase(where)
		const open = await openDatabase<CoreTables>(where)
		try {
			const { tables, rows } = await writeBackup(open.pool, file, new Date())
			console.log(sentence('backup_done', { file, tables, rows }))
			return 0
		} finally {
			await open.close()
		}
	},
}

export const restoreCommand: Command = {
	name: 'restore',
	async run(args) {
		const { file, where } = parse(args, 'restore')
		// Before anything is created or started for it.
		await checkBackup(file)
		const open = await openDatabaseForServer<CoreTables>(where)
		try {
			const { tables, rows, madeAt } = await restoreBackup(open, file)
			console.log(sentence('restore_done', { tables, rows, at: madeAt }))
			return 0
		} finally {
			await open.close()
		}
	},
}

function parse(args: string[], command: string) {
	const { values, positionals } = parseArgs({ args, options: whereOptions, allowPositionals: true })
	if (positionals.length !== 1) throw new Refusal('backup_file_needed', { command })
	return { file: resolve(positionals[0]!), where: whereabouts(values['data-dir'], values.region) }
}
