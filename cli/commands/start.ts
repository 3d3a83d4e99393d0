import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Refusal } from '#database'
import type { Command } from '../command.ts'
import { sentence } from '../sentence.ts'
import { openWebServer } from '../web-server.ts'

/** How long requests may take to end when the server stops. */
const GRACE_SECONDS = 5

export const startCommand: Command = {
	name: 'start',
	async run(args) {
		const { values } = parseArgs({
			args,
			options: {
				region: { type: 'string', default: 'sample' },
				data: { type: 'string' },
				regions: { type: 'string' },
				'data-dir': { type: 'string' },
				port: { type: 'string', default: process.env.PORT || '3000' },
				host: { type: 'string', default: '127.0.0.1' },
			},
		})
		// For the job thread too, which loads the region.
		if (values.regions) process.env.THROUGHLINE_REGIONS = resolve(values.regions)
		const stopped = Promise.withResolvers<void>()
		const web = await openWebServer({ host: values.host, port: parsePort(values.port), origin: process.env.ORIGIN || undefined })
		listenForSignals(stopped.resolve)
		let running: { close(): Promise<void> } | undefined
		try {
			// Loaded here, so that other commands need not wait for it.
			const { startRegion } = await import('../start-region.ts')
			running = await startRegion({ region: values.region, data: values.data && resolve(values.data), dataDirectory: values['data-dir'], web })
			await stopped.promise
			console.log(sentence('start_stopping'))
			return 0
		} finally {
			await web.close(running ? GRACE_SECONDS : 0)
			await running?.close()
		}
	},
}

function parsePort(text: string): number {
	const port = Number(text)
	if (!/^\d+$/.test(text) || port > 65535) throw new Refusal('port_not_a_number', { port: text })
	return port
}

/** The first interrupt stops in order; one that comes later, from an impatient person, ends at once. */
function listenForSignals(stop: () => void): void {
	let first = 0
	const onSignal = () => {
		// npm forwards the interrupt that the terminal already delivered: two within two seconds are one.
		if (first && performance.now() - first > 2000) process.exit(130)
		first ||= performance.now()
		stop()
	}
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
}
