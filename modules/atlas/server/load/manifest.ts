import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { Refusal } from '#database'
import { DOMAINS, UNITS } from '../../domains.ts'

const bilingual = z.strictObject({ en: z.string().min(1), es: z.string().min(1) })
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const fips = z.string().regex(/^\d{5}$/)

const geographySchema = z.strictObject({
	key: z.string(),
	place: z.enum(['tract', 'county']),
	vintage: z.int(),
	format: z.enum(['geojson', 'topojson', 'shapefile']),
	id: z.string(),
	name: z.string(),
	/** Put before the name column, for layers that carry only the number. */
	name_prefix: z.string().optional(),
	object: z.string().optional(),
	main: z.boolean().default(false),
})

const shareSchema = z.strictObject({ code: z.string(), universe: z.string().optional(), universe_margin: z.string().optional() })
const amountSchema = z.strictObject({ estimate: z.string(), margin: z.string().optional() })
const ratioSchema = z.strictObject({ numerator: z.string(), universe: z.string() })

const tableSchema = z.strictObject({
	geography: z.string(),
	key: z.string(),
	missing: z.array(z.string()).default([]),
	/** Indicator → code: columns E_<code> and M_<code>. */
	counts: z.record(z.string(), z.string()).default({}),
	/** Indicator → code: columns EP_, MP_, E_ and M_<code>, with the universe's column where the table has one. */
	shares: z.record(z.string(), shareSchema).default({}),
	amounts: z.record(z.string(), amountSchema).default({}),
	/** Indicator → two columns of counts without margins. */
	ratios: z.record(z.string(), ratioSchema).default({}),
	/** Indicator → the share (above) of which it is all the rest: 100 minus it, with the same margin. */
	complements: z.record(z.string(), z.string()).default({}),
})

const sourceSchema = z.strictObject({
	key: z.string().regex(/^[a-z0-9-]+$/),
	kind: z.enum(['geography', 'check', 'table']),
	title: bilingual,
	publisher: z.string(),
	url: z.url().optional(),
	vintage: z.string(),
	licence: z.string(),
	file: z.string(),
	sha256,
	publisher_sha256: sha256.nullish(),
	geography: geographySchema.optional(),
	table: tableSchema.optional(),
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

const indicatorSchema = z.strictObject({
	domain: z.enum(DOMAINS),
	group: z.boolean().default(false),
	unit: z.enum(UNITS),
	direction: z.enum(['higher_is_better', 'higher_is_worse', 'neither']),
	universe: bilingual.optional(),
	name: bilingual,
	about: bilingual,
})

export type RegionManifest = z.infer<typeof manifestSchema>
export type ManifestSource = z.infer<typeof sourceSchema>
export type ManifestTable = z.infer<typeof tableSchema>
export type ManifestGeography = z.infer<typeof geographySchema>
export type ManifestIndex = z.infer<typeof indexSchema>
export type CatalogueIndicator = z.infer<typeof indicatorSchema>

export interface Region {
	manifest: RegionManifest
	/** SHA-256 of the manifest and of the indicator catalogue: a load that was interrupted goes on only when both are unchanged. */
	hash: Buffer
	catalogue: Map<string, CatalogueIndicator>
}

/**
 * Reads `regions/<key>.yml` and the indicator catalogue beside it.
 * Errors: `region_unknown` with the regions there are; `manifest_invalid` with the file, the path in it and what is wrong.
 */
export function readRegion(folder: string, key: string): Region {
	const file = join(folder, `${key}.yml`)
	if (!/^[a-z0-9-]+$/.test(key) || key === 'indicators' || !existsSync(file)) {
		throw new Refusal('region_unknown', { region: key, regions: listRegionKeys(folder).join(', ') })
	}
	const [text, catalogueText] = [readFileSync(file, 'utf8'), readFileSync(join(folder, 'indicators.yml'), 'utf8')]
	const manifest = validate(file, text, manifestSchema)
	const catalogue = new Map(Object.entries(validate(join(folder, 'indicators.yml'), catalogueText, z.record(z.string(), indicatorSchema))))
	requireConsistency(file, manifest, catalogue)
	return { manifest, catalogue, hash: createHash('sha256').update(text).update(catalogueText).digest() }
}

export function listRegionKeys(folder: string): string[] {
	return globSync('*.yml', { cwd: folder }).map((file) => basename(file, '.yml')).filter((key) => key !== 'indicators').sort()
}

function validate<T>(file: string, text: string, schema: z.ZodType<T>): T {
	let value: unknown
	try {
		value = parse(text, { merge: true })
	} catch (cause) {
		throw new Refusal('manifest_invalid', { file, path: '-', reason: (cause as Error).message.split('\n')[0]! }, { cause })
	}
	const result = schema.safeParse(value)
	if (result.success) return result.data
	const issue = result.error.issues[0]!
	throw new Refusal('manifest_invalid', { file, path: issue.path.join(' → ') || '-', reason: issue.message })
}

function requireConsistency(file: string, manifest: RegionManifest, catalogue: Map<string, CatalogueIndicator>): void {
	const fail = (path: string, reason: string) => {
		throw new Refusal('manifest_invalid', { file, path, reason })
	}
	const geographies = new Set(manifest.sources.filter(({ kind }) => kind === 'geography').map(({ geography }) => geography?.key))
	for (const source of manifest.sources) {
		if (source.kind === 'table' ? !source.table : !source.geography) fail(source.key, `a source of kind ${source.kind} describes its ${source.kind === 'table' ? 'table' : 'geography'}`)
		const wanted = source.table?.geography ?? source.geography?.key
		if (!geographies.has(wanted)) fail(source.key, `geography ${wanted} has no source`)
		const keys = source.table ? [source.table.counts, source.table.shares, source.table.amounts, source.table.ratios, source.table.complements].flatMap(Object.keys) : []
		for (const key of keys) if (!catalogue.has(key)) fail(source.key, `indicator ${key} is not in indicators.yml`)
	}
	if (manifest.sources.filter(({ kind, geography }) => kind === 'geography' && geography?.main).length !== 1) fail('sources', 'exactly one geography is the main one')
	for (const { source } of manifest.indices) if (!manifest.sources.some(({ key, table }) => key === source && table)) fail('indices', `there is no table ${source}`)
}
