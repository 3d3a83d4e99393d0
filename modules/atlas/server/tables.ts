import type { Jsonb } from '#database'
import type { Bilingual, Direction, Unit } from '../domains.ts'
import type { NameKind } from '../names.ts'
import type { ImportTables } from './imports/import-tables.ts'

export interface RegionTable {
	key: string
	name: Jsonb<Bilingual>
	fictional: boolean
	manifest: Jsonb<RegionSummary>
	manifest_hash: Buffer
	loaded_at: Date
}

/** The part of a manifest that pages need. */
export interface RegionSummary {
	about: Bilingual
	state: { geoid: string; name: Bilingual }
	counties: Record<string, string>
	mainGeography: string
	/** The indicator the home page opens with. */
	indices: string[]
}

export interface SourceTable {
	key: string
	ordinal: number
	kind: string
	publisher: string
	title: Jsonb<Bilingual>
	url: string | null
	vintage: string
	licence: string
	sha256: string
	publisher_sha256: string | null
	bytes: number
	rows: number
	report: Jsonb<SourceReport>
	loaded_at: Date
}

/** How a source met its geography. */
export interface SourceReport {
	matched?: number
	unmatched?: number
	withoutRow?: number
	/** When `region fetch` got it from its publisher, and of how many answers it was made; 0 for a file as the publisher serves it. */
	fetchedAt?: string
	answers?: number
	/** The import that brought it, when a person did. */
	import?: string
	/** For a check source: the largest distance in degrees between corresponding vertices. */
	largestDifferenceDegrees?: number
}

export interface GeographyTable {
	key: string
	kind: string
	vintage: number
	name: Jsonb<Bilingual>
	source: string
	place_count: number
	bounds: number[]
	main: boolean
	min_zoom: number
	max_zoom: number
}

export interface PlaceTable {
	geography: string
	ordinal: number
	geoid: string
	name: string
	county_geoid: string
	county_name: string
	in_region: boolean
	area_m2: number
	centroid: number[]
}

export interface IndicatorTable {
	key: string
	ordinal: number
	domain: string
	name: Jsonb<Bilingual>
	description: Jsonb<Bilingual>
	unit: Unit
	direction: Direction
	universe: string | null
	definition: Jsonb<IndicatorDefinition>
}

export interface IndicatorDefinition {
	/** A race or ethnicity group: shown together in a profile. */
	group: boolean
	/** For a measure asked of one group apart: the measure of everybody, and the group's own share of the people. */
	of?: string
	among?: string
	universe: Bilingual | null
	/** The recipe an index was computed with, and the hash of its text. */
	recipe?: { key: string; hash: string; referenceSet: string }
}

export interface SeriesTable {
	indicator: string
	geography: string
	vintage: string
	version: number
	source: string
	kind: 'count' | 'share' | 'amount' | 'index'
	decimals: number
	estimates: Buffer
	margins: Buffer | null
	numerators: Buffer | null
	numerator_margins: Buffer | null
	universes: Buffer | null
	universe_margins: Buffer | null
	content_hash: Buffer
	loaded_at: Date
}

export interface Drawing {
	width: number
	height: number
	/** Ordinals of the places drawn, and one path string each. */
	ordinals: number[]
	paths: string[]
	/** Outlines of the region's counties as one path string. */
	counties: string
	/** The outline of each of them by its five digits; absent in a region that was loaded before there were any. */
	outlines?: Record<string, string>
}

export interface NameTable {
	key: string
	ordinal: number
	name: string
	kind: NameKind
	source: string
}

export interface BackdropTable {
	source: string
	attribution: string
	/** West, south, east, north in degrees. */
	bounds: number[]
	min_zoom: number
	max_zoom: number
}

export interface CitationTable {
	id: string
	made_at: Date
	made_by: string
	frozen: Jsonb<unknown>
	content_hash: Buffer
}

export interface AreaTable {
	id: string
	name: string
	kind: 'drawn' | 'uploaded' | 'picked'
	geography: string
	rings: Buffer
	geoids: string[]
	area_m2: number
	bounds: number[]
	content_hash: Buffer
	made_by: string
	made_at: Date
}

export interface RecipeTable {
	id: string
	version: number
	title: string
	yaml: string
	draft: string
	content_hash: Buffer
	forked_from: string | null
	made_by: string
	made_by_name: string
	made_at: Date
}

export interface AtlasTables extends ImportTables {
	'atlas.recipe': RecipeTable
	'atlas.area': AreaTable
	'atlas.region': RegionTable
	'atlas.source': SourceTable
	'atlas.geography': GeographyTable
	'atlas.place': PlaceTable
	'atlas.geometry': { geography: string; chunk: number; first_ordinal: number; place_count: number; rings: Buffer }
	'atlas.tile': { geography: string; z: number; x: number; y: number; data: Buffer }
	'atlas.picture': { geography: string; drawing: Jsonb<Drawing> }
	'atlas.indicator': IndicatorTable
	'atlas.series': SeriesTable
	'atlas.name': NameTable
	'atlas.name_place': { name: string; geography: string; ordinal: number; share: number | null }
	'atlas.backdrop': BackdropTable
	'atlas.backdrop_tile': { z: number; x: number; y: number; data: Buffer }
	'atlas.citation': CitationTable
	'atlas_loading.checkpoint': { step: string; fingerprint: string; report: Jsonb<SourceReport> }
	'atlas_loading.source': SourceTable
	'atlas_loading.geography': GeographyTable
	'atlas_loading.place': PlaceTable
	'atlas_loading.geometry': AtlasTables['atlas.geometry']
	'atlas_loading.tile': AtlasTables['atlas.tile']
	'atlas_loading.picture': AtlasTables['atlas.picture']
	'atlas_loading.indicator': IndicatorTable
	'atlas_loading.series': SeriesTable
	'atlas_loading.name': NameTable
	'atlas_loading.name_place': AtlasTables['atlas.name_place']
	'atlas_loading.backdrop': BackdropTable
	'atlas_loading.backdrop_tile': AtlasTables['atlas.backdrop_tile']
}
