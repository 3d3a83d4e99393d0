import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { checkBackup, openDatabase, openDatabaseForServer, Refusal, requireDatabase, restoreBackup, writeBackup, type CoreTables } from '#database'
import { whereabouts, whereHelp, whereOptions, type Command } from '../command.ts'
import { sentence } from '../sentence.ts'

export const backupCommand: Command = {
	name: 'backup',
	summary: 'Write everything to one file, also while the server runs.',
	help: `Usage: ./throughline backup FILE [options]

Writes all tables as they were at one moment to FILE, with row counts and SHA-256 hashes.
FILE appears only when it is whole; it must not exist yet. It holds personal data:
keep it as carefully as the database. See docs/guides/backup.md.

${whereHelp}

  ./throughline backup /mnt/backups/atlas-$(date +%F).throughline`,
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
	summary: 'Fill an empty database from a backup.',
	help: `Usage: ./throughline restore FILE [options]

Checks the whole FILE first, then fills a new data directory (or the empty database that
DATABASE_URL names) in one transaction, and compares every table with the backup.

${whereHelp}

  ./throughline restore atlas.throughline --data-dir data/restored
  DATABASE_URL=postgresql://atlas@db/atlas ./throughline restore atlas.throughline`,
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
