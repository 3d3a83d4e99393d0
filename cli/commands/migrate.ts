import { parseArgs } from 'node:util'
import { migrate, openDatabase } from '#database'
import { whereabouts, whereHelp, whereOptions, type Command } from '../command.ts'

export const migrateCommand: Command = {
	name: 'migrate',
	summary: 'Bring the database to the newest version.',
	help: `Usage: ./throughline migrate [options]

${whereHelp}

Runs the migrations that have not run yet, in order, and prints their names.
"start" does this by itself; run it by hand before a restart of a large installation.`,
	async run(args) {
		const { values } = parseArgs({ args, options: whereOptions })
		const open = await openDatabase(whereabouts(values['data-dir'], values.region))
		try {
			const names = await migrate(open.database)
			console.log(names.length ? names.join('\n') : 'Nothing to do: the database is up to date.')
			return 0
		} finally {
			await open.close()
		}
	},
}
