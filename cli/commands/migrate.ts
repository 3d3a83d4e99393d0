import { parseArgs } from 'node:util'
import { migrate, openDatabase } from '#database'
import { sentence } from '../sentence.ts'
import { whereabouts, whereOptions, type Command } from '../command.ts'

export const migrateCommand: Command = {
	name: 'migrate',
	async run(args) {
		const { values } = parseArgs({ args, options: whereOptions })
		const open = await openDatabase(whereabouts(values['data-dir'], values.region))
		try {
			const names = await migrate(open.database)
			console.log(names.length ? names.join('\n') : sentence('migrate_nothing'))
			return 0
		} finally {
			await open.close()
		}
	},
}
