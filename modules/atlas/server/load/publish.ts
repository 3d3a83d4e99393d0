import { sql } from 'kysely'
import { appendToLedger, type CoreTables, type Writer } from '#database'
import { takeAtlas } from '../imports/import-steps.ts'
import { republishImports } from '../imports/publish-import.ts'
import type { AtlasTables, RegionSummary } from '../tables.ts'
import type { Region } from './manifest.ts'

const TABLES = ['source', 'geography', 'place', 'geometry', 'tile', 'picture', 'indicator', 'series', 'name', 'name_place', 'backdrop', 'backdrop_tile'] as const

/**
 * Replaces the region by what was loaded, in one transaction: readers see the old region or the new one, never a mixture.
 * A series whose numbers changed gets the next version; its earlier versions stay as long as their geography is the same file, so that
 * what a citation points to can still be found. What people brought joins the new region where it still fits.
 */
export async function publishRegion(writer: Writer<AtlasTables & CoreTables>, region: Region, now: Date): Promise<void> {
	const { manifest } = region
	await takeAtlas(writer)
	await sql`update atlas_loading.series n set version = o.version + (case when o.content_hash = n.content_hash then 0 else 1 end)
		from (select distinct on (indicator, geography, vintage) * from atlas.series order by indicator, geography, vintage, version desc) o
		where (o.indicator, o.geography, o.vintage) = (n.indicator, n.geography, n.vintage)`.execute(writer)
	await keepEarlierVersions(writer)
	for (const table of [...TABLES].reverse()) await sql`delete from ${sql.table(`atlas.${table}`)}`.execute(writer)
	for (const table of TABLES) await sql`insert into ${sql.table(`atlas.${table}`)} select * from ${sql.table(`atlas_loading.${table}`)}`.execute(writer)
	await sql`insert into atlas.series select * from earlier_series`.execute(writer)
	const summary: RegionSummary = {
		about: manifest.about,
		state: manifest.state,
		counties: manifest.counties,
		mainGeography: manifest.sources.find(({ geography, kind }) => kind === 'geography' && geography?.main)!.geography!.key,
		indices: manifest.indices.map(({ recipe }) => recipe),
	}
	await writer.deleteFrom('atlas.region').execute()
	await writer
		.insertInto('atlas.region')
		.values({ key: manifest.key, name: JSON.stringify(manifest.name), fictional: manifest.fictional, manifest: JSON.stringify(summary), manifest_hash: region.hash, loaded_at: now })
		.execute()
	await republishImports(writer, now)
	await clearLoading(writer)
	const sources = Object.fromEntries(manifest.sources.map(({ key, sha256 }) => [key, sha256]))
	await appendToLedger(writer, { at: now, actor: 'system', kind: 'region.loaded', subject: `atlas:region/${manifest.key}`, payload: { manifest: region.hash.toString('hex'), sources } })
}

/** Sets aside the versions that the new load does not bring and whose place order still holds. */
async function keepEarlierVersions(writer: Writer<AtlasTables>): Promise<void> {
	await sql`create temporary table earlier_series on commit drop as
		select s.* from atlas.series s
		join atlas.geography g on g.key = s.geography join atlas.source o on o.key = g.source
		join atlas_loading.geography ng on ng.key = s.geography join atlas_loading.source ns on ns.key = ng.source and ns.sha256 = o.sha256
		where exists (select 1 from atlas_loading.indicator i where i.key = s.indicator)
		and exists (select 1 from atlas_loading.source k where k.key = s.source)
		and not exists (select 1 from atlas_loading.series n
			where (n.indicator, n.geography, n.vintage, n.version) = (s.indicator, s.geography, s.vintage, s.version))`.execute(writer)
}

/** Empties the loading schema. */
export async function clearLoading(writer: Writer<AtlasTables>): Promise<void> {
	for (const table of ['checkpoint', ...TABLES]) await sql`delete from ${sql.table(`atlas_loading.${table}`)}`.execute(writer)
}
