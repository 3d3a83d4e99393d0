import { parseArgs } from 'node:util'
import { migrate, openDatabase, readSetting, requireDatabase } from '#database'
import type { PeopleTables } from '#people/server'
import { whereabouts, whereOptions, type Command } from '../command.ts'
import { sentence } from '../sentence.ts'

export const administratorLinkCommand: Command = {
	name: 'administrator-link',
	async run(args) {
		const { values } = parseArgs({ args, options: whereOptions })
		const where = whereabouts(values['data-dir'], values.region)
		requireDatabase(where)
		const { ADMINISTRATOR_LINK_HOURS, makeAdministratorLink } = await import('#people/server')
		const open = await openDatabase<PeopleTables>(where)
		try {
			await migrate(open.database)
			const origin = (await readSetting<string>(open.database, 'origin')) ?? 'http://localhost:3000'
			const url = await makeAdministratorLink(open.database, { origin, now: new Date() })
			console.log(sentence('administrator_link_made', { hours: ADMINISTRATOR_LINK_HOURS, url }))
			return 0
		} finally {
			await open.close()
		}
	},
}
