import { Refusal, type CoreTables, type Database, type Writer } from '#database'
import type { AtlasTables, SourceReport } from '../tables.ts'
import { loadGeography, checkGeography } from './load-geography.ts'
import { loadIndices } from './load-indices.ts'
import { loadNames } from './load-names.ts'
import { loadRoads } from './load-roads.ts'
import { loadTable, type GeographyKeys } from './load-table.ts'
import { readRegion, type ManifestSource, type Region, type RegionFolders } from './manifest.ts'
import { clearLoading, publishRegion } from './publish.ts'
import { openSourceFiles, verifySource, type SourceFiles } from './source-files.ts'

type Tables = AtlasTables & CoreTables

export interface LoadRegionOptions {
	database: Database<Tables>
	/** Folders of the region manifests. */
	regionsFolder: RegionFolders
	region: string
	/** Folder of the source files; not needed for a generated region, nor for one that was fetched. */
	dataFolder?: string
	now: () => Date
	/** Told at every step: what is being done, and how far of how much. */
	report: (step: string, done: number, total: number) => Promise<void>
	signal?: AbortSignal
}

/**
 * Loads a region from its manifest: checks every source, writes each one into the loading schema in a transaction of its own, computes
 * the indices and publishes all of it at once. Interrupted at any point, it goes on after the last finished source; what is published
 * before stays untouched until the end. Errors: Refusals that name the file and what to do.
 */
export async function loadRegion(options: LoadRegionOptions): Promise<void> {
	const region = readRegion(options.regionsFolder, options.region)
	const files = openSourceFiles(region.manifest, options.dataFolder ?? region.filesFolder)
	const { sources } = region.manifest
	const sizes = await verifyAll(sources, files, options)
	const total = sources.length + 2
	const fingerprint = region.hash.toString('hex')
	await forgetOtherLoads(options.database, fingerprint)
	for (const [index, source] of sources.entries()) {
		options.signal?.throwIfAborted()
		await options.report(source.key, index, total)
		await once(options.database, source.key, fingerprint, (writer) => loadSource(writer, source, index, region, files, sizes[index]!, options.now()))
	}
	await options.report('indices', sources.length, total)
	await once(options.database, 'indices', fingerprint, async (writer) => {
		await writeIndicators(writer, region)
		await loadIndices(writer, region, files, options.now())
		return {}
	})
	await options.report('publish', sources.length + 1, total)
	await options.database.transaction().execute((writer) => publishRegion(writer, region, options.now()))
	await options.report('publish', total, total)
}

async function verifyAll(sources: ManifestSource[], files: SourceFiles, options: LoadRegionOptions): Promise<number[]> {
	const total = sources.reduce((sum, source) => sum + files.size(source), 0)
	const sizes: number[] = []
	let before = 0
	let told = -1
	for (const source of sources) {
		const size = await verifySource(files, source, async (done) => {
			const percent = Math.floor((100 * (before + done)) / total)
			if (percent === told) return
			told = percent
			options.signal?.throwIfAborted()
			await options.report('checksums', before + done, total)
		})
		sizes.push(size)
		before += size
	}
	return sizes
}

/** A load of another manifest left half-way is of no use to this one. */
async function forgetOtherLoads(database: Database<Tables>, fingerprint: string): Promise<void> {
	const other = await database.selectFrom('atlas_loading.checkpoint').select('step').where('fingerprint', '<>', fingerprint).executeTakeFirst()
	if (other) await database.transaction().execute(clearLoading)
}

/** Does a step unless it was finished before; the step's rows and its checkpoint are committed together. */
async function once(database: Database<Tables>, step: string, fingerprint: string, work: (writer: Writer<Tables>) => Promise<SourceReport>): Promise<void> {
	const finished = await database.selectFrom('atlas_loading.checkpoint').select('step').where('step', '=', step).executeTakeFirst()
	if (finished) return
	await database.transaction().execute(async (writer) => {
		const report = await work(writer)
		await writer.insertInto('atlas_loading.checkpoint').values({ step, fingerprint, report: JSON.stringify(report) }).execute()
	})
}

async function loadSource(writer: Writer<Tables>, source: ManifestSource, ordinal: number, region: Region, files: SourceFiles, bytes: number, now: Date): Promise<SourceReport> {
	const result =
		source.kind === 'geography' ? await loadGeography(writer, source, files, region)
		: source.kind === 'check' ? await checkGeography(writer, source, files)
		: source.kind === 'roads' ? await loadRoads(writer, source, files)
		: source.kind === 'names' ? await loadNames(writer, source, files, await loadedGeographies(writer))
		: await loadTable(writer, source, files, await loadedGeographies(writer), now)
	await writer
		.insertInto('atlas_loading.source')
		.values({
			key: source.key, ordinal, kind: source.kind, publisher: source.publisher, title: JSON.stringify(source.title), url: source.url ?? null,
			vintage: source.vintage, licence: source.licence, sha256: source.sha256, publisher_sha256: source.publisher_sha256 ?? null,
			bytes, rows: result.rows, report: JSON.stringify({ ...result.report, ...(source.fetched && { fetchedAt: source.fetched.at, answers: source.fetched.answers }) }), loaded_at: now,
		})
		.execute()
	return result.report
}

/** The keys of every geography loaded so far, in place order. */
export async function loadedGeographies(writer: Writer<AtlasTables>): Promise<GeographyKeys[]> {
	const places = await writer.selectFrom('atlas_loading.place').select(['geography', 'geoid']).orderBy('geography').orderBy('ordinal').execute()
	const geoids = new Map<string, string[]>()
	for (const { geography, geoid } of places) {
		const list = geoids.get(geography)
		if (list) list.push(geoid)
		else geoids.set(geography, [geoid])
	}
	if (geoids.size === 0) throw new Refusal('geography_first', {})
	return [...geoids].map(([key, list]) => ({ key, geoids: list, ordinalOf: new Map(list.map((geoid, ordinal) => [geoid, ordinal])) }))
}

async function writeIndicators(writer: Writer<AtlasTables>, region: Region): Promise<void> {
	let ordinal = 0
	for (const [key, indicator] of region.catalogue) {
		await writer
			.insertInto('atlas_loading.indicator')
			.values({
				key, ordinal: ordinal++, domain: indicator.domain, name: JSON.stringify(indicator.name), description: JSON.stringify(indicator.about),
				unit: indicator.unit, direction: indicator.direction, universe: indicator.universe?.en ?? null,
				definition: JSON.stringify({ group: indicator.group, universe: indicator.universe ?? null, ...(indicator.of && { of: indicator.of, among: indicator.among }) }),
			})
			.execute()
	}
}
