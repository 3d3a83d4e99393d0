import { randomUUID } from 'node:crypto'
import {
	claimRegion, depositHead, enqueue, headPlaces, listJobs, migrate, openDatabaseForServer, prepareDataDirectory, requireSameRegion, startJobThread, writeSetting,
	type Database, type JobThread, type OpenDatabase,
} from '#database'
import { findRegion, readRegion, type AtlasTables } from '#atlas/server'
import { shipStandards, type CommunitiesTables } from '#communities/server'
import { ADMINISTRATOR_LINK_HOURS, hasAdministrator, makeAdministratorLink, makeDemonstrationAccounts, type PeopleTables } from '#people/server'
import { buildPages } from './build-pages.ts'
import { whereabouts } from './command.ts'
import { regionFolders } from './regions-folder.ts'
import { sentence, sentenceOfRefusal } from './sentence.ts'
import type { WebServer } from './web-server.ts'

/** How long jobs may take to end when the server stops. */
const GRACE_SECONDS = 5

export interface RegionStart {
	region: string
	/** Absolute path of the folder with source files. */
	data?: string
	dataDirectory?: string
	/** Holds the port already. */
	web: WebServer
}

/** Brings database, pages, jobs and region up behind the web server. What it started is stopped again when a later step fails. */
export async function startRegion({ region, data, dataDirectory, web }: RegionStart): Promise<{ close(): Promise<void> }> {
	const { manifest } = readRegion(regionFolders(), region)
	const where = whereabouts(dataDirectory, region)
	// With DATABASE_URL the directory still holds what must not lie in the database: keys and the ledger's heads.
	const directory = prepareDataDirectory(where.dataDirectory)
	requireSameRegion(directory, region)
	const open: OpenDatabase<PeopleTables> = await openDatabaseForServer({ ...where })
	let jobs: JobThread | undefined
	const close = async () => {
		await depositHead(open.database, headPlaces(directory), new Date()).catch(() => undefined)
		await jobs?.stop(GRACE_SECONDS)
		await open.close()
	}
	try {
		await migrate(open.database)
		await claimRegion(open.database, region, directory)
		await writeSetting(open.database, 'origin', web.url)
		await (open.database as unknown as Database<CommunitiesTables>).transaction().execute((writer) => shipStandards(writer, new Date()))
		if (manifest.fictional) await makeDemonstrationAccounts(open.database, new Date())
		await buildPages(console.log)
		Object.assign(process.env, {
			THROUGHLINE_ADDRESS: JSON.stringify(open.address),
			THROUGHLINE_DATA_DIR: directory,
			THROUGHLINE_ORIGIN: web.url,
		})
		await web.serve()
		jobs = await startJobThread({ address: open.address, entry: new URL('./job-thread.ts', import.meta.url) })
		await askForRegion(open, region, data)
		await greet(open, web.url)
		// Without a signed head a ledger could be cut unseen; the first one is not left to the first night.
		await depositHead(open.database, headPlaces(directory), new Date()).catch((cause: unknown) => console.error(sentenceOfRefusal(cause) ?? cause))
		return { close }
	} catch (cause) {
		await close()
		throw cause
	}
}

/** Asks for the region to be loaded, unless it is loaded or the asking still stands. A load that failed is asked for again. */
async function askForRegion(open: OpenDatabase<PeopleTables>, region: string, data: string | undefined): Promise<void> {
	if (await findRegion(open.database as unknown as Database<AtlasTables>)) return
	const asked = await listJobs(open.database, { task: 'load-region' })
	if (asked.some((job) => job.state !== 'failed')) return
	const request = { id: randomUUID(), task: 'load-region', payload: { region, data: data ?? null }, askedBy: 'system', at: new Date() }
	await open.database.transaction().execute((writer) => enqueue(writer, request))
	console.log(sentence('start_loading', { region }))
}

async function greet(open: OpenDatabase<PeopleTables>, url: string): Promise<void> {
	console.log(sentence('start_ready', { url }))
	if (await hasAdministrator(open.database)) return
	const link = await makeAdministratorLink(open.database, { origin: url, now: new Date() })
	console.log(sentence('start_administrator_link', { hours: ADMINISTRATOR_LINK_HOURS, url: link }))
}
