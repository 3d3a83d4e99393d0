import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { migrate, openDatabase, Refusal, requireDatabase, type CoreTables, type OpenDatabase } from '#database'
import { exportRegion, type AtlasTables } from '#atlas/server'
import { whereabouts, whereOptions, type Command } from '../command.ts'
import { sentence } from '../sentence.ts'
import { systemReason } from '../system-reason.ts'

export const exportCommand: Command = {
	name: 'export',
	async run(args) {
		const { values } = parseArgs({ args, options: { out: { type: 'string' }, ...whereOptions } })
		if (!values.out) throw new Refusal('export_folder_needed')
		const out = resolve(values.out)
		if (existsSync(out)) throw new Refusal('export_folder_exists', { folder: out })
		const where = whereabouts(values['data-dir'], values.region)
		requireDatabase(where)
		const open: OpenDatabase<AtlasTables & CoreTables> = await openDatabase(where)
		try {
			await migrate(open.database)
			const files = await writeWhole(out, exportRegion(open.database))
			console.log(sentence('export_done', { folder: out, files }))
			return 0
		} finally {
			await open.close()
		}
	},
}

/** Writes the files into a folder beside and renames it at the end, so that a folder that is there is whole. */
async function writeWhole(out: string, files: AsyncIterable<{ name: string; text: string }>): Promise<number> {
	let count = 0
	let beside: string | undefined
	try {
		await mkdir(dirname(out), { recursive: true })
		beside = await mkdtemp(join(dirname(out), `.${basename(out)}-`))
		for await (const { name, text } of files) {
			await writeFile(join(beside, name), text)
			count++
		}
		await chmod(beside, 0o755)
		await rename(beside, out)
		return count
	} catch (cause) {
		if (beside) await rm(beside, { recursive: true, force: true })
		if (cause instanceof Refusal) throw cause
		throw new Refusal('export_not_written', { folder: out, reason: systemReason(cause) }, { cause })
	}
}
