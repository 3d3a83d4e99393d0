import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { Refusal } from '#database'
import { DOMAINS, UNITS } from '../../domains.ts'
import { namesSchema } from './names-schema.ts'
import { fillFromLock, isLocked, lockText, readLock } from './region-lock.ts'
import { tableSchema } from './table-schema.ts'

const bilingual = z.strictObject({ en: z.string().min(1), es: z.string().min(1) })
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const fips = z.string().regex(/^\d{5}$/)

const geographySchema = z.strictObject({
	key: z.string(),
	/** Block groups and blocks tell where in a tract people live. */
	place: z.enum(['tract', 'county', 'block-group', 'block']),
	vintage: z.int(),
	format: z.enum(['geojson', 'topojson', 'shapefile']),
	id: z.string(),
	name: z.string(),
	/** Put before the name column, for layers that carry only the number. */
	name_prefix: z.string().optional(),
	object: z.string().optional(),
	/** Only places whose GEOID begins so, of a file that holds more. */
	within: z.string().optional(),
	main: z.boolean().default(false),
})

/** What `region fetch` asks a publisher for: a file, or variables of the American Community Survey for every place of a state. */
const fetchSchema = z.union([
	z.strictObject({ file: z.string().regex(/^[\w./-]+$/) }),
	z.strictObject({ acs: z.int(), place: z.enum(['tract', 'county']), state: z.string().regex(/^\d{2}$/) }),
])

const sourceSchema = z.strictObject({
	key: z.string().regex(/^[a-z0-9-]+$/),
	kind: z.enum(['geography', 'check', 'table', 'names', 'roads']),
	title: bilingual,
	publisher: z.string(),
	url: z.url().optional(),
	vintage: z.string(),
	licence: z.string(),
	file: z.string(),
	sha256,
	publisher_sha256: sha256.nullish(),
	fetch: fetchSchema.optional(),
	/** Filled in from the lock: when it was fetched, and of how many answers it was made. */
	fetched: z.strictObject({ at: z.string(), answers: z.int() }).optional(),
	geography: geographySchema.optional(),
	table: tableSchema.optional(),
	names: namesSchema.optional(),
})

const indexSchema = z.strictObject({
	recipe: z.string(),
	source: z.string(),
	name: bilingual,
	about: bilingual,
	/** Column of the recipe → column of the table, where they differ. */
	columns: z.record(z.string(), z.string()).default({}),
})

const manifestSchema = z.strictObject({
	key: z.string().regex(/^[a-z0-9-]+$/),
	fictional: z.boolean(),
	generated: z.boolean().default(false),
	name: bilingual,
	about: bilingual,
	state: z.strictObject({ geoid: z.string().regex(/^\d{2}$/), name: bilingual }),
	counties: z.record(fips, z.string()),
	sources: z.array(sourceSchema).min(1),
	indices: z.array(indexSchema).default([]),
})

/** A manifest as it is written: what `region fetch` finds out may be left open. */
const openManifestSchema = manifestSchema.extend({
	state: z.strictObject({ geoid: z.string().regex(/^\d{2}$/), name: bilingual.optional() }),
	counties: z.record(fips, z.string().nullable()),
	sources: z.array(sourceSchema.extend({ sha256: sha256.optional() })).min(1),
})

const indicatorSchema = z.strictObject({
	domain: z.enum(DOMAINS),
	group: z.boolean().default(false),
	of: z.string().optional(),
	among: z.string().optional(),
	unit: z.enum(UNITS),
	direction: z.enum(['higher_is_better', 'higher_is_worse', 'neither']),
	universe: bilingual.optional(),
	name: bilingual,
	about: bilingual,
})

export type RegionManifest = z.infer<typeof manifestSchema>
export type ManifestSource = z.infer<typeof sourceSchema>
export type ManifestFetch = z.infer<typeof fetchSchema>
export type OpenManifest = z.infer<typeof openManifestSchema>
export type ManifestGeography = z.infer<typeof geographySchema>
export type ManifestIndex = z.infer<typeof indexSchema>
export type CatalogueIndicator = z.infer<typeof indicatorSchema>

export interface Region {
	manifest: RegionManifest
	/** SHA-256 of the manifest, its lock and the indicator catalogue: a load that was interrupted goes on only when all are unchanged. */
	hash: Buffer
	catalogue: Map<string, CatalogueIndicator>
	/** Where `region fetch` put the files of this region; undefined for a region that fetches none. */
	filesFolder: string | undefined
}

/** A manifest as it stands in its file. */
export interface ManifestFile {
	folder: string
	file: string
	text: string
	manifest: OpenManifest
}

/** Words that are files beside the manifests. */
const RESERVED = ['indicators', 'regions']
const isRegionKey = (key: string) => /^[a-z0-9-]+$/.test(key) && !RESERVED.includes(key)

/** Reads `<key>.yml` from the first folder that has it. Errors: `region_unknown` with the regions there are; `manifest_invalid`. */
export function readManifestFile(folders: RegionFolders, key: string): ManifestFile {
	const folder = [folders].flat().find((candidate) => isRegionKey(key) && existsSync(join(candidate, `${key}.yml`)))
	if (folder === undefined) throw new Refusal('region_unknown', { region: key, regions: listRegionKeys(folders).join(', ') })
	const file = join(folder, `${key}.yml`)
	const text = readFileSync(file, 'utf8')
	return { folder, file, text, manifest: validate(file, text, openManifestSchema) }
}

