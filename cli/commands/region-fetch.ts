import { parseArgs } from 'node:util'
import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal } from '#database'
import { fetchRegion } from '#atlas/server'
import type { Command } from '../command.ts'
import { regionFolders } from '../regions-folder.ts'
import { sentence } from '../sentence.ts'

const API = 'https://api.census.gov/data'
const FILES = 'https://www2.census.gov/geo/tiger'

export const regionFetchCommand: Command = {
	name: 'region fetch',
	async run(args) {
		const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { regions: { type: 'string' } } })
		const region = positionals[0]
		if (!region) throw new Refusal('region_option_missing', { option: 'REGION' })
		const stop = new AbortController()
		const interrupt = () => stop.abort(new Refusal('fetch_stopped', { region }))
		process.once('SIGINT', interrupt)
		process.once('SIGTERM', interrupt)
		try {
			await fetchRegion({
				folders: regionFolders(values.regions), region,
				api: addressOf(process.env.THROUGHLINE_CENSUS_API || API), files: addressOf(process.env.THROUGHLINE_CENSUS_FILES || FILES),
				key: process.env.THROUGHLINE_CENSUS_KEY || undefined,
				wait: (milliseconds) => sleep(milliseconds, undefined, { signal: stop.signal }).catch(() => stop.signal.throwIfAborted()),
				signal: stop.signal,
				now: () => new Date(),
				report: ({ what, done, total, kept, bytes }) => console.log(sentence(kept ? 'fetch_kept' : 'fetch_got', { what, done, total, kilobytes: Math.ceil(bytes / 1000) })),
			})
		} finally {
			process.off('SIGINT', interrupt)
			process.off('SIGTERM', interrupt)
		}
		console.log(sentence('fetch_done', { region }))
		return 0
	},
}

/** An address without a slash at the end. Errors: `fetch_base_invalid`. */
function addressOf(text: string): string {
	if (!URL.canParse(text) || !/^https?:/.test(text)) throw new Refusal('fetch_base_invalid', { address: text })
	return text.replace(/\/+$/, '')
}