/** One folder of manifests, or several: the first that has a region counts, and the last holds the catalogue of indicators. */
export type RegionFolders = string | readonly string[]

/**
 * Reads a region's manifest, fills in what its lock knows, and reads the indicator catalogue.
 * Errors: `region_unknown` with the regions there are; `manifest_invalid` with the file, the path in it and what is wrong;
 * `region_not_fetched` when its files were not fetched yet, or not as the manifest now asks.
 */
export function readRegion(folders: RegionFolders, key: string): Region {
	const { folder, file, text, manifest: open } = readManifestFile(folders, key)
	const lock = readLock(folder, key)
	const fetches = open.sources.some((source) => source.fetch)
	if (fetches && !isLocked(open, lock)) throw new Refusal('region_not_fetched', { region: key })
	const manifest = check(file, fillFromLock(open, lock), manifestSchema)
	const catalogueTexts = [folders].flat().toReversed().map((candidate) => join(candidate, 'indicators.yml')).filter((path) => existsSync(path))
		.map((path) => ({ path, text: readFileSync(path, 'utf8') }))
	const catalogue = new Map(catalogueTexts.flatMap((own) => Object.entries(validate(own.path, own.text, z.record(z.string(), indicatorSchema)))))
	requireConsistency(file, manifest, catalogue)
	requireGroupMeasures(catalogueTexts.at(-1)?.path ?? file, catalogue)
	const hash = createHash('sha256').update(text).update(fetches ? lockText(lock) : '')
	for (const own of catalogueTexts) hash.update(own.text)
	return { manifest, catalogue, hash: hash.digest(), filesFolder: fetches ? join(folder, key) : undefined }
}

/** The keys of every region that has a manifest, in alphabetical order. */
export function listRegionKeys(folders: RegionFolders): string[] {
	const keys = [folders].flat().filter((folder) => existsSync(folder)).flatMap((folder) => globSync('*.yml', { cwd: folder }).map((file) => basename(file, '.yml')))
	return [...new Set(keys)].filter(isRegionKey).sort()
}

function validate<T>(file: string, text: string, schema: z.ZodType<T>): T {
	let value: unknown
	try {
		value = parse(text, { merge: true })
	} catch (cause) {
		throw new Refusal('manifest_invalid', { file, path: '-', reason: (cause as Error).message.split('\n')[0]! }, { cause })
	}
	return check(file, value, schema)
}

function check<T>(file: string, value: unknown, schema: z.ZodType<T>): T {
	const result = schema.safeParse(value)
	if (result.success) return result.data
	const issue = result.error.issues[0]!
	throw new Refusal('manifest_invalid', { file, path: issue.path.join(' → ') || '-', reason: issue.message })
}

/** A measure of one group names the measure of everybody, in the same unit and direction, and an indicator that is a group. */
function requireGroupMeasures(file: string, catalogue: Map<string, CatalogueIndicator>): void {
	for (const [key, { of, among, unit, direction }] of catalogue) {
		if (of === undefined && among === undefined) continue
		const [base, group] = [catalogue.get(of ?? ''), catalogue.get(among ?? '')]
		const reason = !base || base.of ? 'of names an indicator of everybody' : base.unit !== unit || base.direction !== direction ? `unit and direction are those of ${of}` : !group?.group ? 'among names an indicator with group: true' : undefined
		if (reason) throw new Refusal('manifest_invalid', { file, path: key, reason })
	}
}

/** What a source of a kind describes; roads need no description. */
const PART_OF = { geography: 'geography', check: 'geography', table: 'table', names: 'names', roads: undefined } as const
/** Keys of geographies that addresses use for something else. */
const RESERVED_GEOGRAPHIES = ['roads']

function requireConsistency(file: string, manifest: RegionManifest, catalogue: Map<string, CatalogueIndicator>): void {
	const fail = (path: string, reason: string) => {
		throw new Refusal('manifest_invalid', { file, path, reason })
	}
	const geographies = new Set(manifest.sources.filter(({ kind }) => kind === 'geography').map(({ geography }) => geography?.key))
	for (const source of manifest.sources) {
		const part = PART_OF[source.kind]
		if (part && !source[part]) fail(source.key, `a source of kind ${source.kind} describes its ${part}`)
		if (source.names && !source.names.kind && !source.names.kind_column) fail(source.key, 'names have a kind, or a kind_column')
		const wanted = source.table?.geography ?? source.names?.geography ?? source.geography?.key
		if (source.kind !== 'roads' && !geographies.has(wanted)) fail(source.key, `geography ${wanted} has no source`)
		const keys = source.table ? [source.table.counts, source.table.shares, source.table.amounts, source.table.ratios, source.table.complements].flatMap(Object.keys) : []
		for (const key of keys) if (!catalogue.has(key)) fail(source.key, `indicator ${key} is not in indicators.yml`)
	}
	for (const key of RESERVED_GEOGRAPHIES) if (geographies.has(key)) fail('sources', `no geography may be called ${key}`)
	if (manifest.sources.filter(({ kind }) => kind === 'roads').length > 1) fail('sources', 'at most one source is of kind roads')
	if (manifest.sources.filter(({ kind, geography }) => kind === 'geography' && geography?.main).length !== 1) fail('sources', 'exactly one geography is the main one')
	for (const { source } of manifest.indices) if (!manifest.sources.some(({ key, table }) => key === source && table)) fail('indices', `there is no table ${source}`)
}
